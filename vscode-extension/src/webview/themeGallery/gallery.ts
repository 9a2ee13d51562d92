/** The gallery: miniatures of all themes by family, filtered by name and kind; one press uses a theme for our views. */
import type { TemplateResult } from "lit";
import { html, nothing, render } from "lit";
import type * as P from "../../generated/protocol";
import { format } from "../../shared/gridStrings";
import {
  galleryStrings,
  NO_THEME_FILTER,
  type FromThemeGallery,
  type GalleryStrings,
  type ThemeAction,
  type ThemeFilter,
  type ThemeFilterKind,
  type ThemesShown,
  type ToThemeGallery,
} from "../../shared/themeGallery";
import { Announcer } from "../grid/chrome/announcer";
import type { HostApi, Messenger } from "../messenger";
import { families, matching } from "./filtering";
import { preview } from "./preview";

const KINDS: readonly (readonly [ThemeFilterKind, keyof GalleryStrings])[] = [
  ["all", "galleryAll"],
  ["dark", "galleryDark"],
  ["light", "galleryLight"],
  ["contrast", "galleryContrast"],
];

export class Gallery {
  readonly #root: HTMLElement;
  readonly #api: HostApi;
  readonly #messenger: Messenger<FromThemeGallery, ToThemeGallery>;
  readonly #announcer = new Announcer();
  #strings: GalleryStrings = galleryStrings({});
  #filter: ThemeFilter = NO_THEME_FILTER;
  #shown: ThemesShown = { themes: [], failures: [], chosen: "" };
  #failure = "";

  constructor(body: HTMLElement, api: HostApi, messenger: Messenger<FromThemeGallery, ToThemeGallery>) {
    this.#root = body.querySelector<HTMLElement>("#root") ?? body;
    this.#root.classList.add("theme-gallery");
    this.#api = api;
    this.#messenger = messenger;
    body.append(this.#announcer.element);
    messenger.on("changed", () => void this.#ask());
  }

  async start(strings: GalleryStrings, filter: ThemeFilter): Promise<void> {
    this.#strings = strings;
    this.#filter = filter;
    this.#draw();
    await this.#ask();
    this.#root.querySelector<HTMLElement>("input")?.focus();
  }

  async #ask(): Promise<void> {
    try {
      this.#shown = await this.#messenger.request("themes", undefined);
      this.#failure = "";
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
    this.#draw();
  }

  #draw(): void {
    const strings = this.#strings;
    const themes = matching(this.#shown.themes, this.#filter);
    render(
      html`<header class="gallery-bar" role="search">
          <input
            type="search"
            .value=${this.#filter.text}
            placeholder=${strings.galleryFilter}
            aria-label=${strings.galleryFilter}
            @input=${(event: Event) => this.#narrow({ text: (event.target as HTMLInputElement).value })}
          />
          <div class="gallery-kinds" role="radiogroup" aria-label=${strings.galleryKind} @keydown=${(event: KeyboardEvent) => this.#onKindKey(event)}>
            ${KINDS.map(([kind, title]) => this.#kind(kind, strings[title]))}
          </div>
        </header>
        ${this.#failure === "" ? nothing : html`<p class="gallery-message" role="alert">${this.#failure}</p>`}
        ${this.#filter.text === "" && this.#filter.kind === "all" ? this.#own() : nothing}
        ${[...families(themes)].map(
          ([family, members]) => html`<section aria-label=${family}>
            <h2>${family}</h2>
            <div class="gallery-cards">${members.map((theme) => this.#card(theme))}</div>
          </section>`,
        )}
        ${themes.length === 0 && this.#failure === "" && this.#shown.themes.length > 0 ? html`<p class="gallery-message">${strings.galleryNone}</p>` : nothing}
        ${this.#failures()}`,
      this.#root,
    );
  }

  #kind(kind: ThemeFilterKind, title: string): TemplateResult {
    const isChosen = this.#filter.kind === kind;
    return html`<button type="button" role="radio" aria-checked=${isChosen} tabindex=${isChosen ? 0 : -1} @click=${() => this.#narrow({ kind })}>
      ${title}
    </button>`;
  }

  #onKindKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const at = KINDS.findIndex(([kind]) => kind === this.#filter.kind);
      const [kind] = KINDS[(at + step + KINDS.length) % KINDS.length] ?? ["all"];
      this.#narrow({ kind });
      this.#root.querySelector<HTMLElement>('[role="radio"][aria-checked="true"]')?.focus();
    }
  }

  #narrow(change: Partial<ThemeFilter>): void {
    this.#filter = { ...this.#filter, ...change };
    this.#api.setState(this.#filter);
    this.#draw();
    this.#announcer.say(format(this.#strings.galleryCount, String(matching(this.#shown.themes, this.#filter).length)));
  }

  #own(): TemplateResult {
    const strings = this.#strings;
    return html`<div class="gallery-cards">
      <article class="gallery-card ${this.#shown.chosen === "" ? "chosen" : ""}">
        <button type="button" class="gallery-use" aria-pressed=${this.#shown.chosen === ""} @click=${() => void this.#choose("")}>
          <span class="gallery-name">${strings.galleryOwn}</span>
          <span class="gallery-detail">${this.#shown.chosen === "" ? strings.galleryShown : strings.galleryOwnDetail}</span>
        </button>
      </article>
    </div>`;
  }

  #card(theme: P.ThemeInfo): TemplateResult {
    const strings = this.#strings;
    const isChosen = theme.themeId === this.#shown.chosen;
    const kind = theme.dark ? strings.galleryDark : strings.galleryLight;
    const detail = [isChosen ? strings.galleryShown : kind, ...(theme.dynamic ? [strings.galleryFollows] : [])].join(", ");
    return html`<article class="gallery-card ${isChosen ? "chosen" : ""}">
      <button type="button" class="gallery-use" aria-pressed=${isChosen} title=${strings.galleryUse} @click=${() => void this.#choose(theme.themeId)}>
        ${preview(theme.colors)}
        <span class="gallery-name">${theme.name}</span>
        <span class="gallery-detail">${detail}</span>
      </button>
      ${theme.remarks.length === 0
        ? nothing
        : html`<span class="gallery-remark codicon codicon-warning" role="img" aria-label=${theme.remarks.join("; ")} title=${theme.remarks.join("\n")}></span>`}
      <span class="gallery-actions">
        ${this.#action("apply", theme, "paintcan", strings.galleryApply)} ${this.#action("export", theme, "package", strings.galleryExport)}
      </span>
    </article>`;
  }

  #action(name: ThemeAction, theme: P.ThemeInfo, icon: string, title: string): TemplateResult {
    return html`<button
      type="button"
      class="gallery-action codicon codicon-${icon}"
      title=${title}
      aria-label=${`${title}: ${theme.name}`}
      @click=${() => void this.#messenger.request("act", { name, themeId: theme.themeId }).catch(() => undefined)}
    ></button>`;
  }

  #failures(): TemplateResult | typeof nothing {
    const { failures } = this.#shown;
    return failures.length === 0
      ? nothing
      : html`<section aria-label=${this.#strings.galleryFailed}>
          <h2>${this.#strings.galleryFailed}</h2>
          <ul class="gallery-failures">
            ${failures.map(({ pluginName, message }) => html`<li><span class="codicon codicon-error" aria-hidden="true"></span> <b>${pluginName}</b> ${message}</li>`)}
          </ul>
        </section>`;
  }

  async #choose(themeId: string): Promise<void> {
    try {
      await this.#messenger.request("choose", { themeId });
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
    await this.#ask();
  }
}
