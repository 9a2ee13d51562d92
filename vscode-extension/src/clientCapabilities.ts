/** What this client can do beyond LSP, as it says in `initialize`. */
import type { ClientCapabilities, StaticFeature } from "vscode-languageclient/node";

/** The server asks about permissions only a client that says it can ask a person. */
export const THOTH_CAPABILITIES: StaticFeature = {
  fillClientCapabilities: (capabilities: ClientCapabilities) => {
    const others = capabilities.experimental as Record<string, unknown> | undefined;
    capabilities.experimental = { ...others, thoth: { permissions: true } };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};
