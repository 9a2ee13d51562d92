/**
 * The data views of a page. One stays open, and as it was, while trees come and go that show the same data at the same node;
 * in a tab that is not shown it waits. It is closed when no node of the tree has its data any more.
 */
import type { DataRef, FromHost, ToHost } from "../../shared/dataChannels";
import { keepRecent } from "../../shared/recent";
import type { HostApi } from "../messenger";
import type { DataViews } from "../nodes/context";
import type { Node } from "../nodes/schema/kinds";
import { DataView } from "./view";

/** Views without a place that wait for one, and states of views that were closed. */
const MOST_WAITING = 8;
const MOST_STATES = 32;

export class PageDataViews implements DataViews {
  readonly #post: (message: ToHost) => void;
  readonly #page = crypto.randomUUID();
  readonly #views = new Map<string, DataView>();
  /** Places that were drawn and not yet looked at. */
  readonly #drawing = new Map<HTMLElement, Node<"data-view">>();
  readonly #places = new Map<HTMLElement, DataView>();
  readonly #waiting = new Set<DataView>();
  readonly #states = new Map<string, unknown>();
  #opened = 0;

  constructor(api: Pick<HostApi, "postMessage">) {
    this.#post = (message) => api.postMessage(message);
    this.#post({ dataChannels: "begin" });
  }

  /** Listens to the messages of `target`, which is the window in a webview; those that are not for data views are left alone. */
  listen(target: Pick<EventTarget, "addEventListener">): void {
    target.addEventListener("message", (event) => this.receive((event as MessageEvent<unknown>).data));
  }

  receive(message: unknown): void {
    if (typeof message === "object" && message !== null && "dataChannel" in message) {
      const { dataChannel, message: inner } = message as FromHost;
      this.#views.get(dataChannel)?.receive(inner);
    }
  }

  /** Done once the whole tree is drawn: a node that is in another place now is drawn there before it leaves the one it had. */
  attach(place: HTMLElement, node: Node<"data-view">): void {
    if (this.#drawing.size === 0) {
      queueMicrotask(() => this.#settle());
    }
    this.#drawing.set(place, node);
  }

  #settle(): void {
    const drawing = [...this.#drawing];
    this.#drawing.clear();
    for (const [place, node] of drawing) {
      this.#put(place, node);
    }
  }

  #put(place: HTMLElement, node: Node<"data-view">): void {
    const ref: DataRef = { handle: node.handle, name: node.name, node: node.id };
    const caption = node.caption ?? "";
    const shown = this.#places.get(place);
    if (shown && isSame(shown.ref, ref)) {
      shown.setCaption(caption);
      return;
    }
    this.#vacate(place);
    const waiting = [...this.#waiting].find((view) => isSame(view.ref, ref));
    const view = waiting ?? this.#open(ref, caption, node);
    this.#waiting.delete(view);
    view.setCaption(caption);
    this.#places.set(place, view);
    view.show(place);
  }

  detach(place: HTMLElement): void {
    this.#drawing.delete(place);
    this.#vacate(place);
  }

  #vacate(place: HTMLElement): void {
    const view = this.#places.get(place);
    if (view) {
      this.#places.delete(place);
      this.#waiting.add(view);
      view.hide();
      const [longest] = this.#waiting;
      if (this.#waiting.size > MOST_WAITING && longest) {
        this.#close(longest);
      }
    }
  }

  /** To be told each tree after it is drawn: views without a place whose data it does not have are closed. */
  drawn(tree: unknown): void {
    this.#settle();
    if (this.#waiting.size === 0) {
      return; // most trees are not looked through
    }
    const handles = handlesIn(tree);
    for (const view of [...this.#waiting]) {
      if (!handles.has(view.ref.handle)) {
        this.#close(view);
      }
    }
  }

  #open(ref: DataRef, caption: string, { view }: Pick<Node<"data-view">, "view">): DataView {
    const channel = `${this.#page}/${++this.#opened}`;
    const key = JSON.stringify([ref.node, ref.handle, ref.name]);
    const made = new DataView(channel, ref, { caption, view: view ?? null }, {
      post: this.#post,
      kept: () => this.#states.get(key),
      keep: (state) => keepRecent(this.#states, key, state, MOST_STATES),
    });
    this.#views.set(channel, made);
    return made;
  }

  #close(view: DataView): void {
    this.#waiting.delete(view);
    for (const [channel, other] of this.#views) {
      if (other === view) {
        this.#views.delete(channel);
      }
    }
    view.close();
  }
}

function isSame(one: DataRef, other: DataRef): boolean {
  return one.handle === other.handle && one.name === other.name && one.node === other.node;
}

/** The handles of all nodes `data-view` in a tree, shown or not. */
function handlesIn(tree: unknown): ReadonlySet<string> {
  const handles = new Set<string>();
  const rest: unknown[] = [tree];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value !== "object" || value === null) {
      continue;
    }
    const { type, handle } = value as { readonly type?: unknown; readonly handle?: unknown };
    if (type === "data-view" && typeof handle === "string") {
      handles.add(handle);
    }
    for (const inner of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) {
      if (typeof inner === "object" && inner !== null) {
        rest.push(inner);
      }
    }
  }
  return handles;
}
