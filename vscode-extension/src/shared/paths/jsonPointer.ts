/** Paths as JSON Pointer, RFC 6901. */
import type { Path } from "./path";

/** For instance `/a/3`; empty for the record itself. */
export function toJsonPointer(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
