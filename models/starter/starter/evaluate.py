"""Measures a model file through whisper.cpp, and prints the table of the model card.

Held-out clips come from the training folder; human speech from the folder that `BEDSIDE_EVAL_DATA` names, if it is there.
"""

import argparse
import json
import os
import random
import time
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from .cpp import Model
from .phrases import ONES
from .sound import RATE, nothing
from .unknown import MARK

DIGITS = ONES[:10]
#: What counts as sure: below it the application asks again.
SURE = 0.6


def errors(wanted, heard):
    """Words inserted, left out or exchanged: Levenshtein's distance."""
    row = list(range(len(heard) + 1))
    for place, word in enumerate(wanted, 1):
        before, row[0] = row[0], place
        for n, other in enumerate(heard, 1):
            before, row[n] = row[n], min(row[n] + 1, row[n - 1] + 1, before + (word != other))
    return row[-1]


def plain(text):
    """Lower case, no punctuation but apostrophes."""
    kept = "".join(c if c.isalnum() or c in "'…" else " " for c in text.lower().replace("’", "'"))
    return kept.split()


def sound_of(path):
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return at_16_khz(samples.mean(axis=1), rate)


def at_16_khz(samples, rate):
    if rate == RATE:
        return samples
    divisor = np.gcd(rate, RATE)
    return resample_poly(samples, RATE // divisor, rate // divisor).astype(np.float32)


def sound_of_mp4(path):
    import av

    with av.open(str(path)) as container:
        rate = container.streams.audio[0].rate
        frames = [frame.to_ndarray().mean(axis=0) for frame in container.decode(audio=0)]
    return at_16_khz(np.concatenate(frames).astype(np.float32), rate)


def pieces(sound, most=8.0, least=3.0):
    """A long recording cut at its quietest places into pieces of 3 to 8 s."""
    while len(sound) > most * RATE:
        window = sound[int(least * RATE) : int(most * RATE)]
        power = np.convolve(window**2, np.ones(RATE // 10), "same")
        cut = int(least * RATE) + int(power.argmin())
        yield sound[:cut]
        sound = sound[cut:]
    yield sound


class Table:
    def __init__(self, model, positions):
        self.model, self.positions = model, positions

    def listen(self, sound, answers=None):
        """Words with their confidence; `answers`: nothing else may be said."""
        return self.model.listen(sound, answers, self.positions)

    def word_errors(self, name, clips):
        wrong, count, whole, clips_count, began, heard_for = 0, 0, 0, 0, time.time(), 0.0
        for sound, text in clips:
            heard = [word.lower() for word, _ in self.listen(sound)]
            wanted = plain(text)
            distance = errors(wanted, heard)
            wrong, count, whole, clips_count = wrong + distance, count + len(wanted), whole + (distance == 0), clips_count + 1
            heard_for += len(sound) / RATE
        if count:
            speed = (time.time() - began) / heard_for
            print(f"| {name} | {clips_count} clips, {count} words | {100 * wrong / count:.1f} % WER, {100 * whole / clips_count:.1f} % of answers right ({speed:.3f} of real time) |", flush=True)

    def items(self, name, clips, answers, show=False):
        right, limited, sure, sure_wrong, by = 0, 0, 0, 0, {}
        clips = list(clips)
        for sound, text, speaker in clips:
            heard = self.listen(sound)
            good = [word for word, _ in heard] == [text]
            confident = bool(heard) and min(confidence for _, confidence in heard) >= SURE and MARK not in [word for word, _ in heard]
            bound = [word for word, _ in self.listen(sound, answers)] == [text]
            right, limited, sure, sure_wrong = right + good, limited + bound, sure + confident, sure_wrong + (confident and not good)
            for key in (speaker, text):
                by.setdefault(key, []).append((good, bound))
            if show and not good:
                print(text, speaker, heard)
        if not clips:
            return
        n = len(clips)
        print(f"| {name} | {n} items | {100 * right / n:.1f} % right; of these answers only: {100 * limited / n:.1f} %; {100 * sure / n:.1f} % given surely, {100 * sure_wrong / max(1, sure):.1f} % of those wrong |", flush=True)
        for key, results in by.items():
            if key:
                print(f"  {key}: {100 * np.mean([a for a, _ in results]):.0f} / {100 * np.mean([b for _, b in results]):.0f}", end=";")
        print(flush=True)

    def contexts(self, clips):
        """What it costs and brings that the encoder looks no further than the sound goes."""
        clips = list(clips)
        for name, positions in (("as the sound needs", None), ("1500", 1500)):
            began = time.time()
            right = sum([word for word, _ in self.model.listen(sound, None, positions)] == [text] for sound, text in clips)
            print(f"audio_ctx {name}: {right} of {len(clips)} right, {time.time() - began:.0f} s", flush=True)

    def unknown(self, name, sounds):
        """Speech outside the vocabulary: how many words are given, and how many of them surely."""
        count = given = sure = 0
        seconds = 0.0
        for sound in sounds:
            words = [(word, confidence) for word, confidence in self.listen(sound) if word != MARK]
            count, given, sure = count + 1, given + len(words), sure + sum(c >= SURE for _, c in words)
            seconds += len(sound) / RATE
        if count:
            print(f"| {name} | {count} clips, {seconds:.0f} s | {given} words, {sure} of them surely ({60 * sure / seconds:.1f} a minute) |", flush=True)


def synthetic(folder, name, most):
    sound = np.memmap(folder / f"{name}.i16", np.int16, "r")
    lines = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines[:most]:
        yield np.pad(sound[line["start"] : line["start"] + line["length"]].astype(np.float32) / 32768, RATE // 5), line["text"]


def spoken_digits(folder, most):
    files = sorted((folder / "spoken-digits").glob("*.wav"))
    random.Random(1).shuffle(files)
    for file in files[:most]:
        digit, speaker, _ = file.stem.split("_")
        yield np.pad(sound_of(file), RATE // 5), DIGITS[int(digit)], speaker


def speech_commands(folder):
    for file in sorted((folder / "speech-commands").glob("*/*.wav")):
        yield sound_of(file), file.parent.name, None


def librivox(folder):
    for file in sorted((folder / "librivox").glob("sense*.wav")):
        yield sound_of(file), file.with_suffix(".txt").read_text(encoding="utf-8")


def dictations(folder):
    for file in sorted((folder / "medical-dictation").glob("*.mp4")):
        yield sound_of_mp4(file), file.with_suffix(".machine.txt").read_text(encoding="utf-8")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("model", type=Path)
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--most", type=int, default=100_000, help="clips of a set")
    arguments.add_argument("--positions", type=int, help="audio_ctx; by default as the sound needs")
    arguments.add_argument("--contexts", action="store_true", help="only compares the short audio_ctx with the whole one")
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--show", action="store_true", help="prints what was heard wrongly")
    options = arguments.parse_args()
    table = Table(Model(options.model, options.threads), options.positions)
    folder = Path(os.environ.get("BEDSIDE_EVAL_DATA", "../../../shared/data")) / "audio"
    if options.contexts:
        table.contexts([(sound, text) for sound, text, _ in [*spoken_digits(folder, 80), *speech_commands(folder)]])
        return
    clips = options.work / "clips"
    print(f"{options.model.name}, {options.model.stat().st_size / 1e6:.2f} MB, threads: {options.threads}\n")
    print("| set | size | result |\n| --- | --- | --- |")
    table.word_errors("(a) held-out voices", synthetic(clips, "voices", options.most))
    table.word_errors("(b) held-out sentences", synthetic(clips, "templates", options.most))
    table.unknown("synthetic speech outside the vocabulary", (sound for sound, text in synthetic(clips, "unknown", options.most) if text == MARK))
    draw = np.random.default_rng(5)
    table.unknown("generated noise", (nothing(draw) for _ in range(min(options.most, 300))))
    if not folder.is_dir():
        print("human speech: skipped: no evaluation data")
        return
    table.items("(c) human digits", spoken_digits(folder, options.most), DIGITS, options.show)
    commands = sorted(path.name for path in (folder / "speech-commands").iterdir() if path.is_dir())
    table.items("(d) human commands", speech_commands(folder), commands, options.show)
    table.unknown("noise beds", (part for file in sorted((folder / "noise-and-rooms").glob("*.wav")) if not file.stem.startswith("rir") for part in pieces(sound_of(file))))
    table.word_errors("(e) LibriVox, read novel", librivox(folder))
    table.unknown("(e) LibriVox, read novel", (sound for sound, _ in librivox(folder)))
    table.unknown("LibriSpeech, read books", (part for file in sorted((folder / "librispeech").glob("*.flac")) for part in pieces(sound_of(file))))
    long = list(dictations(folder))
    wrong = count = 0
    for sound, text in long:
        heard = [word.lower() for part in pieces(sound) for word, _ in table.listen(part)]
        wrong, count = wrong + errors(plain(text), heard), count + len(plain(text))
    print(f"| (e) medical dictations | {len(long)} recordings, {count} words | {100 * wrong / max(1, count):.1f} % WER (against a machine's transcript) |")
    table.unknown("(e) medical dictations", (part for sound, _ in long for part in pieces(sound)))


if __name__ == "__main__":
    main()
