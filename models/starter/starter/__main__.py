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
#: Training in stages, each going on from the one before: short clean words, then longer and noisier, then short and noisy.
STAGES = [
    "--minutes 35 --stop 16 --seed 2 --easy 6000 --order 2 --rate 2e-3",
    "--minutes 23 --stop 10 --seed 3 --first 1746 --easy 6000 --longest 0.55 --order 2 --rate 1.7e-3",
    "--minutes 16 --seed 4 --first 4650 --easy 12000 --longest 0.28 --order 2 --rate 1.6e-3",
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
