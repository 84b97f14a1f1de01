// Loudness, in the steps of "louder" and "quieter".

/** One press of "louder". */
export const VOLUME_STEP = 0.2;
/** The quietest that it gets: below that it would seem broken. */
export const VOLUME_LEAST = 0.2;

/** The loudness after a step, in tenths, 0 to 1. */
export function nextVolume(volume: number, step: number): number {
  const tenths = Math.round((volume + step) * 10) / 10;
  return Math.min(Math.max(tenths, VOLUME_LEAST), 1);
}
