/** The formats cells can be copied in, by name. */
import type { CopyFormat } from "../messages";
import { csv, tsv } from "./delimited";
import { json } from "./json";
import { markdown } from "./markdown";
import type { FormatterFactory } from "./table";

export const FORMATS: Readonly<Record<CopyFormat, FormatterFactory>> = { tsv, csv, json, markdown };
