/** What the server asks of this side, and who answers. */
import type { CancellationToken } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type * as P from "./generated/protocol";
import * as requests from "./generated/requests";

/** One function a question; the token says that the answer is no longer wanted. */
export interface Answers {
  /** What a plugin may do. */
  readonly askPermission: (question: P.PermissionQuestion, token: CancellationToken) => Promise<P.PermissionAnswer>;
  /** Whether a plugin may reach a host. */
  readonly askConsent: (question: P.ConsentQuestion, token: CancellationToken) => Promise<P.ConsentAnswer>;
}

export function answerQuestions(client: LanguageClient, { askPermission, askConsent }: Answers): void {
  client.onRequest(requests.permissionRequest.method, askPermission);
  client.onRequest(requests.consentRequest.method, askConsent);
}
