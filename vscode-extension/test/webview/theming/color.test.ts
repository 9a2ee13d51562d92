/** Colours of pages are reckoned as the server reckons them (tests/themes/test_colors.py). */
import { describe, expect, it } from "vitest";
import { contrast, hexOf, inkOn, mixed, over, parseColor, readable, showing, type Color } from "../../../src/webview/theming/color";

const color = (text: string): Color => parseColor(text)!;

describe("a colour", () => {
  it.each([
    ["#abc", "#aabbcc"],
    ["#abcd", "#aabbccdd"],
    ["#A1B2C3", "#a1b2c3"],
    ["#a1b2c380", "#a1b2c380"],
    ["rgb(1, 2, 255)", "#0102ff"],
    ["rgba(255, 255, 255, 0.2)", "#ffffff33"],
    ["rgba(1, 2, 3, 1)", "#010203"],
  ])("is read from %s", (text, hex) => {
    expect(hexOf(color(text))).toBe(hex);
  });

  it.each(["", "red", "#12", "#12345", "#1234567", "#ggg", "rgb(1, 2)", "rgba(1, 2, 3, 4, 5)", "var(--x)", "color-mix(in srgb, red, blue)", "rgb(,,)1"])(
    "is not read from %j",
    (text) => {
      expect(parseColor(text)).toBeUndefined();
    },
  );

  it("is seen over another as much as it is opaque", () => {
    expect(hexOf(over(color("#ffffff80"), color("#000000")))).toBe("#808080");
    expect(hexOf(mixed(color("#000000"), color("#ffffff"), 0.18))).toBe("#2e2e2e");
  });

  it("has the contrast that WCAG says", () => {
    expect(contrast(color("#000"), color("#fff"))).toBe(21);
    expect(contrast(color("#777777"), color("#ffffff"))).toBeCloseTo(4.48, 2);
    expect(hexOf(inkOn(color("#ffff00")))).toBe("#000000");
    expect(hexOf(inkOn(color("#0000ff")))).toBe("#ffffff");
  });

  it("is made readable by as little as it takes", () => {
    expect(hexOf(readable(color("#767676"), color("#ffffff")))).toBe("#767676");
    expect(hexOf(readable(color("#777777"), color("#ffffff")))).toBe("#767676");
    expect(hexOf(readable(color("#0078d4"), color("#1f1f1f")))).toBe("#248bda");
    expect(hexOf(showing(color("#0060c0"), color("#000000"), color("#ffffff")))).toBe("#2376c9");
  });
});
