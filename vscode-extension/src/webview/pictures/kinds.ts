/** What bytes are as a picture, by how they begin, and how many pixels they say they have. Nothing is decoded for it. */
import { boundsOf } from "../nodes/images";

/** How far into a picture it is looked for what it says of itself. */
const HEAD = 4096;

// A comment ends at its first `-->`, and there is one way to read any number of them: bodies come from strangers.
const COMMENTS = "(?:<!--(?:(?!-->)[^])*-->\\s*)*";
const DOCTYPE = "<!doctype\\s+svg[^>[]*(?:\\[[^\\]]*\\]\\s*)?>\\s*";
const SVG = new RegExp(`^\\s*(?:<\\?xml[^>]*>\\s*)?${COMMENTS}(?:${DOCTYPE}${COMMENTS})?<svg[\\s>]`, "i");

/** How they begin; a dot stands for any byte. */
const BEGINNINGS: readonly (readonly [string, string])[] = [
  ["\x89PNG\r\n\x1a\n", "image/png"],
  ["\xff\xd8\xff", "image/jpeg"],
  ["GIF87a", "image/gif"],
  ["GIF89a", "image/gif"],
  ["RIFF....WEBP", "image/webp"],
  ["....ftypavif", "image/avif"],
  ["....ftypavis", "image/avif"],
  ["BM", "image/bmp"],
  ["\0\0\x01\0", "image/x-icon"],
];

/** The type of media of a picture that can be drawn; undefined for all else. What somebody else says of it does not count. */
export function typeOf(data: Uint8Array<ArrayBuffer>): string | undefined {
  const start = String.fromCharCode(...data.subarray(0, 16));
  return BEGINNINGS.find(([begins]) => Array.from(begins).every((sign, at) => sign === "." || sign === start[at]))?.[1] ?? (isSvg(data) ? "image/svg+xml" : undefined);
}

/** Width and height as it says them; null where it does not, or says them elsewhere. */
export function pixelsOf(data: Uint8Array<ArrayBuffer>, type: string): readonly [number, number] | null {
  switch (type) {
    case "image/bmp":
      return bmpSize(data);
    case "image/avif":
      return avifSize(data.subarray(0, HEAD));
    default:
      return boundsOf(data);
  }
}

function isSvg(data: Uint8Array<ArrayBuffer>): boolean {
  const text = new TextDecoder("utf-8").decode(data.subarray(0, HEAD));
  return SVG.test(text);
}

/** In the header of the first version (BITMAPCOREHEADER) in 16 bits each. A height below 0 says that the rows begin at the top. */
function bmpSize(data: Uint8Array<ArrayBuffer>): readonly [number, number] | null {
  if (data.length < 26) {
    return null;
  }
  const view = new DataView(data.buffer, data.byteOffset);
  return view.getUint32(14, true) === 12
    ? [view.getUint16(18, true), view.getUint16(20, true)]
    : [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))];
}

/** Of the largest of the pictures in it (`ispe` of ISO/IEC 23008-12). */
function avifSize(head: Uint8Array<ArrayBuffer>): readonly [number, number] | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let found: readonly [number, number] | null = null;
  for (let offset = 0; offset + 16 <= head.length; offset++) {
    if (view.getUint32(offset) === 0x69737065) {
      const [width, height] = [view.getUint32(offset + 8), view.getUint32(offset + 12)];
      found = found !== null && found[0] * found[1] > width * height ? found : [width, height];
    }
  }
  return found;
}
