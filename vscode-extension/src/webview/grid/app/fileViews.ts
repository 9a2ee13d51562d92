/** The views besides table and tree: records as their plugin draws them, and the text of the file. */
import { format } from "../../../shared/gridStrings";
import type { GridCommand } from "../../../shared/messages";
import { PATH_FORMATS } from "../../../shared/paths/formats";
import { HostError } from "../../messenger";
import { DrawnView } from "../drawn/drawnView";
import { RawView } from "../raw/rawView";
import { followRenderers } from "../rendered/rendererViews";
import { number } from "../view/frame";
import type { ViewParts } from "./addViews";
import type { DocumentView, Place } from "./views";

/** Makes both and connects them with what is around them. */
export function addFileViews(parts: ViewParts): void {
  const { shell, strings, messenger } = parts;
  const surroundings = new Surroundings(parts);
  const drawn: DrawnView = new DrawnView(strings, messenger, {
    selectionChanged: () => surroundings.follow(drawn),
    moved: () => parts.changed(),
    failed: (error) => surroundings.failed(error),
    copied: () => shell.announcer.say(strings.copiedText),
    command: (command) => surroundings.command(command, drawn),
    escape: () => surroundings.closePane(),
  });
  const raw: RawView = new RawView(strings, messenger, {
    selectionChanged: () => surroundings.follow(raw),
    moved: () => parts.changed(),
    failed: (error) => surroundings.failed(error),
    problem: (text) => surroundings.problem(text),
    command: (command) => surroundings.command(command, raw),
  });
  shell.views.add(drawn);
  shell.views.add(raw);
  followRenderers(shell.views, strings, messenger, {
    moved: () => parts.changed(),
    failed: (error) => surroundings.failed(error),
    announce: (text) => shell.announcer.say(text),
  });
}

/** What both tell of the record or value that is selected, and what can be done with it. */
class Surroundings {
  readonly #parts: ViewParts;

  constructor(parts: ViewParts) {
    this.#parts = parts;
  }

  /** The status bar, the pane of the value and what a hidden tab remembers follow the selection. */
  follow(view: DocumentView): void {
    const { shell, strings } = this.#parts;
    if (view !== shell.views.current) {
      return; // an answer that came after another view was chosen
    }
    const { place } = view;
    shell.root.dataset["selectedRecord"] = place === null ? "" : String(place.record);
    const text = place === null ? "" : format(strings.problemRow, number(place.record + 1));
    shell.selection.show(text);
    if (shell.pane.state.tab === "cell") {
      this.#showValue(place);
    }
    this.#parts.changed();
  }

  #showValue(place: Place | null): void {
    const { shell, strings, messenger, session } = this.#parts;
    const generation = session.document?.generation;
    if (place === null || generation === undefined) {
      shell.cell.show(null);
      return;
    }
    const { record } = place;
    const path = [...place.path];
    shell.cell.show({
      id: JSON.stringify([record, path]),
      generation,
      title: format(strings.problemRow, number(record + 1)),
      kind: "text",
      text: null,
      read: (start, count) => messenger.request("valueText", { generation, record, path, form: "source", start, count }),
    });
  }

  problem(text: string | null): void {
    const { banners } = this.#parts.shell;
    if (text === null) {
      banners.hide("view");
    } else {
      banners.show("view", { severity: "error", text, dismissible: true });
    }
  }

  /** Says what went wrong; a file that is another by now is read again, as the table does. */
  failed(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof HostError && error.kind === "documentChanged") {
      this.#parts.session.noticeChanged(message);
    } else if (!(error instanceof HostError && error.kind === "cancelled")) {
      this.problem(message);
    }
  }

  closePane(): boolean {
    const { pane } = this.#parts.shell;
    const isOpen = pane.state.tab !== null;
    pane.close();
    return isOpen;
  }

  /** Commands that concern the value that is selected. */
  command(command: GridCommand, view: DocumentView): boolean {
    const { place } = view;
    if (place === null || (command.name !== "copyValue" && command.name !== "copyPath")) {
      return false;
    }
    void this.#copy(command, place).catch((error: unknown) => this.failed(error));
    return true;
  }

  async #copy(command: Extract<GridCommand, { readonly name: "copyValue" | "copyPath" }>, { record, path }: Place): Promise<void> {
    const { shell, strings, messenger, session } = this.#parts;
    const generation = session.document?.generation ?? -1;
    if (command.name === "copyValue") {
      await messenger.request("copyValue", { generation, record, path, form: command.form });
    } else {
      const { keys } = await messenger.request("value", { generation, record, path: [...path] });
      await messenger.request("copyText", { text: PATH_FORMATS[command.syntax](keys) });
    }
    shell.announcer.say(strings.copiedText);
  }
}
