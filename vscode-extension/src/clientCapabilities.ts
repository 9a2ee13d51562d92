/** What this client can do beyond LSP, as it says in `initialize`. */
import type { ClientCapabilities, StaticFeature } from "vscode-languageclient/node";

/**
 * The server asks about permissions, hosts and files only a client that says it can ask a person, and gives secrets only to
 * one that says it keeps them. It announces its commands only to one that does not say it has them itself: the library would
 * register them, and VS Code refuses a second one of the same name.
 */
export const THOTH_CAPABILITIES: StaticFeature = {
  fillClientCapabilities: (capabilities: ClientCapabilities) => {
    const others = capabilities.experimental as Record<string, unknown> | undefined;
    capabilities.experimental = { ...others, thoth: { permissions: true, consent: true, secrets: true, dialogs: true, showFile: true, panels: true, ownCommands: true } };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};
