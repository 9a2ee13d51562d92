/** Values of plugins' settings: which one is shown, and how what a person types becomes JSON text. */
import type * as P from "../generated/protocol";

export type SettingScope = "user" | "workspace";

/** What the form shows of a setting in one scope. */
export interface ShownValue {
  /** As JSON text; what is in force there if nothing is set in the scope itself. */
  readonly json: string;
  /** Whether the scope has a value of its own. */
  readonly isModified: boolean;
  /** Whether the other scope has one. */
  readonly isModifiedElsewhere: boolean;
}

export function shownValue(setting: P.PluginSetting, scope: SettingScope): ShownValue {
  const { user, workspace, default: otherwise } = setting;
  return scope === "user"
    ? { json: user ?? otherwise, isModified: user !== null, isModifiedElsewhere: workspace !== null }
    : { json: workspace ?? user ?? otherwise, isModified: workspace !== null, isModifiedElsewhere: user !== null };
}

/** JSON text as a person reads it in a field: strings without quotes, nothing for null. */
export function textOf(json: string): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return json;
  }
  return typeof value === "string" ? value : value === null ? "" : json;
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/**
 * What a person typed as JSON text. A number keeps all of its digits; what is no number is handed over as the text it is,
 * so that the server says what it expects.
 */
export function jsonOf(type: P.PluginSetting["type"], text: string): string {
  switch (type) {
    case "number":
    case "integer": {
      const typed = text.trim();
      return NUMBER.test(typed) ? typed : JSON.stringify(text);
    }
    case "boolean":
      return text === "true" ? "true" : "false";
    default:
      return JSON.stringify(text);
  }
}
