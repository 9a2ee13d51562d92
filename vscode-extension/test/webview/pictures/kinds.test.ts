import { expect, it } from "vitest";
import { pixelsOf, typeOf } from "../../../src/webview/pictures/kinds";
import { PNG } from "../nodes/samples";

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>';

it.each([
  ["image/png", Uint8Array.from(PNG)],
  ["image/jpeg", bytes("\xff\xd8\xff\xe0")],
  ["image/gif", bytes("GIF89a")],
  ["image/webp", bytes("RIFF\n\0\0\0WEBPVP8 ")],
  ["image/avif", bytes("\0\0\0\x20ftypavif")],
  ["image/bmp", bytes("BM\0\0")],
  ["image/x-icon", bytes("\0\0\x01\0\x01\0")],
])("what begins like %s is that", (type, data) => {
  expect(typeOf(data)).toBe(type);
});

it.each([
  SVG,
  `\ufeff\n  ${SVG}`,
  `<?xml version="1.0"?>\n<!-- drawn by hand -->\n${SVG}`,
  `<!-- one --><!-- two -- or - three -->\n<!DOCTYPE svg><!-- four -->${SVG}`,
  `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [<!ENTITY a "b">]>${SVG}`,
])("%j is an SVG", (text) => {
  expect(typeOf(new TextEncoder().encode(text))).toBe("image/svg+xml");
});

it.each(["", "svg", "<svgs>", "<html><body><svg></svg></body></html>", "<!doctype html><svg>", '{"a":1}', "%PDF-1.7", "PNG", `text ${SVG}`])("%j is no picture", (text) => {
  expect(typeOf(bytes(text))).toBeUndefined();
});

it("any number of comments is read once", () => {
  expect(typeOf(bytes(`${"<!---->".repeat(500)}<html>`))).toBeUndefined();
  expect(typeOf(bytes(`${"<!---->".repeat(500)}${SVG}`))).toBe("image/svg+xml");
  expect(typeOf(bytes(`${"<!--".repeat(900)}${SVG}`))).toBeUndefined();
});

it("pixels are counted before anything is decoded", () => {
  expect(pixelsOf(Uint8Array.from(PNG), "image/png")).toEqual([2, 2]);
  const gif = bytes("GIF89a\x40\x01\xf0\0\0\0");
  expect(pixelsOf(gif, "image/gif")).toEqual([320, 240]);
  const bmp = new Uint8Array(30);
  bmp.set(bytes("BM"));
  new DataView(bmp.buffer).setInt32(18, 640, true);
  new DataView(bmp.buffer).setInt32(22, -480, true);
  expect(pixelsOf(bmp, "image/bmp")).toEqual([640, 480]);
  expect(pixelsOf(bmp.slice(0, 20), "image/bmp")).toBeNull();
  new DataView(bmp.buffer).setUint32(14, 12, true);
  new DataView(bmp.buffer).setUint16(18, 16, true);
  new DataView(bmp.buffer).setUint16(20, 24, true);
  expect(pixelsOf(bmp, "image/bmp")).toEqual([16, 24]);
  const avif = new Uint8Array(200);
  for (const [at, width, height] of [[40, 10, 20], [90, 800, 600]] as const) {
    avif.set(bytes("ispe"), at);
    new DataView(avif.buffer).setUint32(at + 8, width);
    new DataView(avif.buffer).setUint32(at + 12, height);
  }
  expect(pixelsOf(avif, "image/avif")).toEqual([800, 600]);
  expect(pixelsOf(new Uint8Array(8), "image/avif")).toBeNull();
  expect(pixelsOf(bytes(SVG), "image/svg+xml")).toBeNull();
});
