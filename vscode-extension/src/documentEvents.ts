/** Brings the server's notifications to whoever has the document open. */
import { EventsById } from "./eventsById";
import type * as P from "./generated/protocol";

export interface DocumentListener {
  progress(event: P.DidProgress): void;
  found(event: P.DidFind): void;
  searched(event: P.DidSearch): void;
  changed(event: P.DidChange): void;
  failed(event: P.DidFail): void;
}

export class DocumentEvents extends EventsById<DocumentListener> {}
