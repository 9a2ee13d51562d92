/**
 * A theme among the person's own customizations of the editor's colours, and out of them again. What they have set by
 * themselves stays as it is and counts; what was put in is written down, so that exactly that can be taken out.
 */
import type * as P from "../generated/protocol";

/** The values of the three settings as they stand in the person's settings; undefined where there is none. */
export interface Customizations {
  readonly workbench: Values | undefined;
  readonly text: Values | undefined;
  readonly semantic: Values | undefined;
}
export type Values = Readonly<Record<string, unknown>>;

/** What was put in: kept in the settings, beside what it is about. */
export interface Applied {
  readonly themeId: string;
  readonly themeName: string;
  /** The editor's colour theme it is put over: its customizations hold for that one alone. */
  readonly editorTheme: string;
  readonly workbench: Readonly<Record<string, string>>;
  /** Names of rules. */
  readonly rules: readonly string[];
  readonly semantic: Readonly<Record<string, string>>;
  /** What was there before and became something else; what is not listed was not there. */
  readonly before: { readonly [K in keyof Customizations]?: { readonly whole: boolean; readonly block: boolean } };
}

/** A rule as VS Code has it in its settings and in the files of its themes. */
export function textMateRule({ name, scope, settings: { foreground, fontStyle } }: P.TextMateRule) {
  return { name, scope, settings: { foreground, ...(fontStyle === "" ? {} : { fontStyle }) } };
}

/** The name of the block that holds for one of the editor's colour themes alone. */
export function blockName(editorTheme: string): string {
  return `[${editorTheme}]`;
}

/** The settings with a theme put in, and what was. */
export function putIn(now: Customizations, theme: P.ResolvedTheme, editorTheme: string): { readonly then: Customizations; readonly applied: Applied } {
  const name = blockName(editorTheme);
  const own = (values: Values | undefined): Values => objectOf(values?.[name]);
  const workbench = without(theme.workbench, own(now.workbench));
  const semanticBlock = own(now.semantic);
  const ownRules = objectOf(semanticBlock["rules"]);
  const semantic = without(theme.semanticRules, ownRules);
  const textBlock = own(now.text);
  const ownText = Array.isArray(textBlock["textMateRules"]) ? (textBlock["textMateRules"] as unknown[]) : [];
  const rules = theme.textMateRules.map(textMateRule);
  const then: Customizations = {
    workbench: { ...now.workbench, [name]: { ...own(now.workbench), ...workbench } },
    // The person's rules come last: of equal ones that counts.
    text: { ...now.text, [name]: { ...textBlock, textMateRules: [...rules, ...ownText] } },
    semantic: { ...now.semantic, [name]: { ...semanticBlock, rules: { ...semantic, ...ownRules } } },
  };
  const was = (values: Values | undefined) => ({ whole: values !== undefined, block: values?.[name] !== undefined });
  const applied: Applied = {
    themeId: theme.themeId,
    themeName: theme.name,
    editorTheme,
    workbench,
    rules: rules.map(({ name: title }) => title),
    semantic,
    before: { workbench: was(now.workbench), text: was(now.text), semantic: was(now.semantic) },
  };
  return { then, applied };
}

/** The settings with what was put in taken out; what the person has changed of it since is theirs, and stays. */
export function takenOut(now: Customizations, applied: Applied): Customizations {
  const name = blockName(applied.editorTheme);
  return {
    workbench: rest(now.workbench, name, applied.before.workbench, (block) => withoutEqual(block, applied.workbench)),
    text: rest(now.text, name, applied.before.text, (block) => {
      const rules = Array.isArray(block["textMateRules"]) ? (block["textMateRules"] as unknown[]) : [];
      const left = rules.filter((rule) => !applied.rules.includes(titleOf(rule)));
      return kept(block, "textMateRules", left, left.length > 0);
    }),
    semantic: rest(now.semantic, name, applied.before.semantic, (block) => {
      const left = withoutEqual(objectOf(block["rules"]), applied.semantic);
      return kept(block, "rules", left, Object.keys(left).length > 0);
    }),
  };
}

function rest(
  values: Values | undefined,
  name: string,
  before: { readonly whole: boolean; readonly block: boolean } | undefined,
  clean: (block: Values) => Values,
): Values | undefined {
  if (values === undefined) {
    return undefined;
  }
  const block = clean(objectOf(values[name]));
  const others = Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
  if (Object.keys(block).length > 0 || before?.block === true) {
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, key === name ? block : value]));
  }
  return Object.keys(others).length > 0 || before?.whole === true ? others : undefined;
}

function kept(block: Values, key: string, value: unknown, isKept: boolean): Values {
  return Object.fromEntries(Object.entries(block).flatMap(([name, old]): [string, unknown][] => (name !== key ? [[name, old]] : isKept ? [[name, value]] : [])));
}

function without(ours: Readonly<Record<string, string>>, theirs: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(ours).filter(([key]) => !Object.hasOwn(theirs, key)));
}

function withoutEqual(block: Values, ours: Readonly<Record<string, string>>): Values {
  return Object.fromEntries(Object.entries(block).filter(([key, value]) => ours[key] !== value));
}

function objectOf(value: unknown): Values {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : {};
}

function titleOf(rule: unknown): string {
  const title = objectOf(rule)["name"];
  return typeof title === "string" ? title : "";
}
