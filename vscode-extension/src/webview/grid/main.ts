/** Where the grid begins: runs in the webview, once. */
import type { HostApi } from "../messenger";
import { Messenger } from "../messenger";
import { mount } from "./app/application";
import "./parts";
import "./styles/page.css";

declare function acquireVsCodeApi(): HostApi;

const api = acquireVsCodeApi();
const messenger = new Messenger(api);
messenger.listen(window);
mount(document.getElementById("root") ?? document.body.appendChild(document.createElement("main")), api, messenger);
