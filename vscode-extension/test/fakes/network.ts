/** What the server asks and tells about the network. */
import type * as P from "../../src/generated/protocol";

export function question(change: Partial<P.ConsentQuestion> = {}): P.ConsentQuestion {
  return {
    pluginId: "org.example.courier",
    pluginName: "Courier",
    version: "1.0.0",
    origin: "user",
    kind: "http",
    method: "GET",
    target: "https://api.example.org:443",
    host: "api.example.org",
    port: 443,
    addresses: ["192.0.2.1"],
    local: false,
    reason: "To fetch it.",
    redirectedFrom: null,
    ...change,
  };
}
