import { http } from "./http";
import { tauri } from "./tauri";
import type { Platform } from "./types";

/** The program that hosts this page. */
export const platform: Platform = "__TAURI_INTERNALS__" in window ? tauri : http;

export * from "./types";
