import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The page is served under `default-src 'self'`: no inline script (the module preload polyfill is one), no inline style,
// and no file turned into a data: address other than a small image.
export default defineConfig({
  plugins: [react()],
  base: "./",
  clearScreen: false,
  build: {
    target: ["es2022", "safari16"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 900,
  },
  server: { strictPort: true },
  test: { include: ["src/**/*.test.ts"] },
});
