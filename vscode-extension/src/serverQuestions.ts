/** What the server asks of this side, and who answers. */
import type { CancellationToken } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type * as P from "./generated/protocol";
import * as requests from "./generated/requests";
import type { SecretVault } from "./plugins/secretVault";

/** One function a question; the token says that the answer is no longer wanted. */
export interface Answers {
  /** Secrets that plugins keep. */
  readonly secrets: Pick<SecretVault, "read" | "store" | "forgetAll">;
  /** A file of the person's, for a plugin. */
  readonly askFile: (params: P.FileDialogParams, token: CancellationToken) => Promise<P.FileDialogResult>;
  /** Opens a file that the server wrote. */
  readonly showFile: (params: P.ShowFileParams) => Promise<P.Empty>;
  /** Opens a tab of a plugin. */
  readonly showPanel: (params: P.ShowPanelParams) => P.Empty;
  /** What a plugin may do. */
  readonly askPermission: (question: P.PermissionQuestion, token: CancellationToken) => Promise<P.PermissionAnswer>;
  /** Whether a plugin may reach a host. */
  readonly askConsent: (question: P.ConsentQuestion, token: CancellationToken) => Promise<P.ConsentAnswer>;
}

export function answerQuestions(client: LanguageClient, { askPermission, askConsent, secrets, askFile, showFile, showPanel }: Answers): void {
  client.onRequest(requests.permissionRequest.method, askPermission);
  client.onRequest(requests.consentRequest.method, askConsent);
  client.onRequest(requests.secretRead.method, (params: P.SecretRef) => secrets.read(params));
  client.onRequest(requests.secretStore.method, (params: P.StoreSecretParams) => secrets.store(params));
  client.onRequest(requests.secretForgetAll.method, (params: P.SecretOwner) => secrets.forgetAll(params));
  client.onRequest(requests.dialogFile.method, askFile);
  client.onRequest(requests.documentShow.method, showFile);
  client.onRequest(requests.panelShow.method, showPanel);
}
