/** Paths as programs write them: JavaScript and jq. */
import type { Path } from "./path";

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
const JQ_FIELD = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** For instance `a.b[3]["x y"]`, to be written behind the name of a variable and a dot; empty for the record itself. */
export function toJavaScript(path: Path): string {
  const parts = path.map((step) => {
    if (typeof step === "number") {
      return `[${step}]`;
    }
    return IDENTIFIER.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  });
  return parts.join("").replace(/^\./, "");
}

/** For instance `.a.b[3]."x y"`; a dot for the record itself. */
export function toJq(path: Path): string {
  const parts = path.map((step) => {
    if (typeof step === "number") {
      return `[${step}]`;
    }
    return `.${JQ_FIELD.test(step) ? step : JSON.stringify(step)}`;
  });
  const text = parts.join("");
  return text.startsWith(".") ? text : `.${text}`;
}
