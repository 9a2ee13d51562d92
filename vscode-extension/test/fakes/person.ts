/** A person at VS Code's own lists, fields, dialogs and messages: does what the test says, and remembers what was shown. */
import type * as vscode from "vscode";
import { CancellationTokenSource, EventEmitter, Uri } from "./vscode";

/** What is done at a list: the item that begins so is chosen, a button is pressed, or (null) nothing is wanted. */
export type AtList = string | { readonly button: string } | null;

export class Person {
  /** What to do at the lists that come, in order. */
  lists: AtList[] = [];
  /** What to type, in order; null to withdraw. */
  texts: (string | null)[] = [];
  /** Where to save, in order; null to withdraw. */
  places: (string | null)[] = [];
  /** Buttons to press at messages that come, in order; a message beyond them is dismissed. */
  buttons: string[] = [];
  readonly shown: string[] = [];
  readonly progress: string[] = [];
  readonly cancellation = new CancellationTokenSource();

  /** Puts itself in front of `window`. */
  sitAt(window: Record<string, unknown>): void {
    const message = (text: string, ...rest: unknown[]) => {
      this.shown.push(text);
      const titles = rest.filter((item) => typeof item === "string");
      const next = this.buttons[0];
      return Promise.resolve(next !== undefined && titles.includes(next) ? this.buttons.shift() : undefined);
    };
    Object.assign(window, {
      showErrorMessage: message,
      showWarningMessage: message,
      showInformationMessage: message,
      createQuickPick: () => this.#list(),
      showQuickPick: (items: readonly vscode.QuickPickItem[]) => {
        const wanted = this.lists.shift();
        return Promise.resolve(items.find(({ label }) => typeof wanted === "string" && plain(label).startsWith(wanted)));
      },
      showInputBox: ({ prompt, value }: vscode.InputBoxOptions) => {
        this.shown.push(`${prompt ?? ""}: ${value ?? ""}`);
        return Promise.resolve(this.texts.shift() ?? undefined);
      },
      showSaveDialog: ({ title, defaultUri }: vscode.SaveDialogOptions) => {
        this.shown.push(`${title ?? ""} to ${defaultUri?.path ?? ""}`);
        const place = this.places.shift();
        return Promise.resolve(typeof place === "string" ? Uri.file(place) : undefined);
      },
      withProgress: (options: vscode.ProgressOptions, task: (progress: unknown, token: unknown) => unknown) => {
        this.shown.push(options.title ?? "");
        return task({ report: ({ message }: { message?: string }) => this.progress.push(message ?? "") }, this.cancellation.token);
      },
    });
  }

  #list(): unknown {
    const accepted = new EventEmitter<void>();
    const pressed = new EventEmitter<unknown>();
    const hidden = new EventEmitter<void>();
    const act = (list: { items: readonly vscode.QuickPickItem[]; buttons: readonly { tooltip?: string }[]; selectedItems: unknown[] }): void => {
      const wanted = this.lists.shift();
      if (wanted === null || wanted === undefined) {
        hidden.fire();
      } else if (typeof wanted === "object") {
        pressed.fire(list.buttons.find(({ tooltip }) => tooltip === wanted.button));
      } else {
        list.selectedItems = list.items.filter(({ label }) => plain(label).startsWith(wanted)).slice(0, 1);
        accepted.fire();
      }
    };
    const list = {
      value: "",
      items: [] as readonly vscode.QuickPickItem[],
      buttons: [],
      selectedItems: [],
      activeItems: [],
      onDidAccept: accepted.event,
      onDidTriggerButton: pressed.event,
      onDidChangeValue: () => undefined, // nobody types
      onDidHide: hidden.event,
      // As soon as there is something to choose from.
      show: () => {
        const wait = (): void => {
          if (list.items.length > 0) {
            act(list);
          } else {
            setImmediate(wait);
          }
        };
        setImmediate(wait);
      },
      hide: () => hidden.fire(),
      dispose: () => undefined,
    };
    return list;
  }
}

/** A label without its icon. */
function plain(label: string): string {
  return label.replace(/^\$\([a-z-]+\) /, "");
}
