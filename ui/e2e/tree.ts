// What assistive technology is told of a screen: the browser's accessibility tree.

import type { Page } from "@playwright/test";
import { expect } from "./application";

const CONTROLS = new Set([
  "button",
  "link",
  "textbox",
  "radio",
  "checkbox",
  "radiogroup",
  "progressbar",
  "alertdialog",
  "dialog",
  "region",
]);

interface Node {
  readonly role: string;
  readonly name: string;
  readonly focusable: boolean;
}

/** Every node that is not hidden from assistive technology. */
export async function treeOf(page: Page): Promise<Node[]> {
  const client = await page.context().newCDPSession(page);
  try {
    const { nodes } = await client.send("Accessibility.getFullAXTree");
    return nodes
      .filter((node) => !node.ignored)
      .map((node) => ({
        role: String(node.role?.value ?? ""),
        name: String(node.name?.value ?? "").trim(),
        focusable: node.properties?.some(({ name, value }) => name === "focusable" && value.value) ?? false,
      }));
  } finally {
    await client.detach();
  }
}

/** One heading that says what the screen is, a main part, and a name for everything that can be used. */
export async function expectReadable(page: Page, what: string): Promise<void> {
  const nodes = await treeOf(page);
  const nameless = nodes.filter((node) => node.name === "" && (CONTROLS.has(node.role) || isLost(node)));
  expect.soft(nameless, `${what}: without a name`).toEqual([]);
  const isDialog = nodes.some((node) => node.role === "dialog" || node.role === "alertdialog");
  const headings = nodes.filter((node) => node.role === "heading" && node.name !== "");
  expect.soft(headings.length, `${what}: headings`).toBeGreaterThan(0);
  if (!isDialog) expect.soft(nodes.filter((node) => node.role === "main").length, `${what}: main`).toBe(1);
  const help = nodes.filter((node) => node.role === "button" && node.name !== "");
  expect.soft(help.length, `${what}: buttons`).toBeGreaterThan(0);
}

/** Something that takes the focus and says neither what it is nor what it is called. */
function isLost(node: Node): boolean {
  return node.focusable && node.role === "generic";
}
