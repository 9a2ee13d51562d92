/** Where the page of a panel begins: runs in the webview, once. */
import "../grid/parts";
import "./styles/panel.css";
import "../theme.css";
import type { FromPanelPage, ToPanelPage } from "../../shared/panelPage";
import { panelStrings } from "../../shared/panelStrings";
import type { HostApi } from "../messenger";
import { Messenger } from "../messenger";
import { PageDataViews } from "../dataView/dataViews";
import { makeEditor } from "../nodes/editor/codeMirror";
import { useEditor } from "../nodes/editor/factory";
import { PanelPage } from "./page";
import { followTheme } from "../theme";

declare function acquireVsCodeApi(): HostApi;

followTheme();
const api = acquireVsCodeApi();
const messenger = new Messenger<FromPanelPage, ToPanelPage>(api);
messenger.listen(window);
const dataViews = new PageDataViews(api);
dataViews.listen(window);
useEditor(makeEditor);
void begin();

async function begin(): Promise<void> {
  const page = new PanelPage(document.body, api, messenger, dataViews);
  const { strings, name, place } = await messenger.request("ready", undefined);
  page.start(panelStrings(strings), name, place);
}
