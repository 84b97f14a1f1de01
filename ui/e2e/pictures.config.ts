// `npm run pictures [-- --grep tablet]`: every screen of the kiosk in every mode, as a picture in `BEDSIDE_PICTURES`, or in
// ui/pictures.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import browser from "./playwright.config";

const folder = process.env.BEDSIDE_PICTURES ?? join(import.meta.dirname, "../pictures");
mkdirSync(folder, { recursive: true });
process.env.BEDSIDE_PICTURES = folder;

export default defineConfig({ ...browser, testMatch: "screens.spec.ts" });
