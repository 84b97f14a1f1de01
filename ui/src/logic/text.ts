// Words by their place, as the engine counts: in Unicode code points.

/** The part of a text between two places, half-open, in code points. */
export function slice(text: string, [start, end]: readonly [number, number]): string {
  return [...text].slice(start, end).join("");
}

/** How many code points a text has. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** The words of a list of recovery words, however they were separated. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s,;.0-9]+/)
    .filter((word) => word !== "");
}

/** `count` different places from 1 to `most`, ascending, chosen by `random` (0 to 1, 1 excluded). */
export function somePlaces(count: number, most: number, random: () => number): number[] {
  const places = new Set<number>();
  while (places.size < Math.min(count, most)) places.add(1 + Math.floor(random() * most));
  return [...places].sort((a, b) => a - b);
}
