// A brand's folder, as the browser hands it over.

import type { BrandDraft, BrandFields, BrandPicture } from "../rpc/schema";

export type { BrandDraft } from "../rpc/schema";

const PICTURE = /\.(svg|png)$/i;
/** A picture larger than this is not read: the engine refuses it by its size, and nobody waits for it. */
const MOST_BYTES = 1 << 20;

/** The files of a folder that a brand is made of. What lies in folders inside it is not a part of it. */
export async function readFolder(files: readonly File[]): Promise<BrandDraft> {
  const own = files.filter((file) => file.webkitRelativePath.split("/").length <= 2);
  const toml = own.find((file) => file.name === "brand.toml");
  const pictures = own.filter((file) => PICTURE.test(file.name)).slice(0, 16);
  return {
    toml: toml === undefined ? null : await toml.text(),
    fields: null,
    pictures: await Promise.all(pictures.map(readPicture)),
  };
}

export async function readPicture(file: File): Promise<BrandPicture> {
  const bytes = new Uint8Array(await file.slice(0, MOST_BYTES).arrayBuffer());
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return { name: file.name, content: btoa(binary) };
}

/** What the engine made of the two colours, under the names that `tokens.css` has for them. */
export function tokensOf(colours: { readonly [name: string]: string | undefined }): Record<string, string> {
  const own = Object.entries(colours).flatMap(([name, colour]) =>
    colour === undefined ? [] : [[name.replace("--brand-", "--"), colour] as const],
  );
  return Object.fromEntries(own);
}

/** The languages of a brand's texts: the screens' own, and any other that it has. */
export function languagesOf(fields: BrandFields, screens: readonly string[]): readonly string[] {
  const others = [fields.welcome, fields.legal, fields.hours].flatMap((texts) => Object.keys(texts));
  return [...new Set([...screens, ...others])];
}

/** A text in a language, set or taken away. */
export function withText(
  texts: { readonly [language: string]: string | undefined },
  language: string,
  text: string,
): { [language: string]: string } {
  const rest = Object.entries(texts).filter(
    (entry): entry is [string, string] => entry[0] !== language && entry[1] !== undefined,
  );
  return Object.fromEntries(text === "" ? rest : [...rest, [language, text]]);
}

/** Names with commas between them. */
export function namesOf(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim().replace(/^["']|["']$/g, ""))
    .filter((name) => name !== "");
}
