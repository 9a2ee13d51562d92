/** Going from cell to cell of a table with the keys of a grid. */

const PAGE = 10;

/** Moves the focus; false for a key that moves nothing. The header is row -1. */
export function moveCell(
  event: KeyboardEvent,
  table: HTMLElement,
  { row, column }: { readonly row: number; readonly column: number },
  rows: number,
  columns: number,
  height: number,
): boolean {
  const isWhole = event.ctrlKey || event.metaKey;
  const moved: Readonly<Record<string, readonly [row: number, column: number]>> = {
    ArrowDown: [row + 1, column],
    ArrowUp: [row - 1, column],
    ArrowRight: [row, column + 1],
    ArrowLeft: [row, column - 1],
    PageDown: [row + PAGE, column],
    PageUp: [Math.max(0, row - PAGE), column],
    Home: [isWhole ? 0 : row, 0],
    End: [isWhole ? rows - 1 : row, columns - 1],
  };
  const to = moved[event.key];
  if (to === undefined) {
    return false;
  }
  const target = [Math.max(-1, Math.min(rows - 1, to[0])), Math.max(0, Math.min(columns - 1, to[1]))] as const;
  if (!focusCell(table, target)) {
    // It is not on the page yet: rows far away come when they are scrolled to.
    const scroller = table.closest<HTMLElement>(".n-window");
    scroller?.scrollTo({ top: Math.max(0, target[0] * height - scroller.clientHeight / 2), behavior: "instant" });
    requestAnimationFrame(() => requestAnimationFrame(() => focusCell(table, target)));
  }
  return true;
}

function focusCell(table: HTMLElement, [row, column]: readonly [number, number]): boolean {
  const cell = table.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
  cell?.focus();
  return cell !== null;
}
