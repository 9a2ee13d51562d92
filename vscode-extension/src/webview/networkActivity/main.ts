/** Where the page "Network Activity" begins: runs in the webview, once. */
import "@vscode/codicons/dist/codicon.css";
import "../grid/styles/announcer.css";
import "./styles/activity.css";
import "./styles/attempts.css";
import "./styles/details.css";
import { activityStrings } from "../../shared/activityStrings";
import "../theme.css";
import type { FromActivityPage, ToActivityPage } from "../../shared/networkActivity";
import type { HostApi } from "../messenger";
import { Messenger } from "../messenger";
import { ActivityPageView } from "./page";
import { followTheme } from "../theme";

declare function acquireVsCodeApi(): HostApi;

followTheme();
const api = acquireVsCodeApi();
const messenger = new Messenger<FromActivityPage, ToActivityPage>(api);
messenger.listen(window);
void begin();

async function begin(): Promise<void> {
  const page = new ActivityPageView(document.body, api, messenger);
  const { strings, locale, filter, switch: told } = await messenger.request("ready", undefined);
  page.start(activityStrings(strings), locale, filter, told);
}
