/** The page of one panel: the tree of the plugin, what stands around it, and what a person does to it. */
import type { TemplateResult } from "lit";
import { html, nothing, render } from "lit";
import { format } from "../../shared/gridStrings";
import type { FromPanelPage, PanelAction, PanelState, PanelStatus, PanelTree, ToPanelPage } from "../../shared/panelPage";
import { panelStrings, type PanelStrings } from "../../shared/panelStrings";
import { Announcer } from "../grid/chrome/announcer";
import type { PageDataViews } from "../dataView/dataViews";
import { HostError, type HostApi, type Messenger } from "../messenger";
import type { Surface } from "../nodes/context";
import { WidgetState } from "../nodes/context";
import { parseExactly } from "../nodes/fields";
import { decoded, PagePictures } from "../pictures/pictures";
import { renderNode } from "../nodes/render";
import { px, styled } from "../nodes/styled";
import { banners, working } from "./around";
import { EventQueue } from "./eventQueue";
import { keptState, widgetValues } from "../../shared/panelState";

const TALLEST = 4000;
/** How long widgets are left alone before what they keep is kept for another window. */
const KEEP_AFTER_MS = 300;
const NOTHING_YET: PanelStatus = { isLive: false, isOpening: true, work: "none", banners: [] };

export class PanelPage {
  readonly #root: HTMLElement;
  readonly #api: HostApi;
  readonly #messenger: Messenger<FromPanelPage, ToPanelPage>;
  readonly #dataViews: PageDataViews | undefined;
  readonly #pictures: PagePictures;
  readonly #announcer = new Announcer();
  readonly #queue: EventQueue;
  readonly #widgets: WidgetState;
  #strings: PanelStrings = panelStrings({});
  #name = "";
  #tree: PanelTree | undefined;
  /** The node of `#tree`, read once. */
  #node: unknown;
  #status = NOTHING_YET;
  #state: PanelState | undefined;
  #failure = "";
  #isDrawing = false;
  #keeping: number | undefined;

  constructor(body: HTMLElement, api: HostApi, messenger: Messenger<FromPanelPage, ToPanelPage>, dataViews?: PageDataViews) {
    this.#api = api;
    this.#messenger = messenger;
    this.#dataViews = dataViews;
    this.#root = body.querySelector<HTMLElement>("#root") ?? body;
    this.#root.classList.add("panel-page");
    body.append(this.#announcer.element);
    const kept = api.getState();
    this.#state = keptState(kept);
    this.#widgets = new WidgetState(widgetValues(kept));
    this.#queue = new EventQueue({
      send: (event) => messenger.request("event", event),
      settled: () => this.#changed(),
      failed: (error) => this.#failed(error),
    });
    this.#pictures = new PagePictures({
      load: (handle) => messenger.request("picture", { handle }),
      decode: decoded,
      changed: () => this.#changed(),
      strings: () => this.#strings,
    });
    messenger.on("tree", (tree) => this.#take(tree));
    messenger.on("status", (status) => this.#turn(status));
    messenger.on("keep", (state) => {
      this.#state = state;
      this.#keep();
    });
  }

  /** The host has said in which language, and whose panel it is. */
  start(strings: PanelStrings, name: string, place: "tab" | "sidebar"): void {
    this.#strings = strings;
    this.#name = name;
    this.#root.classList.add(`panel-${place}`);
    this.#root.setAttribute("aria-label", format(strings.panelLabel, name));
    this.#changed();
  }

  #take(tree: PanelTree): void {
    if (tree.session !== this.#tree?.session) {
      this.#queue.reset();
      this.#pictures.forget();
      this.#failure = "";
    }
    this.#queue.drawn();
    this.#tree = tree;
    this.#node = tree.node === null ? null : parsed(tree.node);
    this.#changed();
  }

  #turn(status: PanelStatus): void {
    if (!status.isLive) {
      this.#queue.drop(); // it was meant for an instance that is gone
    } else if (status.work === "stopping") {
      this.#queue.dropPressed();
    }
    for (const { text } of status.banners) {
      if (!this.#status.banners.some((known) => known.text === text)) {
        this.#announcer.say(text);
      }
    }
    if (status.work === "busy" && this.#status.work === "none") {
      this.#announcer.say(format(this.#strings.panelBusy, this.#name));
    }
    if (isFailureTold(status)) {
      this.#failure = "";
    }
    this.#status = status;
    this.#changed();
  }

  /** Draws before the next frame, once however often it is asked for. */
  #changed(): void {
    if (!this.#isDrawing) {
      this.#isDrawing = true;
      requestAnimationFrame(() => {
        this.#isDrawing = false;
        this.#pictures.keep(this.#node);
        render(this.#page(), this.#root);
        this.#dataViews?.drawn(this.#node);
      });
    }
  }

  #act(name: PanelAction): void {
    if (name === "dismiss") {
      this.#failure = "";
    }
    this.#run(this.#messenger.request("act", { name }));
  }

  #run(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#failed(error));
  }

  #failed(error: unknown): void {
    if (error instanceof HostError && error.kind === "cancelled") {
      return; // whoever ended it knows
    }
    if (isFailureTold(this.#status)) {
      return;
    }
    this.#failure = error instanceof Error ? error.message : String(error);
    this.#changed();
  }

  /** Soon, and not at each key: what is kept can be large. */
  #keep(): void {
    window.clearTimeout(this.#keeping);
    this.#keeping = window.setTimeout(() => {
      if (this.#state !== undefined) {
        this.#api.setState({ ...this.#state, widgets: this.#widgets.values });
      }
    }, KEEP_AFTER_MS);
  }

  #page(): TemplateResult {
    const { isLive, isOpening, banners: told } = this.#status;
    const own = this.#failure === "" ? [] : [{ kind: "error" as const, text: this.#failure, detail: "", actions: ["dismiss" as const] }];
    return html`${banners([...told, ...own], this.#strings, (name) => this.#act(name))}
      ${working(this.#status, this.#name, this.#strings, () => this.#act("stop"))}
      ${isOpening && this.#tree === undefined ? html`<p class="panel-state" role="status">${format(this.#strings.panelOpening, this.#name)}</p>` : nothing}
      ${this.#tree === undefined ? nothing : this.#drawn(this.#tree, isLive)}`;
  }

  #drawn({ node, heightHint }: PanelTree, isLive: boolean): TemplateResult {
    if (node === null) {
      return html`<p class="panel-state">${format(this.#strings.panelEmpty, this.#name)}</p>`;
    }
    const height = px(heightHint > 0 ? Math.min(heightHint, TALLEST) : undefined);
    return html`<div class="panel-tree ${isLive ? "" : "panel-still"}" ${styled({ "min-height": height })}>
      ${renderNode(this.#node, this.#surface(isLive))}
    </div>`;
  }

  #surface(isLive: boolean): Surface {
    return {
      id: "panel",
      strings: this.#strings,
      state: this.#widgets,
      ...(this.#dataViews ? { dataViews: this.#dataViews } : {}),
      pictures: this.#pictures,
      ...(isLive ? { emit: (event) => this.#queue.push(event) } : {}),
      changedTo: (widgetId) => this.#queue.changed(widgetId),
      losses: (widgetId) => this.#queue.losses(widgetId),
      openLink: (url) => this.#run(this.#messenger.request("openLink", { url })),
      copy: (text) => this.#run(this.#messenger.request("copyText", { text })),
      changed: () => {
        this.#changed();
        this.#keep();
      },
    };
  }
}

/** The host says better what has failed: with what can be done about it. */
function isFailureTold({ banners: told }: PanelStatus): boolean {
  return told.some(({ kind }) => kind !== "info");
}

function parsed(text: string): unknown {
  try {
    return parseExactly(text);
  } catch {
    return undefined; // the renderer says that it is no node
  }
}
