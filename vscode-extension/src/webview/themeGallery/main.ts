/** Where the gallery of themes begins: runs in the webview, once. */
import "@vscode/codicons/dist/codicon.css";
import "../grid/styles/announcer.css";
import "../theme.css";
import "./gallery.css";
import { galleryStrings, type FromThemeGallery, type ToThemeGallery } from "../../shared/themeGallery";
import type { HostApi } from "../messenger";
import { Messenger } from "../messenger";
import { followTheme } from "../theme";
import { Gallery } from "./gallery";

declare function acquireVsCodeApi(): HostApi;

followTheme();
const api = acquireVsCodeApi();
const messenger = new Messenger<FromThemeGallery, ToThemeGallery>(api);
messenger.listen(window);
void begin();

async function begin(): Promise<void> {
  const { strings, filter } = await messenger.request("ready", undefined);
  await new Gallery(document.body, api, messenger).start(galleryStrings(strings), filter);
}
