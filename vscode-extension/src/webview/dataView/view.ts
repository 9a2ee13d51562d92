/** One data view: a grid in an element of a page, and its channel to the host. */
import type { DataPresence, DataRef, ToHost } from "../../shared/dataChannels";
import type { OwnView } from "../../shared/fileMemory";
import type { Mounted } from "../grid/app/application";
import { mount } from "../grid/app/application";
import type { HostApi } from "../messenger";
import { Messenger } from "../messenger";

/** How a view is shown; unlike what it shows, this may change. */
export interface Shown {
  readonly caption: string;
  readonly view: OwnView | null;
}

export interface ViewHooks {
  post(message: ToHost): void;
  /** What was kept of the same data before, and what is to be kept now. */
  kept(): unknown;
  keep(state: unknown): void;
}

export class DataView {
  readonly ref: DataRef;
  readonly root = document.createElement("section");
  readonly #channel: string;
  readonly #hooks: ViewHooks;
  readonly #messenger: Messenger;
  readonly #mounted: Mounted;
  #isClosed = false;
  #presence: DataPresence = "hidden";

  constructor(channel: string, ref: DataRef, { caption, view }: Shown, hooks: ViewHooks) {
    this.#channel = channel;
    this.ref = ref;
    this.#hooks = hooks;
    const api: HostApi = {
      postMessage: (message) => {
        if (!this.#isClosed) {
          hooks.post({ dataChannel: channel, message });
        }
      },
      getState: () => hooks.kept(),
      setState: (state) => hooks.keep(state),
    };
    this.#messenger = new Messenger(api);
    this.root.className = "data-view";
    this.#name(caption);
    hooks.post({ dataChannel: channel, open: ref });
    this.#mounted = mount(this.root, api, this.#messenger, { caption, view });
    this.root.addEventListener("focusin", () => this.#turn("focused"));
    this.root.addEventListener("focusout", ({ relatedTarget }) => {
      const isInside = relatedTarget instanceof Node && this.root.contains(relatedTarget);
      if (this.#presence === "focused" && !isInside) {
        this.#turn("shown");
      }
    });
  }

  receive(message: unknown): void {
    this.#messenger.receive(message);
  }

  setCaption(caption: string): void {
    this.#name(caption);
    this.#mounted.setCaption(caption);
  }

  /** Puts it into an element of the page. */
  show(place: HTMLElement): void {
    place.replaceChildren(this.root);
    this.#turn("shown");
  }

  /** It is no longer on the page, and may come back. */
  hide(): void {
    this.#turn("hidden");
  }

  close(): void {
    this.#mounted.dispose();
    this.#isClosed = true; // what was to be asked a moment later is of no interest now
    this.root.remove();
    this.#hooks.post({ dataChannel: this.#channel, close: true });
  }

  /** What the palette and keys are about depends on it. */
  #turn(presence: DataPresence): void {
    if (presence !== this.#presence && !this.#isClosed) {
      this.#presence = presence;
      this.#hooks.post({ dataChannel: this.#channel, presence });
    }
  }

  #name(caption: string): void {
    this.root.setAttribute("aria-label", caption || this.ref.name || this.ref.handle);
  }
}
