/** Where the page of a plugin begins: runs in the webview, once. */
import "@vscode/codicons/dist/codicon.css";
import "../grid/styles/announcer.css";
import "../nodes/styles/index.css";
import "./styles/page.css";
import "./styles/permissions.css";
import "./styles/settings.css";
import "../theme.css";
import type { FromPluginPage, ToPluginPage } from "../../shared/pluginPage";
import { pluginStrings } from "../../shared/pluginStrings";
import type { HostApi } from "../messenger";
import { Messenger } from "../messenger";
import { makeEditor } from "../nodes/editor/codeMirror";
import { useEditor } from "../nodes/editor/factory";
import { PluginPageView } from "./page";
import { followTheme } from "../theme";

declare function acquireVsCodeApi(): HostApi;

followTheme();
const api = acquireVsCodeApi();
const messenger = new Messenger<FromPluginPage, ToPluginPage>(api);
messenger.listen(window);
useEditor(makeEditor);
void begin();

async function begin(): Promise<void> {
  const page = new PluginPageView(document.body, api, messenger);
  const { strings, state, hasWorkspace } = await messenger.request("ready", undefined);
  page.start(pluginStrings(strings), state, hasWorkspace);
}
