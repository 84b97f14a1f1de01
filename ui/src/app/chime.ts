// A short sound with an alarm. The screen shows the same, so that nothing depends on hearing it.

import type { Severity } from "../rpc/schema";

const TONES: Record<Severity, readonly number[]> = {
  emergency: [880, 660, 880, 660],
  urgent: [660, 880],
};
const TONE_S = 0.18;
const LOUDNESS = 0.12;

let context: AudioContext | undefined;

/** Plays the tones for a severity; does nothing where there is no sound device. */
export function chime(severity: Severity) {
  try {
    context ??= new AudioContext();
    const start = context.currentTime + 0.02;
    TONES[severity].forEach((frequency, index) => {
      if (context === undefined) return;
      const at = start + index * TONE_S;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0, at);
      volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
      volume.gain.linearRampToValueAtTime(0, at + TONE_S);
      tone.connect(volume).connect(context.destination);
      tone.start(at);
      tone.stop(at + TONE_S);
    });
  } catch {
    // No sound device, or the browser refuses: the alarm is on the screen.
  }
}
