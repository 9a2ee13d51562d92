/** Which function draws which kind of node. A kind without one, or with one for other fields, does not compile. */
import { button, iconButton } from "./buttons";
import { card, dataRow } from "./cards";
import { buttonGroup, multiSelect, radio, select } from "./choices";
import { code, codeEditor } from "./code";
import type { Drawn, NodeContext } from "./context";
import { badge, breadcrumbs, iconNode, link, progress, spinner, text } from "./display";
import { dataView } from "./dataViews";
import { keyValueList } from "./entries";
import { checkbox, input, numberInput, slider, toggle } from "./inputs";
import { jsonTree } from "./jsonTree";
import {
  bold,
  collapsible,
  colored,
  column,
  footer,
  group,
  italic,
  keyValue,
  row,
  scroll,
  separator,
  sidebarHeader,
  spacer,
} from "./layout";
import { list } from "./lists";
import { markdown } from "./markdown";
import { modal } from "./modal";
import { split, verticalSplit } from "./panes";
import { picture } from "./pictures";
import type { Kind, Node } from "./schema/kinds";
import { table } from "./tables";
import { tabs } from "./tabs";

export type Renderer<K extends Kind> = (node: Node<K>, context: NodeContext) => Drawn;

export const RENDERERS: { readonly [K in Kind]: Renderer<K> } = {
  row,
  column,
  scroll,
  spacer,
  split,
  "v-split": verticalSplit,
  group,
  collapsible,
  footer,
  "key-value": keyValue,
  colored,
  separator,
  tabs,
  modal,
  "sidebar-header": sidebarHeader,
  bold,
  italic,
  text,
  badge,
  icon: iconNode,
  link,
  code,
  markdown,
  progress,
  spinner,
  table,
  "json-tree": jsonTree,
  "data-view": dataView,
  picture,
  "data-row": dataRow,
  card,
  breadcrumbs,
  button,
  "icon-button": iconButton,
  toggle,
  checkbox,
  input,
  "number-input": numberInput,
  slider,
  select,
  "multi-select": multiSelect,
  radio,
  "button-group": buttonGroup,
  "key-value-list": keyValueList,
  list,
  "code-editor": codeEditor,
};
