/** What the tables of colours say of tokens: as `thoth_ls/themes/expressions.py` has it, but for what only themes need. */
import { inkOn, mixed, over, readable, type Color } from "./color";

/** What text stands on: fields and code, side bars, every other row; and at last, as what counts most, `bg`. */
const STANDS_ON = ["bg_sunken", "bg_panel", "fg/4", "bg"] as const;

/** Colours by the names of tokens and of what follows from them. */
export type Colors = ReadonlyMap<string, Color>;

/** The colour of `name`, `name/40`, `name~18~other` or `text:name`. */
export function evaluated(expression: string, colors: Colors): Color {
  if (expression.startsWith("text:")) {
    return text(named(expression.slice(5), colors), colors);
  }
  const [name = "", percent, other] = expression.split("~");
  if (percent !== undefined && other !== undefined) {
    return mixed(named(name, colors), named(other, colors), Number(percent) / 100);
  }
  const [token = "", share] = expression.split("/");
  const [red, green, blue, alpha] = named(token, colors);
  return [red, green, blue, share === undefined ? alpha : (alpha * Number(share)) / 100];
}

/** The colour made readable upon all that text stands on, as far as that is of one kind with the main background. */
function text(color: Color, colors: Colors): Color {
  const bg = named("bg", colors);
  const grounds = STANDS_ON.map((ground) => over(evaluated(ground, colors), bg));
  const like = grounds.filter((behind) => inkOn(behind) === inkOn(bg));
  return like.reduce((made, behind) => readable(made, behind), over(color, bg));
}

function named(name: string, colors: Colors): Color {
  const color = colors.get(name);
  if (color === undefined) {
    throw new Error(`there is no token ${name}`);
  }
  return color;
}
