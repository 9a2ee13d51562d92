/** The page "Network Activity": what is known, which part of it is shown, and how it is drawn. */
import type { TemplateResult } from "lit";
import { html, nothing, render } from "lit";
import type * as P from "../../generated/protocol";
import { activityStrings, type ActivityStrings } from "../../shared/activityStrings";
import { format } from "../../shared/gridStrings";
import { NO_FILTER, type ActivityAction, type ActivityFilter, type FromActivityPage, type NetworkSwitch, type ToActivityPage } from "../../shared/networkActivity";
import { Announcer } from "../grid/chrome/announcer";
import type { HostApi, Messenger } from "../messenger";
import { Attempts } from "./attempts";
import { details } from "./details";
import { Figures } from "./figures";
import { keyLeads, table } from "./table";
import { showChoices, toolbar } from "./toolbar";

/** How long typing rests before the number of matches is spoken. */
const SPOKEN_AFTER_MS = 600;
/** Nearer to the end than this, the list follows what comes. */
const AT_END_PX = 24;

export class ActivityPageView {
  readonly #root: HTMLElement;
  readonly #api: HostApi;
  readonly #messenger: Messenger<FromActivityPage, ToActivityPage>;
  readonly #announcer = new Announcer();
  readonly #attempts = new Attempts();
  #strings: ActivityStrings = activityStrings({});
  #figures = new Figures(this.#strings, "en");
  #filter: ActivityFilter = NO_FILTER;
  #switch: NetworkSwitch = { enabled: true, whyNot: "", isSwitchedOff: false };
  #selected: number | undefined;
  #isPaused = false;
  /** Number of the newest attempt there is, known or not. */
  #newest = 0;
  #state: "loading" | "ready" = "loading";
  #failure = "";
  #asking = false;
  #isStale = false;
  #speaking: number | undefined;

  constructor(body: HTMLElement, api: HostApi, messenger: Messenger<FromActivityPage, ToActivityPage>) {
    this.#api = api;
    this.#messenger = messenger;
    this.#root = body.querySelector<HTMLElement>("#root") ?? body;
    this.#root.classList.add("network-activity");
    body.append(this.#announcer.element);
    body.addEventListener("keydown", (event) => this.#onKeyAnywhere(event));
    messenger.on("didActivity", ({ last }) => {
      this.#newest = Math.max(this.#newest, last);
      void this.#ask();
    });
    messenger.on("restarted", () => {
      this.#attempts.forget();
      this.#newest = 0;
      this.#selected = undefined;
      void this.#ask();
    });
    messenger.on("switch", (told) => {
      this.#switch = told;
      this.#draw();
    });
    messenger.on("filter", (filter) => this.#change(filter));
    this.#draw();
  }

  /** The host has said in which language, and what is to be shown first. */
  start(strings: ActivityStrings, locale: string, filter: ActivityFilter, told: NetworkSwitch): void {
    this.#strings = strings;
    this.#figures = new Figures(strings, locale);
    this.#switch = told;
    this.#change(filter);
    void this.#ask();
  }

  /** Asks for what is new, unless that is not wanted now; what comes meanwhile is asked for after. */
  async #ask(): Promise<void> {
    this.#isStale = true;
    if (this.#asking || (this.#isPaused && this.#state === "ready")) {
      this.#draw();
      return;
    }
    this.#asking = true;
    while (this.#isStale) {
      this.#isStale = false;
      try {
        this.#attempts.add(await this.#messenger.request("entries", { after: this.#attempts.last }));
        this.#newest = Math.max(this.#newest, this.#attempts.last);
        this.#failure = "";
      } catch (error) {
        this.#failure = error instanceof Error ? error.message : String(error);
      }
      this.#state = "ready";
      this.#draw();
    }
    this.#asking = false;
  }

  #change(filter: ActivityFilter): void {
    this.#filter = filter;
    this.#api.setState(filter);
    this.#draw();
    window.clearTimeout(this.#speaking);
    this.#speaking = window.setTimeout(() => this.#announcer.say(this.#summary(this.#rows())), SPOKEN_AFTER_MS);
  }

  #select(number: number | undefined): void {
    this.#selected = number;
    this.#draw();
  }

  /** Has the host do something; what goes wrong is shown on the page. */
  #run(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.#failure = error instanceof Error ? error.message : String(error);
      this.#draw();
    });
  }

  #copy(text: string): void {
    this.#run(this.#messenger.request("copyText", { text }).then(() => this.#announcer.say(this.#strings.activityCopied)));
  }

  #act(name: ActivityAction): void {
    this.#run(this.#messenger.request("act", { name }));
  }

  #pause(): void {
    this.#isPaused = !this.#isPaused;
    if (this.#isPaused) {
      this.#draw();
    } else {
      void this.#ask();
    }
  }

  #clear(): void {
    this.#attempts.clear();
    this.#select(undefined);
  }

  #closeDetails(): void {
    const number = this.#selected;
    this.#select(undefined);
    this.#rowElement(number)?.focus();
  }

  #onKeyAnywhere(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "f") {
      event.preventDefault();
      event.stopPropagation();
      const filter = this.#root.querySelector<HTMLInputElement>(".filter-text");
      filter?.focus();
      filter?.select();
    }
  }

  #onKeyInTable(event: KeyboardEvent): void {
    const at = (event.target as Element).closest<HTMLElement>(".attempt")?.dataset["number"];
    if (at === undefined || event.altKey || event.metaKey || event.ctrlKey) {
      return;
    }
    const list = this.#root.querySelector<HTMLElement>(".list");
    const page = Math.max(Math.floor((list?.clientHeight ?? 0) / ((event.target as HTMLElement).offsetHeight || 22)) - 2, 1);
    const leads = keyLeads(event.key, this.#rows(), Number(at), page);
    if (event.key === "Escape" && this.#selected !== undefined) {
      this.#closeDetails();
    } else if (leads === "open") {
      this.#select(Number(at));
      this.#root.querySelector<HTMLElement>(".details")?.focus();
    } else if (leads !== undefined) {
      this.#select(leads);
      this.#rowElement(leads)?.focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  #rowElement(number: number | undefined): HTMLElement | null {
    return number === undefined ? null : this.#root.querySelector<HTMLElement>(`.attempt[data-number="${number}"]`);
  }

  #rows(): readonly P.NetworkActivity[] {
    return this.#attempts.matching(this.#filter);
  }

  #draw(): void {
    const before = this.#root.querySelector<HTMLElement>(".list");
    const follows = before === null || before.scrollHeight - before.scrollTop - before.clientHeight < AT_END_PX;
    render(this.#page(), this.#root);
    showChoices(this.#root);
    const after = this.#root.querySelector<HTMLElement>(".list");
    if (after !== null && follows) {
      after.scrollTop = after.scrollHeight;
    }
  }

  #page(): TemplateResult {
    const [strings, attempts, figures] = [this.#strings, this.#attempts, this.#figures];
    const rows = this.#rows();
    const selected = rows.find(({ number }) => number === this.#selected);
    const select = (number: number): void => this.#select(number);
    return html`${toolbar({
      strings,
      attempts,
      filter: this.#filter,
      isPaused: this.#isPaused,
      change: (filter) => this.#change(filter),
      pause: () => this.#pause(),
      clear: () => this.#clear(),
      act: (name) => this.#act(name),
    })}
    ${this.#banners()}
    <div class="panes">
      <div class="list">
        ${rows.length === 0 ? this.#empty() : table(rows, selected?.number, { strings, figures, attempts, select, onKey: (event) => this.#onKeyInTable(event) })}
      </div>
      ${selected === undefined
        ? nothing
        : details(selected, {
            strings,
            figures,
            attempts,
            close: () => this.#closeDetails(),
            copy: (text) => this.#copy(text),
            decide: (pluginId, target) => this.#run(this.#messenger.request("decide", { pluginId, target })),
          })}
    </div>
    <footer class="status">
      <span>${this.#summary(rows)}</span>
      ${this.#isPaused ? html`<span class="status-paused">${format(strings.activityPaused, figures.count(this.#newest - attempts.last))}</span>` : nothing}
      ${attempts.dropped > 0 ? html`<span>${format(strings.activityDropped, figures.count(attempts.dropped))}</span>` : nothing}
    </footer>`;
  }

  #banners(): TemplateResult {
    const strings = this.#strings;
    const { enabled, whyNot, isSwitchedOff } = this.#switch;
    return html`${enabled
      ? nothing
      : html`<div class="banner banner-warning" role="status">
          <span class="codicon codicon-warning" aria-hidden="true"></span><span>${whyNot === "" ? strings.activityOff : whyNot}</span>
          ${isSwitchedOff ? html`<button type="button" class="tool" @click=${() => this.#act("enable")}>${strings.activitySwitchOn}</button>` : nothing}
        </div>`}
    ${this.#failure === ""
      ? nothing
      : html`<div class="banner banner-error" role="alert">
          <span class="codicon codicon-error" aria-hidden="true"></span><span>${this.#failure}</span>
          <button type="button" class="tool" @click=${() => void this.#ask()}>${strings.activityRetry}</button>
        </div>`}`;
  }

  #empty(): TemplateResult {
    const strings = this.#strings;
    const isFiltered = this.#attempts.all.length > 0;
    const text = this.#state === "loading" ? strings.activityLoading : isFiltered ? strings.activityNoneMatches : this.#attempts.wasCleared ? strings.activityNoneYet : strings.activityNone;
    return html`<div class="empty" role="status">
      <p>${text}</p>
      ${isFiltered ? html`<button type="button" class="tool" @click=${() => this.#change(NO_FILTER)}>${strings.activityResetFilter}</button>` : nothing}
    </div>`;
  }

  #summary(rows: readonly P.NetworkActivity[]): string {
    const all = this.#attempts.all.length;
    if (rows.length < all) {
      return format(this.#strings.activityShown, this.#figures.count(rows.length), this.#figures.count(all));
    }
    return all === 1 ? this.#strings.activityOne : format(this.#strings.activityMany, this.#figures.count(all));
  }
}
