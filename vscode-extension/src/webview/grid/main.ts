/** Where the grid begins: runs in the webview, once. */
import type { HostApi } from "../messenger";
import { Messenger } from "../messenger";
import { mount } from "./app/application";
import "./parts";
import "./styles/page.css";
import "@vscode-elements/elements/dist/vscode-badge/index.js";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import "@vscode/codicons/dist/codicon.css";
import "./styles/base.css";
import "./styles/cells.css";
import "./styles/chrome.css";
import "./styles/panes.css";
import "./styles/drawn.css";
import "./styles/rendered.css";
import "./styles/raw.css";
import "./styles/tree.css";
import "../nodes/styles/index.css";
import "./styles/search.css";
import "../theme.css";
import type { HostApi } from "../messenger";
import { Messenger } from "../messenger";
import { start } from "./app/application";
import { followTheme } from "../theme";

declare function acquireVsCodeApi(): HostApi;

followTheme();
const api = acquireVsCodeApi();
const messenger = new Messenger(api);
messenger.listen(window);
mount(document.getElementById("root") ?? document.body.appendChild(document.createElement("main")), api, messenger);
