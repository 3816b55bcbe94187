"""The phones of the models. Their names, and which of them a foreign phone sounds like, stand in the program's own table."""

import re
import unicodedata
from pathlib import Path

_TABLE = Path(__file__).parents[2] / "src/speech/acoustic/phones.rs"
_SOURCE = _TABLE.read_text(encoding="utf8")

PHONES = re.findall(r'"(\w+)"', _SOURCE.split("pub const PHONES")[1].split("];")[0])
INDEX = {name: number for number, name in enumerate(PHONES)}
SILENCE = 0
PARTS = 3
STATES = len(PHONES) * PARTS
# What nobody knows: frames that teach nothing.
UNKNOWN = -1

_NEAREST = {
    symbol: re.findall(r'"(\w+)"', names)
    for symbol, names in re.findall(r'\("([^"]*)", &\[([^\]]*)\]\)', _SOURCE.split("const NEAREST")[1])
}
_LONGEST_FIRST = sorted(_NEAREST, key=len, reverse=True)

# Phones that the mouth shows alike: a mistake within a class costs less than one across.
MOUTH = [
    "sil", "P B M", "F V", "TH DH", "T D", "K G NG", "CH JH SH ZH", "S Z", "N L", "R ER", "AA AE AH AW AY", "EH EY",
    "IH IY Y", "AO OW OY", "UH UW W", "HH",
]
MOUTH_OF = {phone: number for number, phones in enumerate(MOUTH) for phone in phones.split()}

CLOSURES = {INDEX[name] for name in ("P", "B", "M")}
STOPS = {INDEX[name] for name in "P B T D K G CH JH".split()}

# Festival's and flite's names for American phones, where they are not ARPAbet.
RADIO = {"pau": "sil", "#": "sil", "h#": "sil", "brth": "sil", "ssil": "sil", "ax": "AH", "axr": "ER", "el": "L", "em": "M",
         "en": "N", "hv": "HH", "dx": "T", "nx": "N", "ix": "IH", "ux": "UW"}


def from_ipa(ipa):
    """The numbers of the phones nearest to a phone in IPA; empty for what is no sound."""
    plain = "".join(c for c in ipa if not unicodedata.combining(c) and c not in "ːˑˈˌ.ʰʲʷˠˤʼ˞-˥˦˧˨˩↓↑0123456789")
    found, place = [], 0
    while place < len(plain):
        for symbol in _LONGEST_FIRST:
            if plain.startswith(symbol, place):
                found += [INDEX[name] for name in _NEAREST[symbol]]
                place += len(symbol)
                break
        else:
            place += 1
    return found


def from_name(name, table):
    """The number of a synthesiser's phone by a table of names to ARPAbet, else by ARPAbet itself; a colon is length."""
    short = name.rstrip(":")
    arpabet = table.get(name, table.get(short, RADIO.get(name, short.upper())))
    return INDEX.get(arpabet, UNKNOWN)
