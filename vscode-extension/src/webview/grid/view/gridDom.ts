/** The elements the grid is made of. */

export interface GridDom {
  /** Has `role="grid"` and the focus. */
  readonly root: HTMLElement;
  readonly corner: HTMLElement;
  readonly headerRow: HTMLElement;
  readonly headerCells: HTMLElement;
  /** What scrolls, with the browser's own scrollbars. */
  readonly scroller: HTMLElement;
  /** As high and wide as the scrollbars should believe. */
  readonly track: HTMLElement;
  /** Stays where it is while the track moves; as big as the viewport. */
  readonly pane: HTMLElement;
  /** Moves with the rows in both directions. */
  readonly rows: HTMLElement;
  /** Moves with the rows up and down only. */
  readonly numbers: HTMLElement;
}

export function buildGridDom(): GridDom {
  const root = element("grid", "grid");
  root.tabIndex = 0;
  root.setAttribute("aria-multiselectable", "true");
  root.setAttribute("aria-readonly", "true");
  const headerRow = element("header-row", "row");
  headerRow.setAttribute("aria-rowindex", "1");
  const corner = element("corner", "columnheader");
  corner.setAttribute("aria-colindex", "1");
  const headerCells = element("header-cells", "presentation");
  headerRow.append(corner, headerCells);
  // A role that says nothing would not count on an element that can have the focus.
  const scroller = element("scroller", "rowgroup");
  // Without this the browser makes what scrolls a tab stop of its own.
  scroller.tabIndex = -1;
  const track = element("track", "presentation");
  const pane = element("pane", "presentation");
  const clip = element("rows-clip", "presentation");
  const rows = element("rows", "presentation");
  const numbers = element("numbers", "presentation");
  clip.append(rows);
  pane.append(clip, numbers);
  track.append(pane);
  scroller.append(track);
  root.append(headerRow, scroller);
  return { root, corner, headerRow, headerCells, scroller, track, pane, rows, numbers };
}

function element(className: string, role: string): HTMLElement {
  const made = document.createElement("div");
  made.className = className;
  made.setAttribute("role", role);
  return made;
}
