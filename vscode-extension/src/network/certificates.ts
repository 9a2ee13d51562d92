/** How the certificates of a host are checked for one plugin: as usual, by a file as well, or not at all. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";

export type Verification = P.NetworkGrant["verification"];

export interface Certificates {
  readonly verification: Verification;
  /** Absolute path, for `caFile`. */
  readonly caFile: string | null;
}

export const VERIFIED: Certificates = { verification: "verify", caFile: null };

/** Asks which; undefined where the person withdrew. `place` is what it is about. */
export async function chooseCertificates(place: string, now: Certificates): Promise<Certificates | undefined> {
  const { t } = vscode.l10n;
  const item = (verification: Verification, label: string, detail: string) => ({
    label: verification === now.verification ? `$(check) ${label}` : label,
    detail,
    verification,
  });
  const items = [
    item("verify", t("Verify"), t("Accept what the usual authorities vouch for")),
    item("caFile", t("Accept Certificates of a File…"), now.caFile ?? t("For servers with an authority of their own: a file in PEM form is accepted besides the usual authorities")),
    item("insecure", t("Do Not Verify"), t("Accept anything: whoever is on the way can pretend to be this host, read everything and change it")),
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: t("Certificates of {0}", place), placeHolder: t("How are the certificates of this host checked?") });
  switch (chosen?.verification) {
    case undefined:
      return undefined;
    case "verify":
      return VERIFIED;
    case "caFile":
      return chooseFile(place);
    case "insecure":
      return now.verification === "insecure" || (await isMeant(place)) ? { verification: "insecure", caFile: null } : undefined;
  }
}

async function chooseFile(place: string): Promise<Certificates | undefined> {
  const { t } = vscode.l10n;
  const files = await vscode.window.showOpenDialog({
    title: t("Certificates to Accept for {0}", place),
    openLabel: t("Accept"),
    canSelectMany: false,
    filters: { [t("Certificates (PEM)")]: ["pem", "crt", "cer"], [t("All Files")]: ["*"] },
  });
  const file = files?.[0];
  return file === undefined ? undefined : { verification: "caFile", caFile: file.fsPath };
}

async function isMeant(place: string): Promise<boolean> {
  const { t } = vscode.l10n;
  const accept = t("Do Not Verify");
  const detail = t("Whoever is on the way can then pretend to be this host, read everything the plugin sends and change what it gets. For a server of your own, choose the file of its certificates instead.");
  return (await vscode.window.showWarningMessage(t("Accept any certificate of {0}?", place), { modal: true, detail }, accept)) === accept;
}
