/** The views besides table and tree: records as their plugin draws them, and the text of the file. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { Messenger } from "../../messenger";
import { DrawnView } from "../drawn/drawnView";
import { RawView } from "../raw/rawView";
import { number } from "../view/frame";
import type { Shell } from "./shell";
import type { DocumentView } from "./views";

/** Makes both and connects them with what is around them; `changed` says that a hidden tab is to remember something else. */
export function addFileViews(shell: Shell, strings: GridStrings, messenger: Messenger, changed: () => void): void {
  const { views, announcer } = shell;
  const problem = (text: string | null) => {
    if (text === null) {
      shell.banners.hide("view");
    } else {
      shell.banners.show("view", { severity: "error", text, dismissible: true });
    }
  };
  const selected = (view: DocumentView) => {
    const record = view.place?.record;
    shell.root.dataset["selectedRecord"] = record === undefined ? "" : String(record);
    const text = record === undefined ? "" : format(strings.drawnRecord, number(record + 1));
    void messenger.request("selection", { text }).catch(() => undefined);
    changed();
  };
  const drawn: DrawnView = new DrawnView(strings, messenger, {
    selectionChanged: () => selected(drawn),
    moved: changed,
    failed: (error) => problem(error instanceof Error ? error.message : String(error)),
    copied: () => announcer.say(strings.copiedText),
  });
  const raw: RawView = new RawView(strings, messenger, { selectionChanged: () => selected(raw), moved: changed, problem });
  views.add(drawn);
  views.add(raw);
}
