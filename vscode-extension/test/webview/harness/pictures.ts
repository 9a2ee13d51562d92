/** Pictures for the harness: drawings whose scripts must not run, and whose pictures from elsewhere must not be loaded. */
import { GRID_STRINGS } from "../../../src/shared/gridStrings";
import { decoded, PagePictures } from "../../../src/webview/pictures/pictures";

const IBIS = `<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 240" width="480" height="240">
  <script>parent.ranAScript = true; document.title = "ran"</script>
  <image href="https://example.org/from-elsewhere.png" width="9" height="9" opacity="0"/>
  <circle cx="400" cy="60" r="34" fill="#e8a33d"/>
  <path d="M60 210 Q150 60 250 150 T430 205 Z" fill="#3f7fbf"/>
  <path d="M236 150 Q250 60 300 74 Q330 80 350 128 Q318 92 296 100 Q280 110 284 172 Z" fill="#2b2b2b"/>
  <text x="24" y="44" font-family="sans-serif" font-size="26" fill="#7a7a7a">ibis.svg</text>
</svg>`;

/** Any handle is that of the drawing, but for those that begin with `no`. */
export function harnessPictures(changed: () => void): PagePictures {
  return new PagePictures({
    load: (handle) =>
      handle.startsWith("no") ? Promise.reject(new Error("There is no such picture.")) : Promise.resolve(new TextEncoder().encode(IBIS)),
    decode: decoded,
    changed,
    strings: () => GRID_STRINGS,
  });
}
