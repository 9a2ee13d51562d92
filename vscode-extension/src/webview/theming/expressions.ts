/** What the tables of colours say of tokens: as `thoth_ls/themes/expressions.py` has it, but for what only themes need. */
import { mixed, readable, type Color } from "./color";

/** Colours by the names of tokens and of what follows from them. */
export type Colors = ReadonlyMap<string, Color>;

/** The colour of `name`, `name/40`, `name~18~other` or `text:name`. */
export function evaluated(expression: string, colors: Colors): Color {
  if (expression.startsWith("text:")) {
    return readable(named(expression.slice(5), colors), named("bg", colors));
  }
  const [name = "", percent, other] = expression.split("~");
  if (percent !== undefined && other !== undefined) {
    return mixed(named(name, colors), named(other, colors), Number(percent) / 100);
  }
  const [token = "", share] = expression.split("/");
  const [red, green, blue, alpha] = named(token, colors);
  return [red, green, blue, share === undefined ? alpha : (alpha * Number(share)) / 100];
}

function named(name: string, colors: Colors): Color {
  const color = colors.get(name);
  if (color === undefined) {
    throw new Error(`there is no token ${name}`);
  }
  return color;
}
