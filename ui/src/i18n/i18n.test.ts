import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ar } from "./ar";
import { en } from "./en";
import { errorsEn } from "./errors-en";
import { errorsEs } from "./errors-es";
import { es } from "./es";
import { compose, type Message } from "./message";

const placesOf = (message: Message) => {
  const texts = typeof message === "string" ? [message] : [message.one, message.other];
  return texts.map((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort());
};

describe("the catalogues", () => {
  const keys = Object.keys(en) as (keyof typeof en)[];

  test("every language has every key and no other", () => {
    expect(Object.keys(es).sort()).toEqual([...keys].sort());
  });

  test("every message is worded and leaves the same places open in every language", () => {
    for (const key of keys) {
      expect(placesOf(es[key]), key).toEqual(placesOf(en[key]));
      for (const message of [en[key], es[key]] as Message[]) {
        const texts = typeof message === "string" ? [message] : [message.one, message.other];
        for (const text of texts) expect(text.trim(), key).not.toBe("");
      }
    }
  });

  test("Arabic has the kiosk's sentences, each in every plural form that it has and with the same places", () => {
    for (const [key, message] of Object.entries(ar) as [keyof typeof ar, Message][]) {
      const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
      if (typeof message === "string") {
        expect(places(message), key).toEqual(places(en[key] as string));
        expect(message, key).toMatch(/\p{Script=Arabic}|^Bedside$|^\{words\}$/u);
        continue;
      }
      for (const form of new Intl.PluralRules("ar").resolvedOptions().pluralCategories) {
        expect(message[form]?.trim(), `${key} ${form}`).toBeTruthy();
      }
    }
  });

  test("no screen of a patient says what only staff can read", () => {
    const folder = join(import.meta.dirname, "../screens/kiosk");
    const staff = new Set(["staff.tsx"]);
    const kioskKeys = new Set<string>(Object.keys(ar));
    // What the screen that invites says to staff stands in their language.
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".tsx") && !staff.has(name))) {
      const source = readFileSync(join(folder, file), "utf8");
      for (const [, key] of source.matchAll(/\bt\(\s*"([a-z.-]+)"/g)) {
        expect(kioskKeys.has(key ?? ""), `${file}: ${key}`).toBe(true);
      }
    }
  });

  test("every error code of the schema has a sentence and a next step in every language", () => {
    const schema = readFileSync(join(import.meta.dirname, "../rpc/schema.ts"), "utf8");
    const union = /export type ErrorCode = ([^;]+);/.exec(schema)?.[1] ?? "";
    const codes = [...union.matchAll(/"([^"]+)"/g)].map((match) => match[1] as keyof typeof errorsEn);
    expect(codes.length).toBeGreaterThan(40);
    for (const code of codes) {
      for (const texts of [errorsEn, errorsEs]) {
        expect(texts[code]?.what, code).toBeTruthy();
        expect(texts[code]?.next, code).toBeTruthy();
      }
    }
    expect(Object.keys(errorsEs).sort()).toEqual(Object.keys(errorsEn).sort());
  });

  test("a message is said in its plural form with its numbers written as the language writes them", () => {
    const seconds: Message = { one: "{count} second", other: "{count} seconds" };
    expect(compose(seconds, { count: 1 }, "en")).toBe("1 second");
    expect(compose(seconds, { count: 20 }, "en")).toBe("20 seconds");
    expect(compose("{count}", { count: 12_345.5 }, "es")).toBe("12.345,5");
  });
});

describe("components", () => {
  const files = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? files(path) : path.endsWith(".tsx") ? [path] : [];
    });

  // Biome's noJsxLiterals sees plain text between tags; this sees what it does not: quoted text there, and in the
  // properties that are read or shown.
  test("hold no literal text in quoted children or in properties that are shown", () => {
    const shown =
      /\s(?:aria-label|aria-description|title|label|help|placeholder|alt|text)="[^"]*\p{L}[^"]*"/u;
    const quoted = />\s*\{\s*["'`][^"'`]*\p{L}[^"'`]*["'`]\s*\}\s*</u;
    for (const file of files(join(import.meta.dirname, ".."))) {
      const source = readFileSync(file, "utf8");
      expect(shown.exec(source)?.[0], file).toBeUndefined();
      expect(quoted.exec(source)?.[0], file).toBeUndefined();
    }
  });
});
