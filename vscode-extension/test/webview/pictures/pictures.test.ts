/** The pictures of a page: loaded once, bounded, and let go of when no tree shows them. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { GRID_STRINGS } from "../../../src/shared/gridStrings";
import { format } from "../../../src/shared/gridStrings";
import { MOST_BYTES, MOST_PICTURES, PagePictures } from "../../../src/webview/pictures/pictures";
import { PNG } from "../nodes/samples";

const png = Uint8Array.from(PNG);
const tree = (...handles: string[]) => ({ type: "column", children: handles.map((handle) => ({ type: "picture", handle })) });
const place = () => ({ spoil: vi.fn() });
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

let bodies: Record<string, Uint8Array<ArrayBuffer>>;
let loads: string[];
let urls: Map<string, Blob>;
let size: readonly [number, number] | Error;
let draws: number;
let pictures: PagePictures;

beforeEach(() => {
  bodies = { one: png, two: png };
  loads = [];
  urls = new Map();
  size = [2, 2];
  draws = 0;
  let made = 0;
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    urls.set(`blob:${++made}`, blob as Blob);
    return `blob:${made}`;
  });
  vi.spyOn(URL, "revokeObjectURL").mockImplementation((url) => {
    urls.delete(url);
  });
  pictures = new PagePictures({
    load: (handle) => {
      loads.push(handle);
      const found = bodies[handle];
      return found === undefined ? Promise.reject(new Error(`there is no ${handle}`)) : Promise.resolve(found);
    },
    decode: () => (size instanceof Error ? Promise.reject(size) : Promise.resolve(size)),
    changed: () => {
      draws++;
    },
    strings: () => GRID_STRINGS,
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

it("loads a picture once, draws all places of it again, and lets go of it with the last node", async () => {
  const [here, there] = [place(), place()];
  expect(pictures.show("one", here)).toEqual({ state: "loading" });
  pictures.show("one", there);
  await settled();
  expect(pictures.show("one", here)).toEqual({ state: "there", url: "blob:1", width: 2, height: 2 });
  expect([here.spoil, there.spoil].map((spoil) => spoil.mock.calls.length)).toEqual([1, 1]);
  expect([loads, draws, urls.get("blob:1")?.type]).toEqual([["one"], 1, "image/png"]);
  pictures.keep(tree("one", "two"));
  expect(urls.size).toBe(1);
  pictures.keep(tree("two"));
  expect(urls.size).toBe(0);
});

it("takes nothing over from another instance of the plugin", async () => {
  const here = place();
  pictures.show("one", here);
  await settled();
  pictures.forget();
  expect([urls.size, here.spoil.mock.calls.length]).toEqual([0, 2]);
  expect(pictures.show("one", here)).toEqual({ state: "loading" });
  pictures.keep(tree());
  await settled();
  expect([urls.size, loads]).toEqual([0, ["one", "one"]]); // what came too late is let go of
});

it("says why a picture is not drawn", async () => {
  const shown = async (handle: string): Promise<unknown> => {
    pictures.show(handle, place());
    await settled();
    return pictures.show(handle, place());
  };
  const huge = png.slice();
  new DataView(huge.buffer).setUint32(16, 100_000);
  new DataView(huge.buffer).setUint32(20, 50_000);
  bodies = { ...bodies, page: new TextEncoder().encode("<html><svg></svg></html>"), huge };
  expect(await shown("none")).toEqual({ state: "failed", message: "there is no none" });
  expect(await shown("page")).toEqual({ state: "failed", message: GRID_STRINGS.nodePictureUnknown });
  expect(await shown("huge")).toEqual({ state: "failed", message: format(GRID_STRINGS.nodePictureLarge, 100_000, 50_000) });
  size = new Error("no image");
  expect(await shown("one")).toEqual({ state: "failed", message: GRID_STRINGS.nodePictureBroken });
  size = [9000, 9000];
  expect(await shown("two")).toEqual({ state: "failed", message: format(GRID_STRINGS.nodePictureLarge, 9000, 9000) });
  expect(urls.size).toBe(0);
});

it("has so many at once, and no more bytes than that", async () => {
  const large = new Uint8Array(MOST_BYTES / 2 + 1);
  large.set(png);
  bodies = { large, larger: large };
  pictures.show("large", place());
  pictures.show("larger", place());
  await settled();
  expect([pictures.show("large", place()).state, pictures.show("larger", place()).state].sort()).toEqual(["failed", "there"]);
  for (let count = 2; count < MOST_PICTURES; count++) {
    expect(pictures.show(`${count}`, place()).state).toBe("loading");
  }
  expect(pictures.show("more", place())).toEqual({ state: "failed", message: GRID_STRINGS.nodePictureMany });
  expect(loads).not.toContain("more");
});

it("pictures of another tree have the room of those that are gone, and what had none before is tried again", async () => {
  const names = Array.from({ length: MOST_PICTURES + 1 }, (_, number) => `${number}`);
  bodies = Object.fromEntries([...names, "next"].map((name) => [name, png]));
  const last = place();
  names.slice(0, -1).forEach((name) => pictures.show(name, place()));
  expect(pictures.show(`${MOST_PICTURES}`, last).state).toBe("failed");
  pictures.keep(tree(...names));
  expect(last.spoil).not.toHaveBeenCalled(); // nobody has gone
  pictures.keep(tree(...names.slice(1)));
  expect(last.spoil).toHaveBeenCalledTimes(1);
  expect(pictures.show(`${MOST_PICTURES}`, last).state).toBe("loading");
  pictures.keep(tree("next"));
  expect(pictures.show("next", place()).state).toBe("loading");
  await settled();
  expect([pictures.show("next", place()).state, urls.size]).toEqual(["there", 1]);
});

it("what had no room for its bytes has it once others are gone", async () => {
  const large = new Uint8Array(MOST_BYTES / 2 + 1);
  large.set(png);
  bodies = { large, larger: large };
  const here = place();
  pictures.show("large", place());
  await settled();
  pictures.show("larger", here);
  await settled();
  expect(pictures.show("larger", here).state).toBe("failed");
  pictures.keep(tree("larger"));
  expect(here.spoil).toHaveBeenCalledTimes(2);
  pictures.show("larger", here);
  await settled();
  expect(pictures.show("larger", here).state).toBe("there");
});

it("what cannot be decoded takes nobody's room", async () => {
  const large = new Uint8Array(MOST_BYTES / 2 + 1);
  large.set(png);
  bodies = { broken: large, whole: large };
  size = new Error("no image");
  pictures.show("broken", place());
  await settled();
  size = [2, 2];
  pictures.show("whole", place());
  await settled();
  expect(pictures.show("whole", place()).state).toBe("there");
});

it("few are loaded at a time, and none that nobody waits for any more", async () => {
  bodies = { one: png, two: png, three: png, four: png };
  ["one", "two", "three", "four"].forEach((name) => pictures.show(name, place()));
  expect(loads).toEqual(["one", "two"]);
  pictures.keep(tree("one", "two", "four"));
  await settled();
  expect(loads).toEqual(["one", "two", "four"]);
  expect(pictures.show("four", place()).state).toBe("there");
});
