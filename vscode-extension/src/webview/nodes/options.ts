/** Options to choose from. */
import type { Node } from "./schema/kinds";

export type Option = Node<"select">["options"][number];

export const labelOf = ({ label, value }: Option): string => label ?? value;

/** Those whose label has `query` in it, whatever the capitals. */
export function matching(options: readonly Option[], query: string): readonly Option[] {
  const wanted = query.trim().toLowerCase();
  return wanted === "" ? options : options.filter((option) => labelOf(option).toLowerCase().includes(wanted));
}
