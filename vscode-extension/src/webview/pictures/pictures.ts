/**
 * The pictures of a page, by the handles of their bodies: loaded when they are drawn first, kept while a node of the tree
 * shows them. Each has an address of the page's own (`blob:`), which nothing outside of the page can make, and is drawn by
 * an `img`: there an SVG runs no script and loads nothing.
 */
import { format } from "../../shared/gridStrings";
import type { GridStrings } from "../../shared/gridStrings";
import type { Picture, Pictures } from "../nodes/context";
import { pixelsOf, typeOf } from "./kinds";

/** A small file can say that it is a huge picture: 64 million pixels take 256 MiB. */
export const MOST_PIXELS = 64_000_000;
/** How many are there at once, and how many bytes they have together. */
export const MOST_PICTURES = 32;
export const MOST_BYTES = 64 * 1024 * 1024;
/** How many are loaded at a time: what is one too many is known once it is there. */
const MOST_LOADING = 2;

interface Spoiled {
  spoil(): void;
}

/** What pictures need of the page around them. */
export interface PictureHooks {
  /** The bytes of a body; rejects where there are too many, or none. */
  load(handle: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Width and height of a picture once it is decoded; rejects where it is none. */
  decode(url: string): Promise<readonly [number, number]>;
  /** Draws the page again. */
  changed(): void;
  strings(): GridStrings;
}

interface Entry {
  picture: Picture;
  bytes: number;
  /** There was no room for it: it is tried again once there is. */
  isRefused: boolean;
  readonly places: Set<Spoiled>;
}

export class PagePictures implements Pictures {
  readonly #hooks: PictureHooks;
  readonly #entries = new Map<string, Entry>();
  /** Places of pictures that have no entry, as there were too many. */
  readonly #refused = new Set<Spoiled>();
  #waiting: (() => void)[] = [];
  #loading = 0;

  constructor(hooks: PictureHooks) {
    this.#hooks = hooks;
  }

  show(handle: string, place: Spoiled): Picture {
    let entry = this.#entries.get(handle);
    if (entry === undefined) {
      const strings = this.#hooks.strings();
      if (this.#entries.size >= MOST_PICTURES) {
        this.#refused.add(place);
        return { state: "failed", message: strings.nodePictureMany };
      }
      entry = { picture: { state: "loading" }, bytes: 0, isRefused: false, places: new Set() };
      this.#entries.set(handle, entry);
      void this.#load(handle, entry);
    }
    entry.places.add(place);
    return entry.picture;
  }

  /** To be told each tree before it is drawn: pictures that no node of it shows make room for those of it. */
  keep(tree: unknown): void {
    if (this.#entries.size === 0) {
      return;
    }
    const handles = handlesIn(tree);
    const gone = [...this.#entries.keys()].filter((handle) => !handles.has(handle));
    gone.forEach((handle) => this.#drop(handle));
    if (gone.length > 0) {
      for (const [handle, { isRefused, places }] of [...this.#entries]) {
        if (isRefused) {
          this.#drop(handle);
          spoil(places);
        }
      }
      spoil(this.#refused);
      this.#refused.clear();
    }
  }

  /** The same handles mean something else from now on. */
  forget(): void {
    for (const [handle, { places }] of [...this.#entries]) {
      this.#drop(handle);
      spoil(places);
    }
    spoil(this.#refused);
    this.#refused.clear();
  }

  #drop(handle: string): void {
    const entry = this.#entries.get(handle);
    this.#entries.delete(handle);
    if (entry?.picture.state === "there") {
      URL.revokeObjectURL(entry.picture.url);
    }
  }

  async #load(handle: string, entry: Entry): Promise<void> {
    const picture = await this.#inTurn(handle, entry);
    if (this.#entries.get(handle) !== entry) {
      if (picture.state === "there") {
        URL.revokeObjectURL(picture.url);
      }
      return;
    }
    entry.picture = picture;
    spoil(entry.places);
    this.#hooks.changed();
  }

  async #inTurn(handle: string, entry: Entry): Promise<Picture> {
    if (this.#loading === MOST_LOADING) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve)); // whoever wakes it leaves it its turn
    } else {
      this.#loading++;
    }
    try {
      const isGone = this.#entries.get(handle) !== entry;
      return isGone ? { state: "failed", message: "" } : await this.#made(handle, entry);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#loading--;
      } else {
        next();
      }
    }
  }

  async #made(handle: string, entry: Entry): Promise<Picture> {
    const strings = this.#hooks.strings();
    const failed = (message: string): Picture => ({ state: "failed", message });
    let data: Uint8Array<ArrayBuffer>;
    try {
      data = await this.#hooks.load(handle);
    } catch (error) {
      return failed(error instanceof Error ? error.message : String(error));
    }
    const type = typeOf(data);
    if (type === undefined) {
      return failed(strings.nodePictureUnknown);
    }
    const said = pixelsOf(data, type);
    if (said !== null && said[0] * said[1] > MOST_PIXELS) {
      return failed(format(strings.nodePictureLarge, ...said));
    }
    entry.bytes = data.length;
    if ([...this.#entries.values()].reduce((sum, { bytes }) => sum + bytes, 0) > MOST_BYTES) {
      entry.bytes = 0;
      entry.isRefused = true;
      return failed(strings.nodePictureMany);
    }
    const url = URL.createObjectURL(new Blob([data], { type }));
    let message = strings.nodePictureBroken;
    try {
      const [width, height] = await this.#hooks.decode(url);
      if (width * height <= MOST_PIXELS) {
        return { state: "there", url, width, height };
      }
      message = format(strings.nodePictureLarge, width, height);
    } catch {
      // it is none, whatever it begins like
    }
    URL.revokeObjectURL(url);
    entry.bytes = 0;
    return failed(message);
  }
}

function spoil(places: Iterable<Spoiled>): void {
  for (const place of places) {
    place.spoil();
  }
}

/** Width and height of what an address leads to, as an `img` has them. */
export async function decoded(url: string): Promise<readonly [number, number]> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return [image.naturalWidth, image.naturalHeight];
}

/** The handles of all nodes `picture` in a tree, shown or not. */
function handlesIn(tree: unknown): ReadonlySet<string> {
  const handles = new Set<string>();
  const rest: unknown[] = [tree];
  while (rest.length > 0) {
    const value = rest.pop();
    const { type, handle } = (value ?? {}) as { readonly type?: unknown; readonly handle?: unknown };
    if (type === "picture" && typeof handle === "string") {
      handles.add(handle);
    }
    for (const inner of Array.isArray(value) ? (value as unknown[]) : Object.values(value ?? {})) {
      if (typeof inner === "object" && inner !== null) {
        rest.push(inner);
      }
    }
  }
  return handles;
}
