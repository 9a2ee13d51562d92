/**
 * Images from bytes that came with a node. They are decoded and painted on a canvas: nothing is ever loaded from an
 * address, so pages that show no pictures of bodies (`pictures.ts`) can keep `img-src 'none'`.
 */
import type { TemplateResult } from "lit";
import { html } from "lit";
import { ref } from "lit/directives/ref.js";
import type { ImageOf } from "./schema/shapes";

/** More than these are not decoded: a small file can say that it is a huge picture. */
const MAX_BYTES = 4_000_000;
const MAX_PIXELS = 16_000_000;

/** A picture for decoration; what it is of is written beside it. */
export function image({ bytes }: ImageOf, size: number): TemplateResult {
  const data = Uint8Array.from(bytes);
  const bounds = boundsOf(data);
  if (bounds === null || bounds[0] * bounds[1] > MAX_PIXELS || data.length > MAX_BYTES) {
    return html`<span class="n-image codicon codicon-file-media" aria-hidden="true"></span>`;
  }
  const paint = (canvas: Element | undefined): void => {
    if (canvas instanceof HTMLCanvasElement) {
      void draw(canvas, data);
    }
  };
  return html`<canvas class="n-image" width=${size} height=${size} aria-hidden="true" ${ref(paint)}></canvas>`;
}

async function draw(canvas: HTMLCanvasElement, data: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    const bitmap = await createImageBitmap(new Blob([data]));
    const scale = Math.min(canvas.width / bitmap.width, canvas.height / bitmap.height);
    const [width, height] = [bitmap.width * scale, bitmap.height * scale];
    const context = canvas.getContext("2d");
    context?.clearRect(0, 0, canvas.width, canvas.height);
    context?.drawImage(bitmap, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
    bitmap.close();
  } catch {
    canvas.classList.add("n-broken");
  }
}

/** Width and height that an image says it has: PNG, GIF, JPEG and WebP; null for anything else. */
export function boundsOf(data: Uint8Array<ArrayBuffer>): readonly [number, number] | null {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const magic = String.fromCharCode(...data.subarray(0, 12));
  if (magic.startsWith("\x89PNG\r\n\x1a\n") && data.length >= 24) {
    return [view.getUint32(16), view.getUint32(20)];
  }
  if (/^GIF8[79]a/.test(magic) && data.length >= 10) {
    return [view.getUint16(6, true), view.getUint16(8, true)];
  }
  if (magic.startsWith("RIFF") && magic.endsWith("WEBP") && data.length >= 30) {
    return webpSize(view);
  }
  return magic.startsWith("\xff\xd8\xff") ? jpegSize(view) : null;
}

function webpSize(view: DataView): readonly [number, number] | null {
  switch (view.getUint8(15)) {
    case 0x58: // VP8X
      return [1 + (view.getUint32(24, true) & 0xffffff), 1 + (view.getUint32(26, true) >>> 8)];
    case 0x4c: // VP8L
      return [1 + (view.getUint32(21, true) & 0x3fff), 1 + ((view.getUint32(21, true) >>> 14) & 0x3fff)];
    case 0x20: // VP8, lossy
      return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
    default:
      return null;
  }
}

/** Goes from marker to marker to the one that begins a frame. */
function jpegSize(view: DataView): readonly [number, number] | null {
  for (let at = 2; at + 9 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff) {
      return null;
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return [view.getUint16(at + 7), view.getUint16(at + 5)];
    }
  }
  return null;
}
