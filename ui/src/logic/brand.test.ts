import { describe, expect, test } from "vitest";
import { languagesOf, namesOf, readFolder, tokensOf, withText } from "./brand";

const file = (path: string, content: string) => {
  const made = new File([content], path.split("/").at(-1) ?? "");
  Object.defineProperty(made, "webkitRelativePath", { value: path });
  return made;
};

describe("a brand", () => {
  test("is made of the files of its folder and not of those inside its folders", async () => {
    const read = await readFolder([
      file("acme/brand.toml", "company = 1"),
      file("acme/logo.svg", "<svg/>"),
      file("acme/icons/logo.svg", "other"),
      file("acme/README.md", "words"),
    ]);
    expect(read).toEqual({
      toml: "company = 1",
      fields: null,
      pictures: [{ name: "logo.svg", content: btoa("<svg/>") }],
    });
    expect((await readFolder([file("icon.png", "\u0000ÿ")])).toml).toBeNull();
  });

  test("has its colours under the screens' own names", () => {
    expect(tokensOf({ "--brand-accent": "#112233", "--brand-on-accent": undefined })).toEqual({
      "--accent": "#112233",
    });
  });

  test("keeps a text in a language that the screens are not in", () => {
    expect(withText({ en: "a", ar: "b" }, "en", "")).toEqual({ ar: "b" });
    expect(withText({ ar: "b" }, "en", "a")).toEqual({ ar: "b", en: "a" });
    const fields = { welcome: { ar: "b" }, legal: {}, hours: { de: "c" } };
    expect(languagesOf(fields as unknown as Parameters<typeof languagesOf>[0], ["en", "es"])).toEqual([
      "en",
      "es",
      "ar",
      "de",
    ]);
  });

  test("takes fonts with commas between them, in quotes or not", () => {
    expect(namesOf(' "Segoe UI", Noto Sans ,, ')).toEqual(["Segoe UI", "Noto Sans"]);
  });
});
