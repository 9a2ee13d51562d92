/** Errors as the parts of the extension hand them to each other: a stable kind, and a message for people. */
import { l10n } from "vscode";
import type { ErrorKind } from "./generated/protocol";
import type { MessageError } from "./shared/messages";

/** The server's kinds, and those that only the extension knows. */
export type FailureKind =
  | ErrorKind
  /** The server is not running and will not answer. */
  | "serverStopped"
  /** No Python that can run the server was found. */
  | "noInterpreter"
  /** The message is not one we know, or its params do not fit. */
  | "invalidRequest"
  /** There is no open document, so nothing can be asked about it. */
  | "notOpen"
  /** What was given is not what is needed: another file, or none. */
  | "unusable"
  /** More than can be put on the clipboard. */
  | "tooLarge";

/** Something that went wrong in a way we expect. */
export class Failure extends Error {
  readonly kind: FailureKind;
  /** The plugin it is about, if it is about one. */
  readonly pluginId: string | undefined;

  constructor(kind: FailureKind, message: string, pluginId?: string) {
    super(message);
    this.name = "Failure";
    this.kind = kind;
    this.pluginId = pluginId;
  }
}

/** JSON-RPC's and LSP's own codes; the server's errors carry their kind in `data`. */
const REQUEST_CANCELLED = -32800;
const PENDING_REJECTED = -32097;
const CONNECTION_INACTIVE = -32096;

/** `error` with a kind: the server's, or what the connection's own error means. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) {
    return error;
  }
  if (error instanceof Error && "code" in error) {
    const data = "data" in error ? error.data : undefined;
    if (typeof data === "object" && data !== null && "kind" in data && typeof data.kind === "string") {
      const pluginId = "pluginId" in data && typeof data.pluginId === "string" ? data.pluginId : undefined;
      return new Failure(data.kind as FailureKind, error.message, pluginId);
    }
    switch (error.code) {
      case REQUEST_CANCELLED:
        return new Failure("cancelled", error.message);
      case PENDING_REJECTED:
      case CONNECTION_INACTIVE:
        return new Failure("serverStopped", l10n.t("Thoth's server ended before it answered."));
    }
  }
  return new Failure("internal", error instanceof Error ? error.message : String(error));
}

/** The same, as it crosses to the webview. */
export function describe(error: unknown): MessageError {
  const { kind, message } = toFailure(error);
  return { kind, message };
}
