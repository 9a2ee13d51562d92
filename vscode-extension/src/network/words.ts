/** What the things of the network are called, in the editor's language. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** `scheme://host:port` without a port that the scheme has anyway; anything else as it is. */
export function shortTarget(target: string): string {
  const [, scheme, authority, port] = /^([a-z]+):\/\/(.+):(\d+)$/.exec(target) ?? [];
  return scheme !== undefined && authority !== undefined && DEFAULT_PORTS[scheme] === Number(port) ? `${scheme}://${authority}` : target;
}

/** `host`, or `host:port` where the port says something; an IPv6 address in brackets. */
export function hostAndPort(host: string, port: number, scheme: string): string {
  const name = host.includes(":") ? `[${host}]` : host;
  return DEFAULT_PORTS[scheme] === port ? name : `${name}:${port}`;
}

/** Whether an address is one of this machine itself. */
export function isLoopback(address: string): boolean {
  return /^127\.\d+\.\d+\.\d+$/.test(address) || address === "::1" || /^::ffff:127\./i.test(address);
}

/** How long a decision is kept, as it stands beside it. */
export function durationTitle(duration: P.NetworkGrant["duration"]): string {
  const { t } = vscode.l10n;
  switch (duration) {
    case "untilClosed":
      return t("for this session");
    case "user":
      return t("always");
    case "workspace":
      return t("in this workspace");
  }
}

export function verificationTitle(verification: P.NetworkGrant["verification"]): string {
  const { t } = vscode.l10n;
  switch (verification) {
    case "verify":
      return t("certificates verified");
    case "caFile":
      return t("own certificates accepted");
    case "insecure":
      return t("certificates not verified");
  }
}

/** Whether a pattern names a place of this machine or a private network, as far as its host tells. */
export function isLocalHost(pattern: string): boolean {
  const authority = pattern.replace(/^[a-z]+:\/\//i, "").replace(/\/$/, "");
  const host = (/^\[(.*)\]/.exec(authority)?.[1] ?? authority.replace(/:(\d+|\*)$/, "")).toLowerCase();
  return !host.includes("*") && /^(localhost|.*\.(localhost|local|internal|lan|home\.arpa)|(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)[\d.]+|::1|f[cd][0-9a-f]{2}:.*)$/.test(host);
}
