"""Everything, from the list of words to the model file and its figures: `python -m starter --work FOLDER`."""

import argparse
import subprocess
import sys
from pathlib import Path

from .voices import make

#: Name, clips, seed and kind of each part of the sound.
CLIPS = [
    ("voices", 600, 11, "voices"), ("templates", 600, 12, "templates"), ("unknown", 300, 13, "unknown"),
    ("train-0", 16_000, 100, "train"), ("train-1", 16_000, 101, "train"), ("train-2", 16_000, 102, "train"),
]
#: Training in stages, the second going on from the first: the sounds alone, then with the words, more and more noisily; then
#: with clips joined and words misheard.
STAGES = [
    "--minutes 95 --stop 52 --sounds 1200 --easy 5000 --rate 1.5e-3",
    "--minutes 46 --seed 2 --first 4000 --easy 5000 --rate 1.2e-3 --joined 0.2 --misheard 0.08",
]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--work", type=Path, required=True, help="for clips and weights: about 3 GB")
    options = arguments.parse_args()
    clips = options.work / "clips"
    for name, count, seed, kind in CLIPS:
        if not (clips / f"{name}.jsonl").exists():
            make(clips, name, count, seed, kind)
    run = lambda module, *rest: subprocess.run([sys.executable, "-m", f"starter.{module}", *map(str, rest)], check=True)
    last = None
    for number, stage in enumerate(STAGES):
        start = [] if last is None else ["--start", last]
        run("train", "--work", options.work, "--name", f"stage-{number}", *start, *stage.split())
        last = options.work / f"stage-{number}.pt"
    run("export", last, "bedside-starter-en.bin")
    run("evaluate", "bedside-starter-en.bin", "--work", options.work)


if __name__ == "__main__":
    main()
