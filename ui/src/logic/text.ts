// Words by their place, as the engine counts: in Unicode code points.

/** The part of a text between two places, half-open, in code points. */
export function slice(text: string, [start, end]: readonly [number, number]): string {
  return [...text].slice(start, end).join("");
}

/** A text in its parts: those within the spans (ascending, in code points), and those between. */
export function marked(
  text: string,
  spans: readonly (readonly [number, number])[],
): { readonly at: number; readonly text: string; readonly found: boolean }[] {
  const parts = [];
  let at = 0;
  for (const [start, end] of spans) {
    if (start > at) parts.push({ at, text: slice(text, [at, start]), found: false });
    parts.push({ at: start, text: slice(text, [start, end]), found: true });
    at = end;
  }
  if (at < lengthOf(text)) parts.push({ at, text: slice(text, [at, lengthOf(text)]), found: false });
  return parts;
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
