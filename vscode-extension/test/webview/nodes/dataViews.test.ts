/** Where data is shown in a tree, and what is told of that place while trees come and go. */
import { render } from "lit";
import { expect, it } from "vitest";
import { GRID_STRINGS } from "../../../src/shared/gridStrings";
import type { Surface } from "../../../src/webview/nodes/context";
import { WidgetState } from "../../../src/webview/nodes/context";
import { renderNode } from "../../../src/webview/nodes/render";

class Told {
  readonly element = document.body.appendChild(document.createElement("div"));
  readonly log: string[] = [];
  readonly places = new Set<HTMLElement>();
  readonly #surface: Surface;

  constructor() {
    this.#surface = {
      id: "told",
      strings: GRID_STRINGS,
      state: new WidgetState(),
      openLink: () => undefined,
      copy: () => undefined,
      changed: () => undefined,
      dataViews: {
        attach: (place, { handle, name, view }) => {
          this.places.add(place);
          this.log.push(`+${handle} ${name} ${String(view)}`);
        },
        detach: (place) => {
          this.places.delete(place);
          this.log.push("-");
        },
      },
    };
  }

  draw(node: unknown): void {
    render(renderNode(node, this.#surface), this.element);
  }
}

const node = (handle: string) => ({ type: "column", children: [{ type: "data-view", id: "d", handle, name: "a.json", view: "tree" }] });

it("a place is told with its node, again when that says something else, and when it goes", () => {
  const told = new Told();
  told.draw(node("one"));
  const [place] = told.places;
  place?.append("what is shown");
  told.draw(node("one"));
  told.draw(node("two"));
  expect(told.log).toEqual(["+one a.json tree", "+two a.json tree"]);
  expect(told.places.size).toBe(1);
  expect(place?.textContent).toBe("what is shown");
  told.draw({ type: "text", text: "nothing" });
  expect(told.log.at(-1)).toBe("-");
  expect(told.places.size).toBe(0);
});

it("a height is kept to, and without one the place fills what there is", () => {
  const told = new Told();
  told.draw({ type: "data-view", handle: "one", height: 300 });
  const [place] = told.places;
  expect(place?.style.height).toBe("300px");
  expect(place?.classList.contains("n-filling")).toBe(false);
  told.draw({ type: "data-view", handle: "one" });
  expect(place?.style.height).toBe("");
  expect(place?.classList.contains("n-filling")).toBe(true);
});
