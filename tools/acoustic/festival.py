"""Sentences spoken by the festival program, which saves when each phone ends. One run speaks many."""

import re
import subprocess
import tempfile
from pathlib import Path

from flite import read_wave
from phones import UNKNOWN, from_name
from speech import spoken


def say_all(texts, voice, table, stretches):
    """Those that were spoken, in order, and the names of phones that the table does not hold."""
    found, strange = [], set()
    with tempfile.TemporaryDirectory() as folder:
        script = [f"(voice_{voice})"]
        for index, (text, stretch) in enumerate(zip(texts, stretches)):
            plain = re.sub(r'["\\]', "", text)
            script.append(f"(Parameter.set 'Duration_Stretch {stretch:.3f})")
            script.append(f'(set! u (SynthText "{plain}"))')
            script.append(f'(utt.save.segs u "{folder}/{index}.seg")(utt.save.wave u "{folder}/{index}.wav" \'riff)')
        path = Path(folder) / "all.scm"
        path.write_text("\n".join(script), encoding="latin1", errors="ignore")
        subprocess.run(["festival", "-b", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        for index in range(len(texts)):
            segments_file = Path(folder) / f"{index}.seg"
            sound_file = Path(folder) / f"{index}.wav"
            if not (segments_file.exists() and sound_file.exists()):
                continue
            segments, time = [], 0.0
            for line in segments_file.read_text(encoding="latin1").splitlines():
                fields = line.split()
                if len(fields) != 3:
                    continue
                phone = from_name(fields[2], table)
                if phone == UNKNOWN and table.get(fields[2]) != "?":
                    strange.add(fields[2])
                segments.append((time, float(fields[0]), phone))
                time = float(fields[0])
            samples, rate = read_wave(sound_file)
            if segments and len(samples) > rate // 2:
                found.append(spoken(samples, rate, segments))
    return found, strange
