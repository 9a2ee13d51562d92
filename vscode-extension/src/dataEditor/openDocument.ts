/** A document that is open on the server, and what the server has said of it since. */
import type { DocumentEvents } from "../documentEvents";
import type * as P from "../generated/protocol";
import type { FileMemory } from "../shared/fileMemory";
import type { EventName, ToWebview } from "../shared/messages";
import type { Searches } from "./searches";

export type Send = <K extends EventName>(event: K, body: ToWebview[K]) => void;

/** What is known of an open document besides what the server answered when it was opened. */
export interface SessionStatus {
  readonly document: P.OpenDocumentResult;
  readonly progress: P.Progress;
  readonly problems: number;
}

/** One generation of a document: reading the file again makes another. */
export class OpenDocument {
  #status: SessionStatus;
  #change: P.DidChange | undefined;
  #failure: P.DidFail | undefined;
  #stopListening: () => void = () => undefined;

  constructor(document: P.OpenDocumentResult) {
    this.#status = { document, progress: document.progress, problems: 0 };
  }

  get status(): SessionStatus {
    return this.#status;
  }

  /** Passes on what is said of this generation, calling `changed` whenever `status` is another. */
  listen(events: DocumentEvents, searches: Searches, send: Send, changed: () => void): void {
    const { document } = this.#status;
    const isCurrent = (event: { readonly generation: number }): boolean => event.generation === document.generation;
    this.#stopListening = events.listen(document.documentId, {
      progress: (event) => {
        if (isCurrent(event)) {
          const current = event.columns === null ? this.#status.document : { ...document, columns: event.columns };
          this.#status = { document: current, progress: event.progress, problems: event.problems };
          send("progress", event);
          changed();
        }
      },
      found: (event) => {
        const translated = searches.translate(event);
        if (translated !== undefined) {
          send("found", translated);
        }
      },
      searched: (event) => {
        const translated = searches.translate(event);
        if (translated !== undefined) {
          send("searched", translated);
        }
      },
      changed: (event) => {
        if (isCurrent(event)) {
          this.#change = event;
          send("changed", event);
        }
      },
      failed: (event) => {
        if (isCurrent(event)) {
          this.#failure = event;
          send("failed", event);
        }
      },
    });
  }

  /** Tells a webview that was made anew what is open and what has become of it. */
  tellAgain(fileName: string, memory: FileMemory, send: Send): void {
    const { document, progress } = this.#status;
    send("opened", { fileName, document: { ...document, progress }, memory, reason: "opened" });
    if (this.#failure !== undefined) {
      send("failed", this.#failure);
    }
    if (this.#change !== undefined) {
      send("changed", this.#change);
    }
  }

  /** Nothing that is still said of it is passed on. */
  stopListening(): void {
    this.#stopListening();
  }
}
