/** A piece of text with a look of its own. */
export function span(className: string, content = ""): HTMLElement {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = content;
  return element;
}
