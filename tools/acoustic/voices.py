"""Who speaks the training corpus and who judges. All come from Debian main (see README.md for licences).

Voices are told apart by the person or the synthesis behind them, not by the engine. Judging needs models that were trained
without those who judge (`train.py --without`); what is shipped is trained in the same way, on all of them.
"""

from dataclasses import dataclass, field

# English as espeak-ng speaks it; files below its lang/ folder.
ENGLISH = ["gmw/en-US", "gmw/en-US", "gmw/en-US", "gmw/en", "gmw/en-GB-x-rp", "gmw/en-GB-scotland", "gmw/en-029"]

# Diphone voices of other languages read the English letters by their own rules: real throats and real closures. Their vowels are
# mapped to the nearest; a name that stands nowhere teaches nothing.
ITALIAN = {"a": "AA", "e": "EH", "i": "IY", "o": "AO", "u": "UW", "a1": "AA", "e1": "EH", "i1": "IY", "o1": "AO", "u1": "UW",
           "E": "EH", "O": "AO", "E1": "EH", "O1": "AO", "j": "Y", "w": "W", "ts": "?", "dz": "?", "tS": "CH", "dZ": "JH",
           "S": "SH", "J": "?", "L": "?", "r": "?", "nf": "?", "ng": "NG"}
FINNISH = {"a": "AA", "e": "EH", "i": "IY", "o": "AO", "u": "UW", "aa": "AA", "ee": "EH", "ii": "IY", "oo": "AO", "uu": "UW",
           "@": "AE", "{": "AE", "7": "?", "2": "?", "y": "?", "j": "Y", "r": "?", "v": "V", "N": "NG", "S": "SH", "h": "HH"}
CZECH = {"a": "AA", "e": "EH", "i": "IH", "o": "AO", "u": "UH", "a:": "AA", "e:": "EH", "i:": "IY", "o:": "AO", "u:": "UW",
         "c": "?", "c~": "CH", "s~": "SH", "z~": "ZH", "r": "?", "r~": "?", "ch": "?", "h": "HH", "j": "Y", "N": "NG",
         "t~": "?", "d~": "?", "n~": "?", "dz": "?", "dz~": "JH", "n*": "?", "_": "?"}
CATALAN = {"a": "AA", "e": "EH", "i": "IY", "o": "AO", "u": "UW", "E": "EH", "O": "AO", "ax": "AH",
           "a1": "AA", "e1": "EH", "i1": "IY", "o1": "AO", "u1": "UW", "E1": "EH", "O1": "AO", "j": "Y", "w": "W", "y": "Y",
           "S": "SH", "Z": "ZH", "J": "?", "L": "?", "N": "NG", "r": "?", "rr": "?", "B": "B", "D": "DH", "G": "G"}


@dataclass
class Voice:
    """A voice and how much it speaks."""

    engine: str
    name: str
    sentences: int
    phones: dict = field(default_factory=dict)
    # Slowest and fastest, as a factor of its usual speed.
    speeds: tuple = (0.85, 1.15)


# So many made-up throats of espeak-ng, each with its own formants, pitch and breath.
MADE_UP = 72
MADE_UP_SENTENCES = 14

TRAIN = [
    Voice("flite", "slt", 400),
    Voice("flite", "awb", 400),
    Voice("flite", "rms", 400),
    Voice("flite", "kal16", 250),
    Voice("festival", "cmu_us_slt_arctic_hts", 150),
    Voice("festival", "ked_diphone", 300),
    Voice("festival", "upc_ca_ona_hts", 200, CATALAN),
    Voice("festival", "lp_diphone", 150, ITALIAN),
    Voice("festival", "pc_diphone", 200, ITALIAN),
    Voice("festival", "suo_fi_lj_diphone", 200, FINNISH),
    Voice("festival", "hy_fi_mv_diphone", 150, FINNISH),
    Voice("festival", "czech_dita", 200, CZECH),
    Voice("festival", "czech_krb", 150, CZECH),
    Voice("festival", "czech_machac", 150, CZECH),
    Voice("festival", "czech_ph", 150, CZECH),
]

# Who judges. No made-up throat of the training is one of espeak-ng's own variants.
JUDGE = [
    Voice("flite", "rms", 60),
    Voice("espeak", "gmw/en-US+f2", 16),
    Voice("espeak", "gmw/en-US+Michael", 16),
]
