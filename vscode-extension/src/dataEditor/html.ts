/** The pages of webviews: one script, one style sheet, no data, and nothing allowed that is not listed. */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { themed } from "../themes/pageTheme";

/** The bundles there are (esbuild.mjs). */
type PageName = "grid" | "pluginPage" | "networkActivity" | "panel" | "themeGallery";

/** Begins a page in a webview; whoever talks with it listens by then. */
export function showPage(webview: vscode.Webview, extensionUri: vscode.Uri, name: PageName): void {
  webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(extensionUri)] };
  webview.html = pageHtml(webview, extensionUri, name);
}

/** The only folder the webview may load from. */
function webviewFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "dist", "webview");
}

function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri, name: PageName): string {
  const nonce = randomBytes(18).toString("base64");
  const resource = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(webviewFolder(extensionUri), file)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    ...(name === "panel" ? ["img-src blob:"] : []), // pictures that the page itself has made of bytes (webview/pictures)
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}"${themed(webview)}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Thoth</title>
<link rel="stylesheet" href="${resource(`${name}.css`)}">
</head>
<body>
<main id="root"></main>
<script nonce="${nonce}" src="${resource(`${name}.js`)}"></script>
</body>
</html>`;
}
