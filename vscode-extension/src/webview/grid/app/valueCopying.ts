/** Copying one value, its name or its path: what is asked of the host, and what is said about how it went. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { ValueForm } from "../../../shared/messages";
import { PATH_FORMATS } from "../../../shared/paths/formats";
import type { Path, PathSyntax } from "../../../shared/paths/path";
import type { Messenger } from "../../messenger";
import { HostError } from "../../messenger";
import type { MenuItem } from "../chrome/contextMenu";
import { number } from "../view/frame";
import type { Shell } from "./shell";
import type { Place } from "./views";

export class ValueCopying {
  readonly #shell: Pick<Shell, "banners" | "announcer">;
  readonly #strings: GridStrings;
  readonly #messenger: Messenger;

  constructor(shell: Pick<Shell, "banners" | "announcer">, strings: GridStrings, messenger: Messenger) {
    this.#shell = shell;
    this.#strings = strings;
    this.#messenger = messenger;
  }

  /** Copies a value, whole, however long it is. */
  value(generation: number, place: Place, form: ValueForm): Promise<void> {
    return this.#saying(async () => {
      const { characters } = await this.#messenger.request("copyValue", { generation, ...place, form });
      return format(this.#strings.copiedCharacters, number(characters));
    });
  }

  /** Copies a path as other programs write it. */
  path(path: Path, syntax: PathSyntax): Promise<void> {
    return this.text(PATH_FORMATS[syntax](path));
  }

  text(text: string): Promise<void> {
    return this.#saying(async () => {
      await this.#messenger.request("copyText", { text });
      return this.#strings.copiedText;
    });
  }

  /** The ways to copy a path, for a context menu. */
  pathItems(path: () => Path): readonly MenuItem[] {
    const strings = this.#strings;
    const item = (label: string, syntax: PathSyntax): MenuItem => ({ label, run: () => void this.path(path(), syntax) });
    return [
      item(strings.copyPathJsonPath, "jsonPath"),
      item(strings.copyPathJavaScript, "javascript"),
      item(strings.copyPathJq, "jq"),
      item(strings.copyPathPointer, "jsonPointer"),
    ];
  }

  async #saying(work: () => Promise<string>): Promise<void> {
    const { banners, announcer } = this.#shell;
    try {
      const said = await work();
      banners.hide("copy");
      announcer.say(said);
    } catch (error) {
      if (!(error instanceof HostError && error.kind === "cancelled")) {
        const message = error instanceof Error ? error.message : String(error);
        banners.show("copy", { severity: "error", text: format(this.#strings.copyFailed, message), dismissible: true });
      }
    }
  }
}
