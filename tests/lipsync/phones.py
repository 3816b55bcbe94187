"""The ARPAbet phone nearest to one in IPA, for scorers that know no other."""

# The longest symbol that begins the phone decides; what follows only colours it.
NEAREST = {
    "AA": "ɑ a ä ɒ", "AE": "æ", "AH": "ʌ ə ɐ ᵊ ɘ ɤ", "AO": "ɔ o", "AW": "aʊ au ɑʊ ɑu", "AY": "aɪ ai ɑɪ",
    "B": "b β", "CH": "tʃ tɕ tʂ", "D": "d ɖ", "DH": "ð", "EH": "ɛ e", "ER": "ɝ ɚ ɜ əɹ ɜɹ", "EY": "eɪ ei",
    "F": "f ɸ", "G": "ɡ g ɣ", "HH": "h ɦ", "IH": "ɪ ɨ ɿ ʅ ᵻ", "IY": "i", "JH": "dʒ dʑ dʐ", "K": "k c q x χ",
    "L": "l ɫ ʎ", "M": "m", "N": "n ɲ", "NG": "ŋ ɴ", "OW": "oʊ əʊ ou", "OY": "ɔɪ oi ɔʏ ɔø", "P": "p",
    "R": "ɹ r ɻ ʁ ʐ ʀ", "S": "s", "SH": "ʃ ʂ ɕ ç", "T": "t ɾ ʈ", "TH": "θ", "UH": "ʊ ɯ ʏ ø œ ɵ", "UW": "u y ʉ",
    "V": "v ʋ", "W": "w ɥ", "Y": "j ʝ ɟ", "Z": "z", "ZH": "ʒ ʑ",
}
SYMBOLS = sorted(((symbol, name) for name, symbols in NEAREST.items() for symbol in symbols.split()), key=lambda s: -len(s[0]))


def arpabet(ipa):
    """The nearest phone; None for no sound."""
    plain = ipa.replace("ː", "").replace("\u0361", "")
    return next((name for symbol, name in SYMBOLS if plain.startswith(symbol)), None)
