// The brand on the page: its colours as CSS variables, its name in the title and in every sentence, its icon.

import { useQuery } from "@tanstack/react-query";
import { useEffect, useLayoutEffect } from "react";
import { baseOf, setProduct } from "../i18n";
import type { BrandShown } from "../rpc/schema";
import { appState, brandCurrent, queryClient } from "./queries";
import { useSession } from "./session";

type Texts = { readonly [language: string]: string | undefined };

/** The brand that stands on the screens. */
export function useBrand(): BrandShown | undefined {
  return useQuery(brandCurrent).data;
}

/** Reads the brand before the first screen is built, so that nothing changes its colour under the eye. */
export async function readBrand(): Promise<void> {
  try {
    putOnPage(await queryClient.ensureQueryData(brandCurrent));
  } catch {
    // The screen that follows says that nothing answers.
  }
}

/** Keeps the page as the brand is: another one may be there once the vault is open, or after an administrator was here. */
export function useBrandOnPage(): void {
  const phase = useQuery(appState).data?.phase.state;
  const token = useSession()?.token;
  const brand = useBrand();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what may have changed the brand.
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: brandCurrent.queryKey });
  }, [phase, token]);
  useLayoutEffect(() => {
    if (brand !== undefined) putOnPage(brand);
  }, [brand]);
}

let variables: readonly string[] = [];

function putOnPage(brand: BrandShown): void {
  const { style } = document.documentElement;
  for (const name of variables) style.removeProperty(name);
  const set: [string, string][] = Object.entries(brand.colours).flatMap(([name, colour]) =>
    colour === undefined ? [] : [[name, colour]],
  );
  if (brand.fonts !== null) set.push(["--brand-font", brand.fonts]);
  for (const [name, value] of set) style.setProperty(name, value);
  variables = set.map(([name]) => name);
  document.title = brand.product;
  document.querySelector("link[rel=icon]")?.setAttribute("href", brand.icon ?? "./bedside.svg");
  setProduct(brand.product);
}

/** The texts in the languages on offer, in the order of the languages. */
export function textsIn(languages: readonly string[], texts: Texts): [string, string][] {
  return languages.flatMap((id): [string, string][] => {
    const near = Object.keys(texts).find((language) => baseOf(language) === baseOf(id));
    const text = texts[id] ?? (near === undefined ? undefined : texts[near]);
    return text === undefined || text === "" ? [] : [[id, text]];
  });
}

/** The text in a language; in English, or in any, where it is not in that. */
export function textIn(language: string, texts: Texts): { lang: string; text: string } | null {
  const present = Object.entries(texts).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const found =
    present.find(([id]) => id === language) ??
    present.find(([id]) => baseOf(id) === baseOf(language)) ??
    present.find(([id]) => baseOf(id) === "en") ??
    present[0];
  return found === undefined ? null : { lang: found[0], text: found[1] };
}
