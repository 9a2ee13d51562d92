/** Pictures in a tree: before they are there, once they are, and where they cannot be. */
import { render } from "lit";
import { beforeEach, expect, it } from "vitest";
import { GRID_STRINGS } from "../../../src/shared/gridStrings";
import type { Picture, Surface } from "../../../src/webview/nodes/context";
import { WidgetState } from "../../../src/webview/nodes/context";
import { renderNode } from "../../../src/webview/nodes/render";

const NODE = { type: "picture", id: "p", handle: "body-1", alt: "An ibis", height: 300 };

let element: HTMLElement;
let shown: Picture;
let asked: string[];
let spoil: () => void;
let surface: Surface;

const draw = (node: unknown = NODE): void => {
  render(renderNode(node, surface), element);
};

beforeEach(() => {
  element = document.createElement("div");
  shown = { state: "loading" };
  asked = [];
  surface = {
    id: "test",
    strings: GRID_STRINGS,
    state: new WidgetState(),
    openLink: () => undefined,
    copy: () => undefined,
    changed: () => draw(),
    pictures: {
      show: (handle, place) => {
        asked.push(handle);
        spoil = () => place.spoil();
        return shown;
      },
    },
  };
});

it("says that it is loaded, and is drawn with its words and its size once it is there", () => {
  draw();
  expect(element.querySelector("[role=status]")?.textContent).toBe("Loading the picture");
  shown = { state: "there", url: "blob:x", width: 640, height: 480 };
  draw();
  expect(element.querySelector("img")).toBeNull(); // nothing has said that it is another
  spoil();
  draw();
  const image = element.querySelector("img");
  expect([image?.getAttribute("src"), image?.getAttribute("alt"), image?.getAttribute("width")]).toEqual(["blob:x", "An ibis", "640"]);
  expect(element.querySelector("figcaption")?.textContent).toContain("640 × 480 pixels");
  expect(element.querySelector<HTMLElement>("figure")?.style.height).toBe("300px");
  expect(asked).toEqual(["body-1", "body-1"]);
});

it("is fitted into its place, or as large as it is, which can be scrolled by keys then", () => {
  shown = { state: "there", url: "blob:x", width: 640, height: 480 };
  draw();
  const area = (): Element => element.querySelector(".n-picture-area")!;
  const button = (): HTMLButtonElement => element.querySelector("button")!;
  expect([area().classList.contains("n-actual"), area().hasAttribute("tabindex"), button().getAttribute("aria-pressed")]).toEqual([false, false, "false"]);
  button().click();
  expect([area().classList.contains("n-actual"), area().getAttribute("tabindex"), button().getAttribute("aria-pressed")]).toEqual([true, "0", "true"]);
  expect(area().getAttribute("aria-label")).toBe("An ibis");
  button().click();
  expect(area().classList.contains("n-actual")).toBe(false);
});

it("has no choice of sizes where it is small", () => {
  shown = { state: "there", url: "blob:x", width: 16, height: 16 };
  draw({ type: "picture", handle: "body-1" });
  expect(element.querySelector("button")).toBeNull();
  expect(element.querySelector(".n-picture-area")?.getAttribute("aria-label")).toBe("16 × 16 pixels");
  expect(element.querySelector("figure")?.classList.contains("n-filling")).toBe(true);
});

it("says why there is none", () => {
  shown = { state: "failed", message: "It is too large." };
  draw();
  expect(element.textContent.replaceAll(/\s+/g, " ").trim()).toBe("An ibis It is too large.");
});
