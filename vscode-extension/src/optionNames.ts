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
    ...exporting(),
  };
}

/** Of the exporters that come with Thoth. */
function exporting(): Readonly<Record<string, string>> {
  const { t } = l10n;
  return {
    comma: t("comma"),
    semicolon: t("semicolon"),
    tab: t("tab"),
    pipe: t("pipe"),
    "Quotes around": t("Quotes around"),
    "cells that need them": t("cells that need them"),
    "all cells": t("all cells"),
    "Guard against formulas in spreadsheets": t("Guard against formulas in spreadsheets"),
    "Line end": t("Line end"),
    "Byte order mark (for Excel)": t("Byte order mark (for Excel)"),
    "Text for missing values": t("Text for missing values"),
    Format: t("Format"),
    "Lay out with line breaks (NDJSON never is)": t("Lay out with line breaks (NDJSON never is)"),
    "Show texts as they are (escape what Markdown would format)": t("Show texts as they are (escape what Markdown would format)"),
    "Align columns of numbers right": t("Align columns of numbers right"),
    "Pad cells so that the text itself looks like a table": t("Pad cells so that the text itself looks like a table"),
    Table: t("Table"),
    Dialect: t("Dialect"),
    standard: t("standard"),
    "Rows in one statement": t("Rows in one statement"),
    "Begin with CREATE TABLE": t("Begin with CREATE TABLE"),
  };
}
