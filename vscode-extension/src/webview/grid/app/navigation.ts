/** Going to places: jumps that can be taken back, and bookmarks. */
import type { ViewName } from "../../../shared/fileMemory";
import { MOST_BOOKMARKS } from "../../../shared/fileMemory";
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import { toJsonPath } from "../../../shared/paths/jsonPath";
import type { Path } from "../../../shared/paths/path";
import type { Messenger } from "../../messenger";
import { number } from "../view/frame";
import { Bookmarks } from "./bookmarks";
import type { RecentPlace } from "./recentPlaces";
import { RecentPlaces } from "./recentPlaces";
import type { Shell } from "./shell";
import type { Place } from "./views";

export class Navigation {
  readonly bookmarks: Bookmarks;
  readonly #shell: Shell;
  readonly #strings: GridStrings;
  readonly #messenger: Messenger;
  readonly #recent = new RecentPlaces();
  #told = "";

  constructor(shell: Shell, strings: GridStrings, messenger: Messenger) {
    this.#shell = shell;
    this.#strings = strings;
    this.#messenger = messenger;
    this.bookmarks = new Bookmarks(shell.memory);
    shell.memory.onChange(() => shell.views.current?.themeChanged());
  }

  /** Goes to a value, in the view that is shown or in the one that is named; `back` leads here again. */
  jump(record: number, path: Path, focus: boolean, view?: ViewName): void {
    const { views } = this.#shell;
    const from = this.#here;
    views.reveal(record, path, focus, view);
    this.#recent.jumped(from, { view: views.current?.name ?? "table", record, path });
    this.#tell();
  }

  /** Back to where a person was before, or forward again. */
  step(by: 1 | -1): void {
    const place = this.#recent.step(by, this.#here);
    if (place) {
      this.#shell.views.reveal(place.record, place.path, true, place.view);
      this.#tell();
    }
  }

  /** Gives what is selected a bookmark, or takes it away. */
  toggleBookmark(): void {
    const { views, banners, announcer } = this.#shell;
    const place = views.current?.place;
    if (!place) {
      announcer.say(this.#strings.bookmarkNothing);
      return;
    }
    const done = this.bookmarks.toggle(place, this.#labelOf(place));
    if (done === "full") {
      const text = format(this.#strings.bookmarksFull, number(MOST_BOOKMARKS));
      banners.show("tree", { severity: "warning", text, dismissible: true });
      return;
    }
    announcer.say(done === "added" ? this.#strings.bookmarkAdded : this.#strings.bookmarkRemoved);
  }

  get #here(): RecentPlace | null {
    const { current } = this.#shell.views;
    const place = current?.place;
    return current && place ? { ...place, view: current.name } : null;
  }

  #labelOf({ record, path }: Place): string {
    const row = format(this.#strings.problemRow, number(record + 1));
    return path.length === 0 ? row : `${row} ${toJsonPath(path)}`;
  }

  /** Keys are only taken from the editor while there is somewhere to go. */
  #tell(): void {
    const state = { back: this.#recent.canGoBack, forward: this.#recent.canGoForward };
    const text = JSON.stringify(state);
    if (text !== this.#told) {
      this.#told = text;
      void this.#messenger.request("history", state).catch(() => undefined);
    }
  }
}
