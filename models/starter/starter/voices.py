"""Speech from synthesizers: espeak-ng, flite and festival, each a program of its own.

Clips are mono, 16-bit, 16 kHz, and are kept in one file of samples with one line of index a clip.
"""

import io
import json
import random
import subprocess
import tempfile
import wave
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from .phrases import Phrases
from .unknown import Unknown

RATE = 16_000

ACCENTS = ["en-us", "en-us", "en-us", "en-gb", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-us-nyc"]
VARIANTS = ("Adam Alex Alicia Andrea Annie Antonio Belinda Benjamin Boris Caleb David Denis Diogo Ed Edward Gene Henrique Hugo "
            "Iven Iven2 Jacky John Lee Marcelo Max Michael Michel Miguel Mike Pablo Paul Pedro Rob Robert Steph Steph2 Storm anika "
            "f1 f2 f3 f5 m1 m2 m3 m5 m6 m7 m8 klatt klatt2 klatt3 grandpa grandma norbert shelby travis victor sandro").split()

#: Never trained on: measure (a).
HELD_OUT_VARIANTS = ("Andy", "Linda", "Mario", "Zac", "f4", "m4", "Quincy", "Nguyen")
HELD_OUT_ACCENT = "en-029"

FLITE = ["slt", "slt", "slt", "rms", "rms", "rms", "awb", "awb", "kal16", "kal"]
FESTIVAL = ["cmu_us_slt_arctic_hts", "cmu_us_slt_arctic_hts", "kal_diphone"]
HELD_OUT_FESTIVAL = "ked_diphone"


def samples_of(data):
    """16 kHz samples of a WAV file's bytes. espeak-ng writes no true length on a pipe, so the rest is read whatever it says."""
    with wave.open(io.BytesIO(data)) as file:
        rate = file.getframerate()
        channels = file.getnchannels()
        raw = file.readframes(len(data))
    samples = np.frombuffer(raw[: len(raw) // 2 * 2], dtype=np.int16).astype(np.float32)
    if channels > 1:
        samples = samples.reshape(-1, channels).mean(axis=1)
    if rate != RATE:
        divisor = np.gcd(rate, RATE)
        samples = resample_poly(samples, RATE // divisor, rate // divisor)
    return trimmed(samples)


def trimmed(samples):
    """Without most of the digital silence at both ends."""
    loud = np.flatnonzero(np.abs(samples) > 100)
    if len(loud) == 0:
        return np.zeros(0, np.int16)
    start, end = max(0, loud[0] - 800), min(len(samples), loud[-1] + 1600)
    peak = np.abs(samples).max()
    return (samples[start:end] * (20_000 / peak)).astype(np.int16)


def by_espeak(text, voice, speed, pitch):
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "--stdin", "--stdout"]
    return samples_of(subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=30).stdout)


def by_flite(text, voice, stretch):
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        command = ["flite", "-voice", voice, "--setf", f"duration_stretch={stretch:.2f}", "-t", text, file.name]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        return samples_of(Path(file.name).read_bytes())


def by_festival(texts, voice):
    """Many at once: festival takes longer to start than to speak."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "say.scm")
        quoted = [text.replace("\\", "").replace('"', "") for text in texts]
        script.write_text(
            f"(voice_{voice})\n"
            + "".join(f'(utt.save.wave (utt.synth (Utterance Text "{text}")) "{folder}/{n}.wav")\n' for n, text in enumerate(quoted)),
            encoding="utf-8",
        )
        subprocess.run(["festival", "-b", str(script)], check=True, capture_output=True, timeout=600)
        return [samples_of(Path(folder, f"{n}.wav").read_bytes()) for n in range(len(texts))]


def plan(count, seed, kind):
    """What is to be said and by whom: `count` lines of {text, said, template, voice}."""
    draw, phrases = random.Random(seed + 1), Phrases(seed)
    known = {word for _ in range(20_000) for word in Phrases.next(phrases)[1].split()}
    phrases, unknown = Phrases(seed), Unknown(seed + 2, known)
    for _ in range(count):
        template, text = phrases.next(held_out=kind == "templates")
        said = text
        if kind in ("train", "unknown"):
            chance = draw.random()
            if kind == "unknown" or chance < 0.07:
                template, (said, text) = "unknown", unknown.next()
            elif chance < 0.10 and len(text.split()) > 2:
                template, (said, text) = "unknown-within", unknown.within(text)
        yield {"text": text, "said": said, "template": template, **voice(draw, kind)}


def voice(draw, kind):
    chance = draw.random()
    if kind == "voices":
        if chance < 0.25:
            return {"by": "festival", "voice": HELD_OUT_FESTIVAL}
        variant = draw.choice(HELD_OUT_VARIANTS)
        accent = HELD_OUT_ACCENT if chance < 0.4 else draw.choice(ACCENTS)
        return {"by": "espeak", "voice": f"{accent}+{variant}", "speed": draw.randint(120, 190), "pitch": draw.randint(30, 70)}
    if chance < 0.40:
        return {"by": "flite", "voice": draw.choice(FLITE), "stretch": draw.uniform(0.8, 1.45)}
    if chance < 0.54:
        return {"by": "festival", "voice": draw.choice(FESTIVAL)}
    name = f"{draw.choice(ACCENTS)}+{draw.choice(VARIANTS)}"
    return {"by": "espeak", "voice": name, "speed": draw.randint(105, 205), "pitch": draw.randint(15, 85)}


def say(line):
    try:
        if line["by"] == "espeak":
            return by_espeak(line["said"], line["voice"], line["speed"], line["pitch"])
        return by_flite(line["said"], line["voice"], line["stretch"])
    except (subprocess.SubprocessError, wave.Error):
        return np.zeros(0, np.int16)


def make(folder, name, count, seed, kind, workers=2):
    """Writes `name.i16` and `name.jsonl`. A clip that a synthesizer could not say is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = list(plan(count, seed, kind))
    clips = [None] * len(lines)
    with ThreadPoolExecutor(workers) as pool:
        single = [n for n, line in enumerate(lines) if line["by"] != "festival"]
        for n, clip in zip(single, pool.map(say, (lines[n] for n in single)), strict=True):
            clips[n] = clip
        groups = []
        for which in {line["voice"] for line in lines if line["by"] == "festival"}:
            mine = [n for n, line in enumerate(lines) if line["by"] == "festival" and line["voice"] == which]
            groups += [(which, mine[start:start + 50]) for start in range(0, len(mine), 50)]
        for (_, mine), spoken in zip(groups, pool.map(lambda g: festival_or_nothing(lines, g), groups), strict=True):
            for n, clip in zip(mine, spoken, strict=True):
                clips[n] = clip
    place = 0
    with open(folder / f"{name}.i16", "wb") as sound, open(folder / f"{name}.jsonl", "w", encoding="utf-8") as index:
        for line, clip in zip(lines, clips, strict=True):
            if clip is None or not RATE // 10 < len(clip) < 12 * RATE:
                continue
            sound.write(clip.tobytes())
            index.write(json.dumps({**line, "start": place, "length": len(clip)}) + "\n")
            place += len(clip)
    print(f"{name}: {place / RATE / 3600:.2f} hours")


def festival_or_nothing(lines, group):
    voice_name, mine = group
    try:
        return by_festival([lines[n]["said"] for n in mine], voice_name)
    except (subprocess.SubprocessError, OSError, wave.Error):
        return [np.zeros(0, np.int16)] * len(mine)
