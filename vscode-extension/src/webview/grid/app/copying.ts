/** Copying the selected cells: what is asked of the host, and what is said about how it went. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { CopyFormat, FromWebview } from "../../../shared/messages";
import type { Messenger } from "../../messenger";
import { HostError } from "../../messenger";
import type { MenuItem } from "../chrome/contextMenu";
import { columnsText, rowsText } from "../chrome/documentBar";
import { number } from "../view/frame";
import type { Session } from "./session";
import type { Shell } from "./shell";

export class Copying {
  readonly #shell: Shell;
  readonly #strings: GridStrings;
  readonly #messenger: Messenger;
  readonly #session: Session;

  constructor(shell: Shell, strings: GridStrings, messenger: Messenger, session: Session) {
    this.#shell = shell;
    this.#strings = strings;
    this.#messenger = messenger;
    this.#session = session;
  }

  /** Copies what is selected and says so, or why not. */
  async copy(as: CopyFormat, header: boolean): Promise<void> {
    const { grid, banners } = this.#shell;
    const current = this.#session.document;
    const selected = grid.range;
    if (!current) {
      return; // nothing is shown, and that is said
    }
    if (!selected || current.freshness !== "current") {
      const text = selected ? this.#strings.copyStale : this.#strings.copyNothing;
      banners.show("copy", { severity: "warning", text, dismissible: true });
      return;
    }
    const range = { ...selected, bottom: Math.min(selected.bottom, current.knownRows - 1) };
    const records = grid.rows.filter?.between(range.top, range.bottom) ?? null;
    if (records?.length === 0) {
      banners.show("copy", { severity: "warning", text: this.#strings.copyNothing, dismissible: true });
      return;
    }
    const wholeRows = grid.selection?.mode === "rows" || grid.selection?.mode === "all";
    await this.#ask({ generation: current.generation, range, records, wholeRows, format: as, header });
  }

  /** Copies the whole document and says so, or why not: a single value as it stands in the file, records as JSON. */
  async copyAll(): Promise<void> {
    const { announcer, banners } = this.#shell;
    const current = this.#session.document;
    if (!current || (!current.isSingle && (current.knownRows === 0 || current.columns.length === 0))) {
      return; // there is nothing, and that is said
    }
    const { generation } = current;
    if (current.freshness !== "current") {
      banners.show("copy", { severity: "warning", text: this.#strings.copyStale, dismissible: true });
    } else if (current.isSingle) {
      try {
        await this.#messenger.request("copyValue", { generation, record: 0, path: [], form: "source" });
        banners.hide("copy");
        announcer.say(this.#strings.copiedText);
      } catch (error) {
        this.#failed(error);
      }
    } else {
      const range = { top: 0, left: 0, bottom: current.knownRows - 1, right: current.columns.length - 1 };
      await this.#ask({ generation, range, records: null, wholeRows: true, format: "json", header: true });
    }
  }

  async #ask(params: FromWebview["copy"][0]): Promise<void> {
    const { announcer, banners } = this.#shell;
    const { range } = params;
    try {
      const { rows, leftOut } = await this.#messenger.request("copy", params);
      banners.hide("copy");
      if (leftOut > 0) {
        const text = format(this.#strings.copyLeftOut, number(leftOut));
        banners.show("copy", { severity: "warning", text, dismissible: true });
        return;
      }
      const columns = columnsText(this.#strings, range.right - range.left + 1);
      announcer.say(format(this.#strings.copied, rowsText(this.#strings, rows), columns));
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    if (!(error instanceof HostError && error.kind === "cancelled")) {
      const message = error instanceof Error ? error.message : String(error);
      const text = format(this.#strings.copyFailed, message);
      this.#shell.banners.show("copy", { severity: "error", text, dismissible: true });
    }
  }

  /** The formats, for the context menu; `keys` copy in the first one. */
  menuItems(keys: string): readonly MenuItem[] {
    const strings = this.#strings;
    return [
      { label: strings.copy, keys, run: () => void this.copy("tsv", false) },
      { label: strings.copyWithHeader, run: () => void this.copy("tsv", true) },
      { label: strings.copyCsv, run: () => void this.copy("csv", true) },
      { label: strings.copyJson, run: () => void this.copy("json", true) },
      { label: strings.copyMarkdown, run: () => void this.copy("markdown", true) },
    ];
  }
}
