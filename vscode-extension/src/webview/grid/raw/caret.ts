/** Which byte of the file a person points at. */

/** The byte under the pointer, or null where there is no text. */
export function byteAt({ clientX, clientY }: MouseEvent): number | null {
  const caret = document.caretPositionFromPoint(clientX, clientY);
  if (!caret) {
    return null;
  }
  const { offsetNode, offset } = caret;
  const row = (offsetNode instanceof Element ? offsetNode : offsetNode.parentElement)?.closest<HTMLElement>(".raw-row");
  const text = row?.querySelector(".raw-text");
  if (!row || !text?.contains(offsetNode)) {
    return null;
  }
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(offsetNode, offset);
  return Number(row.dataset["at"]) + new TextEncoder().encode(before.toString()).length;
}
