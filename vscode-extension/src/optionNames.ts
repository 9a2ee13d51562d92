/** The names of options and of their values in the language of the editor. */
import { l10n } from "vscode";

/** What a plugin calls an option or a value, translated where it is one we know; plugins speak English. */
export function translatedLabel(label: string): string {
  return known()[label] ?? label;
}

function known(): Readonly<Record<string, string | undefined>> {
  const { t } = l10n;
  return {
    Delimiter: t("Delimiter"),
    Encoding: t("Encoding"),
    Header: t("Header"),
    Quote: t("Quote"),
    Comma: t("Comma"),
    Tab: t("Tab"),
    Semicolon: t("Semicolon"),
    Pipe: t("Pipe"),
    Colon: t("Colon"),
    "First row names the columns": t("First row names the columns"),
    "First row is data": t("First row is data"),
  };
}
