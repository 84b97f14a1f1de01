"""From a clip to what the model sees: rooms, noise, microphones, and whisper's log-mel spectrogram."""

import numpy as np
import torch
from scipy.signal import fftconvolve, lfilter

RATE = 16_000
HOP = 160


def coloured(draw, length):
    """Noise whose power falls with frequency as 1/f^a, a from 0 (white) to 2 (brown)."""
    spectrum = np.fft.rfft(draw.standard_normal(length))
    frequency = np.maximum(np.arange(len(spectrum)), 1)
    noise = np.fft.irfft(spectrum / frequency ** (draw.uniform(0, 2) / 2), length)
    return noise / (np.abs(noise).max() + 1e-9)


def hum(draw, length):
    """Mains hum, a fan or a tone that comes and goes: some harmonics."""
    time = np.arange(length) / RATE
    base = draw.choice([50, 60, 100, 120, draw.uniform(80, 900)])
    tones = sum(draw.uniform(0, 1) * np.sin(2 * np.pi * base * (n + 1) * time + draw.uniform(0, 6)) for n in range(draw.integers(1, 7)))
    return tones * (1 if draw.random() < 0.5 else 0.5 + 0.5 * np.sin(2 * np.pi * draw.uniform(0.3, 4) * time)) / 4


def clicks(draw, length):
    """A keyboard, a door, dishes: short decaying bursts."""
    noise = np.zeros(length)
    for _ in range(draw.integers(1, 12)):
        at, size = draw.integers(0, max(1, length - 400)), draw.integers(100, 3000)
        burst = draw.standard_normal(size) * np.exp(-np.arange(size) / draw.uniform(20, 500))
        end = min(length, at + size)
        noise[at:end] += burst[: end - at] * draw.uniform(0.2, 1)
    return noise / 2


def breath(draw, length):
    """Breathing: band-limited noise that swells and fades."""
    time = np.arange(length) / RATE
    swell = np.maximum(0, np.sin(2 * np.pi * draw.uniform(0.2, 0.8) * time + draw.uniform(0, 6))) ** 2
    return lfilter([1 - 0.7], [1, -0.7], draw.standard_normal(length)) * swell


def melody(draw, length):
    """Notes one after the other, as from a radio next door."""
    time, noise, at = np.arange(length) / RATE, np.zeros(length), 0
    while at < length:
        size = int(draw.uniform(0.1, 0.6) * RATE)
        part = slice(at, min(length, at + size))
        tone = 220 * 2 ** (draw.integers(0, 24) / 12)
        noise[part] = sum(np.sin(2 * np.pi * tone * k * time[part]) / k for k in (1, 2, 3)) * np.exp(-np.linspace(0, 3, len(time[part])))
        at += size
    return noise / 2


NOISES = [coloured, coloured, coloured, hum, clicks, breath, melody]


def room(draw, sound):
    """A room's echo: exponentially decaying noise after the direct sound."""
    decay = draw.uniform(0.05, 0.5)
    length = int(decay * RATE)
    tail = draw.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length) * draw.uniform(0.02, 0.25)
    tail[0] = 1.0
    return fftconvolve(sound, tail)[: len(sound) + length // 2]


def microphone(draw, sound):
    """A coloured, band-limited microphone or telephone."""
    spectrum = np.fft.rfft(sound)
    frequency = np.fft.rfftfreq(len(sound), 1 / RATE)
    knots = np.array([0, 200, 500, 1000, 2000, 4000, 8000])
    gain = np.interp(frequency, knots, 10 ** (draw.uniform(-8, 8, len(knots)) / 20))
    if draw.random() < 0.45:
        top = draw.uniform(3200, 4000)
        gain = gain / (1 + (frequency / top) ** 40)
    if draw.random() < 0.3:
        low = draw.uniform(80, 350)
        gain = gain * (1 - 1 / (1 + (frequency / low) ** 8))
    return np.fft.irfft(spectrum * gain, len(sound))


def stretched(draw, sound):
    """Faster and higher, or slower and lower."""
    factor = draw.uniform(0.82, 1.22)
    return np.interp(np.arange(0, len(sound) - 1, factor), np.arange(len(sound)), sound)


def augmented(draw, clip, others):
    """A clip as a microphone somewhere might hear it. `others`: clips for voices in the background."""
    sound = clip.astype(np.float64) / 32768
    if draw.random() < 0.85:
        sound = stretched(draw, sound)
    if draw.random() < 0.5:
        sound = room(draw, sound)
    before, after = int(draw.uniform(0, 0.6) * RATE), int(draw.uniform(0, 0.8) * RATE)
    sound = np.concatenate([np.zeros(before), sound, np.zeros(after)])
    if draw.random() < 0.75:
        sound = microphone(draw, sound)
    if draw.random() < 0.85:
        noise = NOISES[draw.integers(len(NOISES))](draw, len(sound))
        if draw.random() < 0.12:
            other = others[draw.integers(len(others))].astype(np.float64) / 32768
            noise = np.resize(other, len(sound))
        power = np.sqrt(np.mean(sound**2)) / (np.sqrt(np.mean(noise**2)) + 1e-9)
        sound = sound + noise * power * 10 ** (-draw.uniform(4, 40) / 20)
    sound = sound * (10 ** (-draw.uniform(0, 30) / 20) / (np.abs(sound).max() + 1e-9))
    if draw.random() < 0.05:
        sound = np.clip(sound * draw.uniform(2, 5), -1, 1)
    return sound.astype(np.float32)


def clean(draw, clip):
    """A clip as it is, with some silence around it."""
    sound = clip.astype(np.float64) / 32768 * 10 ** (-draw.uniform(0, 12) / 20)
    return np.pad(sound, (int(draw.uniform(0.05, 0.4) * RATE), int(draw.uniform(0.05, 0.4) * RATE))).astype(np.float32)


def nothing(draw):
    """A second or some of sound without speech."""
    length = int(draw.uniform(0.5, 4) * RATE)
    noise = sum(NOISES[draw.integers(len(NOISES))](draw, length) for _ in range(draw.integers(1, 3)))
    if draw.random() < 0.1:
        noise = np.zeros(length)
    return (noise * 10 ** (-draw.uniform(0, 50) / 20)).astype(np.float32)


class Mel:
    """Whisper's spectrogram: 80 bands, 25 ms windows every 10 ms, log, clamped to 8 decades below the loudest."""

    def __init__(self):
        import whisper.audio

        self.filters = whisper.audio.mel_filters("cpu", 80)
        self.window = torch.hann_window(400)

    def __call__(self, sounds, frames, warp=None):
        """`sounds`: float arrays; zeros follow each up to `frames`, as in whisper.cpp. Gives [n, 80, frames]."""
        batch = torch.zeros(len(sounds), frames * HOP)
        for n, sound in enumerate(sounds):
            length = min(len(sound), frames * HOP)
            batch[n, :length] = torch.from_numpy(sound[:length])
        power = torch.stft(batch, 400, HOP, window=self.window, return_complex=True)[..., :-1].abs() ** 2
        filters = self.filters
        if warp is not None:
            bands = [warped(filters, factor) for factor in warp]
            mel = torch.stack([band @ spectrum for band, spectrum in zip(bands, power, strict=True)])
        else:
            mel = filters @ power
        mel = torch.clamp(mel, min=1e-10).log10()
        mel = torch.maximum(mel, mel.amax(dim=(1, 2), keepdim=True) - 8.0)
        return (mel + 4.0) / 4.0


def warped(filters, factor):
    """The filters of a longer or a shorter vocal tract: every frequency times `factor`, the top held in place."""
    bins = torch.arange(filters.shape[1], dtype=torch.float32)
    knee = 150.0
    source = torch.where(bins < knee, bins * factor, bins)
    scale = (filters.shape[1] - 1 - knee * factor) / (filters.shape[1] - 1 - knee)
    source = torch.where(bins < knee, bins * factor, knee * factor + (bins - knee) * scale)
    low = source.floor().long().clamp(0, filters.shape[1] - 1)
    high = (low + 1).clamp(max=filters.shape[1] - 1)
    part = source - low
    return filters[:, low] * (1 - part) + filters[:, high] * part
