"""Makes a corpus a tenth as large, to send it to a machine with an accelerator: python3 pack.py CORPUS PACKED.

The sound of every voice is coded in Opus, which train.py reads too (opus-tools must be there); what came before the network is kept.
"""

import argparse
import shutil
import subprocess
from pathlib import Path

import numpy as np

from speech import RATE


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus")
    parser.add_argument("packed")
    parser.add_argument("--kilobits", type=float, default=24)
    options = parser.parse_args()
    source, target = Path(options.corpus), Path(options.packed)
    (target / "train").mkdir(parents=True, exist_ok=True)
    for path in sorted((source / "train").glob("*.npz")):
        with np.load(path) as file:
            np.savez_compressed(target / "train" / path.name, lengths=file["lengths"], rows=file["rows"].astype(np.float32))
            command = ["opusenc", "--quiet", "--raw", "--raw-rate", str(RATE), "--raw-chan", "1", "--bitrate",
                       str(options.kilobits), "-", str(target / "train" / path.with_suffix(".opus").name)]
            subprocess.run(command, input=file["samples"].tobytes(), check=True)
    for path in source.glob("begun*.npz"):
        shutil.copy(path, target)


if __name__ == "__main__":
    main()
