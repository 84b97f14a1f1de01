// Sizes of files and of memory, as people say them.

const STEPS = [
  { unit: "gigabyte", bytes: 1e9 },
  { unit: "megabyte", bytes: 1e6 },
  { unit: "kilobyte", bytes: 1e3 },
] as const;

/** A size with its unit: three digits at most of what it is. */
export function sizeInWords(bytes: number, locale: string): string {
  const step = STEPS.find((one) => bytes >= one.bytes) ?? { unit: "byte", bytes: 1 };
  const value = bytes / step.bytes;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: step.unit,
    unitDisplay: "short",
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

/** The memory of a machine, in the whole gigabytes that it was sold with: the system keeps a part of them for itself. */
export function memoryInWords(bytes: number, locale: string): string {
  const gigabytes = Math.max(1, Math.round(bytes / 2 ** 30));
  return new Intl.NumberFormat(locale, { style: "unit", unit: "gigabyte", unitDisplay: "short" }).format(
    gigabytes,
  );
}

/** The host of an address; the address itself where it is none. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
