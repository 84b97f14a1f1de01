import { describe, expect, test } from "vitest";
import { nextVolume } from "../screens/kiosk/volume";
import { europeanDigits } from "./digits";
import { firstLayer, type Layer, lastLetter, rowsOf, wantsCapital } from "./keyboard";
import { isLocked } from "./lockdown";
import { readNumber } from "./number";
import { progressOf } from "./progress";

describe("the keyboard on the screen", () => {
  const LAYERS: readonly Layer[] = ["letters", "latin", "accents", "numbers", "phone"];
  const lettersOf = (language: string, layer: Layer) =>
    rowsOf(language, layer)
      .flat()
      .flatMap((key) => (key.does === "type" ? [key.text] : []));

  test("has every letter of its language, each once", () => {
    const alphabets = {
      en: "abcdefghijklmnopqrstuvwxyz",
      es: "abcdefghijklmnñopqrstuvwxyzáéíóúü",
      ar: "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي",
    };
    for (const [language, alphabet] of Object.entries(alphabets)) {
      const letters = lettersOf(language, "letters");
      expect(new Set(letters).size, language).toBe(letters.length);
      for (const letter of alphabet) expect(letters, language).toContain(letter);
    }
    for (const letter of "áàâäãåæçčćéèêëęíìîïñóòôöõøúùûüýßšž") {
      expect(lettersOf("en", "accents")).toContain(letter);
    }
    for (const sign of "0123456789.,?!'-@") expect(lettersOf("en", "numbers")).toContain(sign);
  });

  test("can delete, go on, be closed and be left from every layer, by keys that no row repeats", () => {
    for (const language of ["en", "es", "ar"]) {
      for (const layer of LAYERS) {
        const keys = rowsOf(language, layer).flat();
        const does = keys.map((key) => key.does);
        for (const needed of ["delete", "space", "enter", "close"]) {
          expect(does, `${language} ${layer}`).toContain(needed);
        }
        const names = keys.map((key) =>
          key.does === "type" ? key.text : key.does === "show" ? key.layer : key.does,
        );
        expect(new Set(names).size, `${language} ${layer}`).toBe(names.length);
        for (const key of keys) {
          if (key.does === "show") expect(rowsOf(language, key.layer).flat().length).toBeGreaterThan(9);
        }
      }
    }
  });

  test("begins with the layer that the field asks for", () => {
    expect(firstLayer("tel")).toBe("phone");
    expect(firstLayer("numeric")).toBe("numbers");
    expect(firstLayer("")).toBe("letters");
  });

  test("begins names and sentences with a capital letter", () => {
    expect(wantsCapital("", "words")).toBe(true);
    expect(wantsCapital("Ana ", "words")).toBe(true);
    expect(wantsCapital("Ana-", "words")).toBe(true);
    expect(wantsCapital("An", "words")).toBe(false);
    expect(wantsCapital("", "sentences")).toBe(true);
    expect(wantsCapital("It hurts. ", "sentences")).toBe(true);
    expect(wantsCapital("It hurts ", "sentences")).toBe(false);
    expect(wantsCapital("", "none")).toBe(false);
  });

  test("deletes a letter as a person counts it", () => {
    expect(lastLetter("Núñez")).toBe("z");
    expect(lastLetter("e\u0301")).toBe("e\u0301");
    expect(lastLetter("👩‍⚕️")).toBe("👩‍⚕️");
    expect(lastLetter("")).toBe("");
  });
});

describe("digits", () => {
  test("are read as Arabs and Persians write them", () => {
    expect(europeanDigits("٠١٢٣٤٥٦٧٨٩")).toBe("0123456789");
    expect(europeanDigits("۱۹۴۱ x")).toBe("1941 x");
    expect(readNumber("٣٨٫٥", { whole: false, min: null, max: null })).toEqual({
      kind: "number",
      number: 38.5,
    });
  });
});

describe("how far a patient is", () => {
  const at = (screen: "consent" | "identify" | "review" | "done" | "declined") =>
    ({ answered: 0, total: 12, step: { screen } }) as Parameters<typeof progressOf>[0];
  const asked = (answered: number, total: number) =>
    ({ answered, total, step: { screen: "question" } }) as Parameters<typeof progressOf>[0];

  test("grows from stage to stage, and ends with the intake", () => {
    const shares = [
      at("consent"),
      at("identify"),
      asked(0, 12),
      asked(6, 12),
      asked(11, 12),
      at("review"),
    ].map((view) => progressOf(view, 0)?.share ?? 0);
    expect([...shares].sort((one, other) => one - other)).toEqual(shares);
    expect(progressOf(at("done"), 0.9)).toBeNull();
    expect(progressOf(at("declined"), 0.1)).toBeNull();
  });

  test("never goes back when an answer brings more questions, and says how many there are now", () => {
    const before = progressOf(asked(6, 12), 0)?.share ?? 0;
    expect(progressOf(asked(7, 20), before)).toMatchObject({ share: before, stage: "questions", left: 13 });
  });

  test("says the last question, and that nothing is left where an answer is changed at the end", () => {
    expect(progressOf(asked(11, 12), 0)?.stage).toBe("last");
    expect(progressOf(asked(12, 12), 0.95)?.stage).toBe("review");
    expect(progressOf(asked(0, 0), 0)?.stage).toBe("review");
  });
});

describe("the lock of the page", () => {
  const none = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false };
  const ctrl = { ...none, ctrlKey: true };

  test("takes the browser's own keys", () => {
    for (const key of ["F1", "F3", "F5", "F7", "F11", "F12", "BrowserBack", "ContextMenu"]) {
      expect(isLocked({ key, ...none }, true), key).toBe(true);
    }
    for (const key of ["p", "P", "r", "f", "s", "o", "u", "j", "l", "w", "n", "t", "+", "-", "0", "Tab"]) {
      expect(isLocked({ key, ...ctrl }, true), key).toBe(true);
      expect(isLocked({ key, ...none, metaKey: true }, true), key).toBe(true);
    }
    expect(isLocked({ key: "ArrowLeft", ...none, altKey: true }, true)).toBe(true);
    expect(isLocked({ key: "Backspace", ...none }, false)).toBe(true);
  });

  test("leaves typing, editing and moving about", () => {
    for (const key of ["a", "ñ", "Tab", "Enter", " ", "Escape", "ArrowDown", "Backspace", "Home"]) {
      expect(isLocked({ key, ...none }, true), key).toBe(false);
    }
    for (const key of ["a", "c", "v", "x", "z", "ArrowRight", "Backspace", "Control"]) {
      expect(isLocked({ key, ...ctrl }, true), key).toBe(false);
    }
    // AltGr.
    expect(isLocked({ key: "@", ...ctrl, altKey: true }, true)).toBe(false);
  });
});

test("loudness goes in steps that end where it is still heard, and at its most", () => {
  expect(nextVolume(0.8, 0.2)).toBe(1);
  expect(nextVolume(1, 0.2)).toBe(1);
  expect(nextVolume(0.8, -0.2)).toBe(0.6);
  expect(nextVolume(0.25, -0.2)).toBe(0.2);
});
