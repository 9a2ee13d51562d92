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
    waiting: 1,
    ...change,
  };
}

export function grant(change: Partial<P.NetworkGrant> = {}): P.NetworkGrant {
  return {
    pluginId: "org.example.courier",
    pattern: "https://api.example.org",
    decision: "allowed",
    duration: "user",
    local: false,
    addresses: [],
    verification: "verify",
    caFile: null,
    since: "2026-03-01T10:00:00Z",
    ...change,
  };
}

export function grants(all: readonly P.NetworkGrant[], change: Partial<P.NetworkGrants> = {}): P.NetworkGrants {
  return { enabled: true, whyNot: null, grants: [...all], ...change };
}

export function attempt(number: number, change: Partial<P.NetworkActivity> = {}): P.NetworkActivity {
  return {
    number,
    at: "2026-03-01T10:00:00.500Z",
    pluginId: "org.example.courier",
    kind: "http",
    method: "GET",
    url: `https://api.example.org/items/${number}`,
    verdict: "allowed",
    why: "https://api.example.org is allowed, always",
    address: "192.0.2.1",
    status: 200,
    protocol: "HTTP/2",
    sentBytes: 120,
    receivedBytes: 2048,
    timing: { dns: 1.5, connect: 12, tls: 20.25, firstByte: 80, total: 125.5 },
    requestHeaders: [["accept", "*/*"], ["authorization", "…"]],
    responseHeaders: [["content-type", "application/json"]],
    redirectedFrom: null,
    ...change,
  };
}
