/** Copying the selected cells: what is asked of the host, and what is said about how it went. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { CopyFormat } from "../../../shared/messages";
import type { Messenger } from "../../messenger";
import { HostError } from "../../messenger";
import type { MenuItem } from "../chrome/contextMenu";
import { columnsText, rowsText } from "../chrome/footer";
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
    const { grid, announcer, banners } = this.#shell;
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
    try {
      const wholeRows = grid.selection?.mode === "rows" || grid.selection?.mode === "all";
      const params = { generation: current.generation, range, records, wholeRows, format: as, header };
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
      if (!(error instanceof HostError && error.kind === "cancelled")) {
        const message = error instanceof Error ? error.message : String(error);
        banners.show("copy", { severity: "error", text: format(this.#strings.copyFailed, message), dismissible: true });
      }
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
