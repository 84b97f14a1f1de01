// Digits as they may be typed.

const ZEROS = [0x0660, 0x06f0];

/** The same text with Arabic-Indic and Persian digits written as 0 to 9. */
export function europeanDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = ZEROS.find((first) => code >= first && code < first + 10) ?? 0;
    return String(code - zero);
  });
}

/** The most digits of a PIN. */
export const PIN_MOST = 12;

/** Whether this has a PIN's form. Whether it is too easily guessed, the engine says. */
export function isPin(text: string): boolean {
  return /^[0-9]{6,12}$/.test(text);
}
