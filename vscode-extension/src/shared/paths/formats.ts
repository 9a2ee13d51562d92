/** The ways to write a path, by name. */
import { toJavaScript, toJq } from "./accessors";
import { toJsonPath } from "./jsonPath";
import { toJsonPointer } from "./jsonPointer";
import type { Path, PathSyntax } from "./path";

export const PATH_FORMATS: Readonly<Record<PathSyntax, (path: Path) => string>> = {
  jsonPath: toJsonPath,
  javascript: toJavaScript,
  jq: toJq,
  jsonPointer: toJsonPointer,
};
