/** Where the grid begins: runs in the webview, once. */
import type { HostApi } from "../messenger";
import { Messenger } from "../messenger";
import { followTheme } from "../theme";
import { mount } from "./app/application";
import "./parts";
import "./styles/page.css";
import "../theme.css";

declare function acquireVsCodeApi(): HostApi;

followTheme();
const api = acquireVsCodeApi();
const messenger = new Messenger(api);
messenger.listen(window);
mount(document.getElementById("root") ?? document.body.appendChild(document.createElement("main")), api, messenger);
