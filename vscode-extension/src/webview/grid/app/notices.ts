/** What is said above or in place of the rows about the file and the server, and what can be done about it. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { ActionName, Opened, OpenFailed, ToWebview } from "../../../shared/messages";
import type { Shell } from "./shell";

type GoneAction = "openWith" | "enablePlugin" | "reviewPermissions";

/** The plugin that reads the file is not there any more: what can be done, by the kind of failure. */
export const PLUGIN_GONE: Readonly<Record<string, readonly GoneAction[]>> = {
  pluginDisabled: ["enablePlugin", "openWith"],
  pluginNotFound: ["openWith"],
  permissionDenied: ["reviewPermissions", "openWith"],
};

export interface NoticeHooks {
  reload(): void;
  act(name: ActionName): void;
}

export class Notices {
  readonly #shell: Shell;
  readonly #strings: GridStrings;
  readonly #hooks: NoticeHooks;

  constructor(shell: Shell, strings: GridStrings, hooks: NoticeHooks) {
    this.#shell = shell;
    this.#strings = strings;
    this.#hooks = hooks;
  }

  /** The file is being opened, or, where its rows are on the screen, opened in another way. */
  opening({ fileName, message, percent }: ToWebview["opening"], hasRows: boolean): void {
    const title = format(this.#strings.opening, fileName);
    if (hasRows) {
      this.#shell.banners.show("change", { severity: "info", text: message || title, busy: true });
    } else {
      this.#shell.stateView.show({ kind: "opening", icon: "table", title, text: message, percent });
    }
  }

  openFailed({ fileName, message, actions }: OpenFailed): void {
    this.#shell.banners.hideAll("");
    const title = format(this.#strings.openFailed, fileName);
    this.#shell.stateView.show({ kind: "failed", icon: "error", title, text: message, actions });
  }

  /** Takes away what was said of the time before, and shows what is to be read about how the file was opened. */
  opened(reason: Opened["reason"], notes: readonly string[]): void {
    const { banners, announcer } = this.#shell;
    banners.hide("change");
    banners.hide("server");
    banners.hide("failed");
    banners.hideAll("note-");
    notes.forEach((text, index) => {
      banners.show(`note-${index}`, { severity: "info", text, dismissible: true });
    });
    if (reason === "reloaded") {
      announcer.say(this.#strings.reloaded);
    } else if (reason === "recovered") {
      announcer.say(this.#strings.recovered);
    }
  }

  reloading(): void {
    this.#shell.banners.show("change", { severity: "info", text: this.#strings.reloading, busy: true });
  }

  reloadFailed(error: unknown): void {
    const text = format(this.#strings.reloadFailed, error instanceof Error ? error.message : String(error));
    this.#shell.banners.show("change", { severity: "error", text, actions: [this.#reload(this.#strings.retry)] });
  }

  /** The rows on the screen are those of the file as it was. */
  stale(message: string): void {
    const text = `${message} ${this.#strings.staleRows}`;
    this.#shell.banners.show("change", { severity: "warning", text, actions: [this.#reload(this.#strings.reload)] });
  }

  deleted(message: string): void {
    const { banners, stateView, announcer } = this.#shell;
    banners.hide("change");
    const text = format(this.#strings.deletedText, message);
    stateView.show({ kind: "deleted", icon: "trash", title: this.#strings.deletedTitle, text });
    announcer.say(message);
  }

  /** Reading on in the background has ended with an error. */
  readingFailed(message: string, kind: string): void {
    const gone = PLUGIN_GONE[kind];
    this.#shell.banners.show("failed", {
      severity: gone ? "warning" : "error",
      text: gone ? message : format(this.#strings.failedIndexing, message),
      actions: gone?.map((name) => this.#action(name)) ?? [this.#reload(this.#strings.reload), this.#action("showLogs")],
      dismissible: gone === undefined,
    });
  }

  server({ state, message }: ToWebview["server"]): void {
    const { banners } = this.#shell;
    if (state === "running") {
      banners.hide("server");
    } else if (state === "starting") {
      banners.show("server", { severity: "info", text: format(this.#strings.serverStarting, message).trim(), busy: true });
    } else {
      const text = format(this.#strings.serverStopped, message).trim();
      const actions = [this.#action("restartServer"), this.#action("showLogs")];
      banners.show("server", { severity: "error", text, actions });
    }
  }

  #reload(title: string) {
    return { title, run: () => this.#hooks.reload() };
  }

  #action(name: "restartServer" | "showLogs" | GoneAction) {
    return { title: this.#strings[name], run: () => this.#hooks.act(name) };
  }
}
