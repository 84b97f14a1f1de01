"""Training on the processor: bfloat16 matrix products, batches of clips of like length, sounds made anew for each pass."""

import argparse
import copy
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader, Dataset
from whisper.tokenizer import get_tokenizer

from .model import EOT, NO_SPEECH, NO_TIMESTAMPS, SOT, Starter
from .phones import Lexicon
from .phrases import Phrases, number as in_words
from .sound import RATE, Mel, augmented, clean, nothing
from .unknown import MARK

#: Encoder positions (20 ms each) are a multiple of this.
STEP = 8
#: Where nobody speaks, whisper.cpp reads the probability of that where the first word would stand, and drops that token
#: afterwards: so much of the time it is wanted there, else the end of the text.
SILENT = 0.7
PAD = -100
#: Clips longer than this (samples) are not joined to another one.
JOINED_BELOW = int(2.5 * RATE)


def used_tokens():
    """Every token that the generator can write, in a fixed order."""
    encode = get_tokenizer(False).encode
    seen, phrases = set(), Phrases(9)
    for turn in range(120_000):
        seen.update(encode(" " + phrases.next(turn % 10 == 0)[1]))
    for n in range(1000):
        seen.update(encode(" " + in_words(n)))
    seen.update(encode(f" {MARK}"))
    return [SOT, NO_SPEECH, NO_TIMESTAMPS, EOT, *sorted(seen)]


class Clips:
    def __init__(self, folder, names):
        self.lines, self.sounds = [], []
        for name in names:
            sound = np.memmap(folder / f"{name}.i16", np.int16, "r")
            for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
                line = json.loads(line)
                self.lines.append(line)
                self.sounds.append(sound[line["start"] : line["start"] + line["length"]])


class Batches(Dataset):
    """Batch `n` of an endless order; the same for the same seed."""

    def __init__(self, clips, used, lexicon, seconds, seed, count, easy=0, joined=0.0, misheard=0.0):
        """The clips of the first batches are as they were spoken; then more and more of them are made to sound worse, up to
        all after `easy` batches. Short ones come more often. `joined`: so many of the short clips have another one after them;
        `misheard`: so many of the words that the decoder is told it has written are others. Both make it listen, and not only
        guess what mostly follows.
        """
        self.joined, self.misheard = joined, misheard
        self.clips, self.seconds, self.seed, self.count, self.easy = clips, seconds, seed, count, easy
        self.encode, self.lexicon = get_tokenizer(False).encode, lexicon
        self.row = {token: row for row, token in enumerate(used)}
        self.mel = None
        self.by_length = np.argsort([len(sound) for sound in clips.sounds], kind="stable")

    def __len__(self):
        return self.count

    def __getitem__(self, number_of_batch):
        torch.set_num_threads(1)
        self.mel = self.mel or Mel()
        draw = np.random.default_rng([self.seed, number_of_batch])
        hardness = min(1.0, number_of_batch / self.easy) if self.easy else 1.0
        center = int(len(self.by_length) * draw.random() ** 1.2)
        length = len(self.clips.sounds[self.by_length[center]]) / RATE + 0.9
        size = int(np.clip(self.seconds / length, 8, 128))
        low = max(0, min(center - size, len(self.by_length) - 3 * size))
        chosen = draw.choice(self.by_length[low : low + 3 * size], size=size, replace=False)
        sounds, texts, said = [], [], []
        for clip in chosen:
            if draw.random() < 0.04:
                sounds.append(nothing(draw))
                texts.append(None)
                said.append([])
            else:
                sound, text, words = self.spoken(draw, clip)
                sounds.append(augmented(draw, sound, self.clips.sounds) if draw.random() < hardness else clean(draw, sound))
                texts.append(text)
                said.append(self.lexicon.of(words))
        longest = max(len(sound) for sound in sounds) / RATE
        context = min(1500, STEP * math.ceil((longest / 0.02 + hardness * draw.integers(0, 48)) / STEP))
        mel = self.mel(sounds, 2 * context, 1 + hardness * draw.uniform(-0.15, 0.18, len(sounds)))
        masked(draw, mel, hardness)
        return mel, *self.tokens(draw, texts), *self.phones(said)

    def spoken(self, draw, clip):
        """Sound, text and words of a clip, perhaps with another one after it."""
        sound, line = self.clips.sounds[clip], self.clips.lines[clip]
        if len(sound) > JOINED_BELOW or draw.random() >= self.joined:
            return sound, line["text"], line["said"]
        other = self.by_length[int(len(self.by_length) * 0.6 * draw.random())]
        pause = np.zeros(int(draw.uniform(0.05, 0.35) * RATE), np.int16)
        then = self.clips.lines[other]
        joined = np.concatenate([sound, pause, self.clips.sounds[other]])
        return joined, f"{line['text']} {then['text']}", f"{line['said']} {then['said']}"

    def tokens(self, draw, texts):
        rows = [[] if text is None else [self.row[t] for t in self.encode(" " + text)] for text in texts]
        width = max(len(row) for row in rows) + 3
        given = torch.full((len(rows), width - 1), self.row[EOT])
        wanted = torch.full((len(rows), width - 1), PAD)
        for n, (row, text) in enumerate(zip(rows, texts, strict=True)):
            line = [self.row[SOT], self.row[NO_TIMESTAMPS], *row, self.row[EOT]]
            before = torch.tensor(line[:-1])
            wrong = torch.from_numpy(draw.random(len(before)) < self.misheard) & (torch.arange(len(before)) > 1)
            before[wrong] = torch.from_numpy(draw.integers(4, len(self.row), int(wrong.sum())))
            given[n, : len(line) - 1] = before
            wanted[n, : len(line) - 1] = torch.tensor(line[1:])
            if text is None:
                wanted[n, 0] = self.row[NO_SPEECH]
                wanted[n, 1] = self.row[NO_SPEECH if draw.random() < SILENT else EOT]
        return given, wanted

    @staticmethod
    def phones(said):
        return torch.tensor([phone for row in said for phone in row], dtype=torch.long), torch.tensor([len(row) for row in said])


def masked(draw, mel, share):
    """SpecAugment: bands and stretches of time are blanked, in a share of the clips."""
    low = mel.amin(dim=(1, 2))
    for n in range(mel.shape[0]):
        if draw.random() >= share:
            continue
        for _ in range(draw.integers(0, 3)):
            start, width = draw.integers(0, 80), draw.integers(1, 14)
            mel[n, start : start + width] = low[n]
        if draw.random() < 0.4:
            start, width = draw.integers(0, mel.shape[2]), draw.integers(1, 14)
            mel[n, :, start : start + width] = low[n]


def loss_of(model, batch, sounds_only):
    """The decoder's loss, and with it that of the encoder alone: that it spells the sounds of the sentence one after the
    other (CTC). Sounds are few and each sentence has many, so they are learnt in minutes; whole words, spelled the same way
    or by the decoder alone, were not learnt in hours. `sounds_only` leaves the decoder out.
    """
    mel, given, wanted, phones, lengths = batch
    logits, spelled = model(mel.bfloat16(), None if sounds_only else given)
    log = spelled.float().log_softmax(-1).transpose(0, 1)
    frames = torch.full((mel.shape[0],), log.shape[0])
    blank = log.shape[2] - 1
    ctc = F.ctc_loss(log, phones, frames, lengths, blank=blank, reduction="sum", zero_infinity=True) / lengths.sum().clamp(min=1)
    if sounds_only:
        return ctc, ctc.detach() * 0, ctc
    text = F.cross_entropy(logits.flatten(0, 1), wanted.flatten(), ignore_index=PAD)
    return text + 0.5 * ctc, text, ctc


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--minutes", type=float, default=60)
    arguments.add_argument("--stop", type=float, default=math.inf, help="minutes after which it ends, with the rate still as for --minutes")
    arguments.add_argument("--rate", type=float, default=2e-3)
    arguments.add_argument("--seconds", type=float, default=60, help="seconds of sound in a batch")
    arguments.add_argument("--name", default="model")
    arguments.add_argument("--start", type=Path, help="goes on from this model")
    arguments.add_argument("--first", type=int, default=0, help="the number of the first batch, where training goes on")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--easy", type=int, default=3000, help="batches until all clips are made to sound worse")
    arguments.add_argument("--sounds", type=int, default=0, help="batches that teach the encoder alone")
    arguments.add_argument("--joined", type=float, default=0.0, help="the share of short clips that another one follows")
    arguments.add_argument("--misheard", type=float, default=0.0, help="the share of words that are told to the decoder wrongly")
    arguments.add_argument("--threads", type=int, default=1, help="more stall each other on a busy machine")
    options = arguments.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    used = used_tokens()
    names = sorted(path.stem for path in (options.work / "clips").glob("train-*.jsonl"))
    clips = Clips(options.work / "clips", names)
    lexicon = Lexicon(line["said"] for line in clips.lines)
    model = Starter(used, len(lexicon.phones))
    if options.start:
        model.load_state_dict(torch.load(options.start)["raw"])
    print(f"{len(used)} tokens, {sum(p.numel() for p in model.parameters()) / 1e6:.1f} M weights while training", flush=True)
    # The weights that are trained are kept in full; those that compute are their bfloat16 copies.
    full = copy.deepcopy(model)
    average = copy.deepcopy(model).requires_grad_(False)
    model.bfloat16()
    step_size = torch.optim.AdamW(full.parameters(), lr=options.rate, betas=(0.9, 0.98), weight_decay=0.02)
    batches = Batches(clips, used, lexicon, options.seconds, options.seed, 10**7, options.easy, options.joined, options.misheard)
    order = range(options.first, 10**7)
    began, saved, step, seen, running = time.time(), time.time(), 0, 0.0, None
    model.train()
    for number, batch in enumerate(DataLoader(batches, batch_size=None, sampler=order, num_workers=1, prefetch_factor=8), options.first):
        part = (time.time() - began) / (options.minutes * 60)
        if part >= min(1, options.stop / options.minutes):
            break
        for group in step_size.param_groups:
            group["lr"] = options.rate * min(1, (step + 1) / 200) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * part)))
        total, *losses = loss_of(model, batch, number < options.sounds)
        model.zero_grad(set_to_none=True)
        total.backward()
        for weight, copied in zip(full.parameters(), model.parameters(), strict=True):
            weight.grad = None if copied.grad is None else copied.grad.float()
        torch.nn.utils.clip_grad_norm_(full.parameters(), 1.0)
        step_size.step()
        step += 1
        seen += batch[0].shape[0] * batch[0].shape[2] / 100 / 3600
        keep = min(0.998, step / (step + 50))
        with torch.no_grad():
            for mean, weight, copied in zip(average.parameters(), full.parameters(), model.parameters(), strict=True):
                mean.lerp_(weight, 1 - keep)
                copied.copy_(weight)
        losses = [loss.item() for loss in losses]
        running = losses if running is None else [0.98 * old + 0.02 * new for old, new in zip(running, losses, strict=True)]
        if step % 50 == 0:
            print(f"step {step}  {time.time() - began:.0f} s  {seen:.1f} h heard  text {running[0]:.3f}  sounds {running[1]:.3f}", flush=True)
        if time.time() - saved > 120:
            saved = time.time()
            save(options, average, full, used, step, seen, saved - began)
    save(options, average, full, used, step, seen, time.time() - began)


def save(options, average, full, used, step, seen, seconds):
    path = options.work / f"{options.name}.pt"
    torch.save({"model": average.state_dict(), "raw": full.state_dict(), "used": used, "steps": step, "hours": seen,
                "seconds": seconds}, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


if __name__ == "__main__":
    main()
