/** What a page needs for grids, wherever on it they are: elements and styles. */
import "@vscode-elements/elements/dist/vscode-badge/index.js";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import "@vscode/codicons/dist/codicon.css";
import "./styles/base.css";
import "./styles/announcer.css";
import "./styles/cells.css";
import "./styles/chrome.css";
import "./styles/panes.css";
import "./styles/drawn.css";
import "./styles/rendered.css";
import "./styles/raw.css";
import "./styles/tree.css";
import "../nodes/styles/index.css";
import "./styles/search.css";
