"""A function for each kind of node, and for the parts of some.

Written by scripts/generate_ui_builders.py from docs/ui-nodes.schema.json; what a field means stands in
docs/ui-nodes.md. A field that has its default is left out of the tree. Children may be texts, which stand for plain
text nodes, and None, which stands for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from thoth_plugin.nodes import Child, Node, node_of, nodes_of
from thoth_plugin.parts import Choice, Part, badge_at_end, choices_of, icon_before, image_before, options_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "Child",
    "Choice",
    "Node",
    "Part",
    "action",
    "badge",
    "badge_at_end",
    "bold",
    "breadcrumbs",
    "button",
    "button_group",
    "card",
    "card_action",
    "checkbox",
    "choice",
    "code",
    "code_editor",
    "collapsible",
    "colored",
    "column",
    "data_row",
    "data_view",
    "entry",
    "footer",
    "group",
    "icon",
    "icon_before",
    "icon_button",
    "image",
    "image_before",
    "input",
    "italic",
    "item",
    "json_tree",
    "key_value",
    "key_value_list",
    "link",
    "list",
    "markdown",
    "modal",
    "multi_select",
    "number_input",
    "option",
    "picture",
    "progress",
    "radio",
    "row",
    "scroll",
    "select",
    "separator",
    "sidebar_header",
    "slider",
    "spacer",
    "spinner",
    "split",
    "syntax",
    "table",
    "tabs",
    "text",
    "toggle",
    "v_split",
]


def action(*, id: str = "", icon: str = "", tooltip: str = "") -> Part:
    """A part of a node."""
    made = Part()
    if id:
        made["id"] = id
    if icon:
        made["icon"] = icon
    if tooltip:
        made["tooltip"] = tooltip
    return made


def card_action(label: str, *, danger: bool = False) -> Part:
    """A part of a node."""
    made = Part(label=label)
    if danger:
        made["danger"] = danger
    return made


def choice(value: str, label: str, *, icon: str | None = None) -> Part:
    """A part of a node."""
    made = Part(value=value, label=label)
    if icon is not None:
        made["icon"] = icon
    return made


def entry(*, key: str = "", value: str = "", enabled: bool = True) -> Part:
    """A part of a node."""
    made = Part()
    if key:
        made["key"] = key
    if value:
        made["value"] = value
    if not enabled:
        made["enabled"] = enabled
    return made


def image(bytes: Sequence[float], *, uri: str = "") -> Part:
    """A part of a node."""
    made = Part(bytes=[*bytes])
    if uri:
        made["uri"] = uri
    return made


def item(
    title: str,
    *,
    key: str | None = None,
    description: str | None = None,
    meta: str | None = None,
    prefix: Mapping[str, Any] | None = None,
    badge: Mapping[str, Any] | None = None,
    postfix: Mapping[str, Any] | None = None,
    actions: Sequence[Mapping[str, Any]] = (),
    tags: Sequence[str] = (),
    accent: str | None = None,
    title_color: str | None = None,
    selected: bool = False,
) -> Part:
    """A part of a node."""
    made = Part(title=title)
    if key is not None:
        made["key"] = key
    if description is not None:
        made["description"] = description
    if meta is not None:
        made["meta"] = meta
    if prefix is not None:
        made["prefix"] = prefix
    if badge is not None:
        made["badge"] = badge
    if postfix is not None:
        made["postfix"] = postfix
    if actions:
        made["actions"] = [*actions]
    if tags:
        made["tags"] = [*tags]
    if accent is not None:
        made["accent"] = accent
    if title_color is not None:
        made["title-color"] = title_color
    if selected:
        made["selected"] = selected
    return made


def option(value: str, label: str | None = None) -> Part:
    """A part of a node."""
    made = Part(value=value)
    if label is not None:
        made["label"] = label
    return made


def syntax(
    *,
    language: str = "",
    case_sensitive: bool = False,
    comment: str | None = None,
    comment_multiline: Sequence[str] = (),
    keywords: Sequence[str] = (),
    types: Sequence[str] = (),
    special: Sequence[str] = (),
) -> Part:
    """A part of a node."""
    made = Part()
    if language:
        made["language"] = language
    if case_sensitive:
        made["case_sensitive"] = case_sensitive
    if comment is not None:
        made["comment"] = comment
    if comment_multiline:
        made["comment_multiline"] = [*comment_multiline]
    if keywords:
        made["keywords"] = [*keywords]
    if types:
        made["types"] = [*types]
    if special:
        made["special"] = [*special]
    return made


def row(
    *children: Child,
    gap: float = 0,
    padding: float = 0,
    align: Literal["start", "center", "end", "fill"] = "start",
    bg_color: Literal["none", "bg", "bg-panel", "bg-sunken", "surface", "surface-raised", "surface-active", "base", "mantle", "crust", "surface0", "surface1", "surface2", "overlay1"] = "none",
    max_width: bool = False,
    height: float | None = None,
    key: str | None = None,
) -> Node:
    """Children side by side, wrapped where there is no room. `align` places them; with `fill` or `max-width` they share
    the width.
    """
    made = Node(type="row")
    if children:
        made["children"] = nodes_of(children)
    if gap != 0:
        made["gap"] = gap
    if padding != 0:
        made["padding"] = padding
    if align != "start":
        made["align"] = align
    if bg_color != "none":
        made["bg-color"] = bg_color
    if max_width:
        made["max-width"] = max_width
    if height is not None:
        made["height"] = height
    if key is not None:
        made["key"] = key
    return made


def column(*children: Child, gap: float = 0, padding: float = 0, framed: bool = False, key: str | None = None) -> Node:
    """Children below each other; `framed` puts a border around them."""
    made = Node(type="column")
    if children:
        made["children"] = nodes_of(children)
    if gap != 0:
        made["gap"] = gap
    if padding != 0:
        made["padding"] = padding
    if framed:
        made["framed"] = framed
    if key is not None:
        made["key"] = key
    return made


def scroll(
    child: Node | str,
    *,
    max_height: float | None = None,
    both: bool = False,
    id: str = "",
    key: str | None = None,
) -> Node:
    """One child that scrolls, with `both` sideways too."""
    made = Node(type="scroll", child=node_of(child))
    if max_height is not None:
        made["max_height"] = max_height
    if both:
        made["both"] = both
    if id:
        made["id"] = id
    if key is not None:
        made["key"] = key
    return made


def spacer(size: float, *, key: str | None = None) -> Node:
    """Empty space of so many pixels."""
    made = Node(type="spacer", size=size)
    if key is not None:
        made["key"] = key
    return made


def split(
    *children: Child,
    gap: float = 0,
    widths: Sequence[float] = (),
    separator: bool = False,
    align: Literal["start", "center", "end", "fill"] = "start",
    fill_height: bool = False,
    framed: bool = False,
    resizable: bool = False,
    id: str = "",
    min_pane: float = 120,
    key: str | None = None,
) -> Node:
    """Areas side by side; `widths` are their shares. Two of them can be `resizable`."""
    made = Node(type="split")
    if children:
        made["children"] = nodes_of(children)
    if gap != 0:
        made["gap"] = gap
    if widths:
        made["widths"] = [*widths]
    if separator:
        made["separator"] = separator
    if align != "start":
        made["align"] = align
    if fill_height:
        made["fill_height"] = fill_height
    if framed:
        made["framed"] = framed
    if resizable:
        made["resizable"] = resizable
    if id:
        made["id"] = id
    if min_pane != 120:
        made["min_pane"] = min_pane
    if key is not None:
        made["key"] = key
    return made


def v_split(
    top: Node | str,
    bottom: Node | str,
    *,
    id: str = "",
    default_ratio: float = 0.5,
    min_pane: float = 80,
    key: str | None = None,
) -> Node:
    """Two areas above each other with a divider that moves."""
    made = Node(type="v-split", top=node_of(top), bottom=node_of(bottom))
    if id:
        made["id"] = id
    if default_ratio != 0.5:
        made["default_ratio"] = default_ratio
    if min_pane != 80:
        made["min_pane"] = min_pane
    if key is not None:
        made["key"] = key
    return made


def group(label: str, *children: Child, key: str | None = None) -> Node:
    """Children below a heading that folds them; begins open."""
    made = Node(type="group", label=label)
    if children:
        made["children"] = nodes_of(children)
    if key is not None:
        made["key"] = key
    return made


def collapsible(label: str, *children: Child, key: str | None = None) -> Node:
    """Children below a heading that folds them; begins closed."""
    made = Node(type="collapsible", label=label)
    if children:
        made["children"] = nodes_of(children)
    if key is not None:
        made["key"] = key
    return made


def footer(*children: Child, gap: float = 0, padding: float = 0, key: str | None = None) -> Node:
    """Children in a line that stays at the lower edge."""
    made = Node(type="footer")
    if children:
        made["children"] = nodes_of(children)
    if gap != 0:
        made["gap"] = gap
    if padding != 0:
        made["padding"] = padding
    if key is not None:
        made["key"] = key
    return made


def key_value(key: str, value: Node | str) -> Node:
    """A name and what it stands for."""
    made = Node(type="key-value", key=key, value=node_of(value))
    return made


def colored(color: str, child: Node | str, *, key: str | None = None) -> Node:
    """One child with another colour of text."""
    made = Node(type="colored", color=color, child=node_of(child))
    if key is not None:
        made["key"] = key
    return made


def separator(
    *,
    margin_top: float = 0,
    margin_bottom: float = 0,
    color: str | None = None,
    thickness: float | None = None,
    spacing: float | None = None,
    key: str | None = None,
) -> Node:
    """A line across."""
    made = Node(type="separator")
    if margin_top != 0:
        made["margin-top"] = margin_top
    if margin_bottom != 0:
        made["margin-bottom"] = margin_bottom
    if color is not None:
        made["color"] = color
    if thickness is not None:
        made["thickness"] = thickness
    if spacing is not None:
        made["spacing"] = spacing
    if key is not None:
        made["key"] = key
    return made


def tabs(
    id: str,
    *children: Child,
    headers: Sequence[str] = (),
    icons: Sequence[str] = (),
    icon_only: bool = False,
    size: Literal["Small", "Medium", "Large"] = "Medium",
    actions: Sequence[Mapping[str, Any]] = (),
    content_gap: float = 0,
    key: str | None = None,
) -> Node:
    """Areas of which one is shown, with actions beside their headers.
    
    - `change` (text): Another tab is chosen: its header.
    - `click` (none): An action beside the tabs is pressed.
    """
    made = Node(type="tabs", id=id)
    if headers:
        made["headers"] = [*headers]
    if icons:
        made["icons"] = [*icons]
    if icon_only:
        made["icon-only"] = icon_only
    if size != "Medium":
        made["size"] = size
    if actions:
        made["actions"] = [*actions]
    if children:
        made["children"] = nodes_of(children)
    if content_gap != 0:
        made["content-gap"] = content_gap
    if key is not None:
        made["key"] = key
    return made


def modal(
    id: str,
    title: str,
    *children: Child,
    eyebrow: str | None = None,
    eyebrow_color: str | None = None,
    subtitle: str | None = None,
    open: bool = False,
    close_id: str | None = None,
    width: float | None = None,
    width_pct: float | None = None,
    height_pct: float | None = None,
    glyph: str | None = None,
    glyph_color: str | None = None,
    glyph_tile: bool = False,
    dismissible: bool = True,
    footer: Sequence[Child] = (),
    key: str | None = None,
) -> Node:
    """A dialog, while `open`. It takes the focus and keeps it until it is closed, which gives it back.
    
    - `click` (none): Escape, the button in the corner or a click beside it, where `dismissible`.
    """
    made = Node(type="modal", id=id, title=title)
    if eyebrow is not None:
        made["eyebrow"] = eyebrow
    if eyebrow_color is not None:
        made["eyebrow-color"] = eyebrow_color
    if subtitle is not None:
        made["subtitle"] = subtitle
    if open:
        made["open"] = open
    if close_id is not None:
        made["close-id"] = close_id
    if width is not None:
        made["width"] = width
    if width_pct is not None:
        made["width-pct"] = width_pct
    if height_pct is not None:
        made["height-pct"] = height_pct
    if glyph is not None:
        made["glyph"] = glyph
    if glyph_color is not None:
        made["glyph-color"] = glyph_color
    if glyph_tile:
        made["glyph_tile"] = glyph_tile
    if not dismissible:
        made["dismissible"] = dismissible
    if children:
        made["children"] = nodes_of(children)
    if footer:
        made["footer"] = nodes_of(footer)
    if key is not None:
        made["key"] = key
    return made


def sidebar_header(
    title: str,
    *,
    trailing_text: str | None = None,
    actions: Sequence[Mapping[str, Any]] = (),
    key: str | None = None,
) -> Node:
    """A title with actions beside it.
    
    - `click` (none): An action is pressed.
    """
    made = Node(type="sidebar-header", title=title)
    if trailing_text is not None:
        made["trailing_text"] = trailing_text
    if actions:
        made["actions"] = [*actions]
    if key is not None:
        made["key"] = key
    return made


def bold(*, child: Node | str | None = None, text: str | None = None, key: str | None = None) -> Node:
    """A spelling of the contract's comments: a child, or text, in bold."""
    made = Node(type="bold")
    if child is not None:
        made["child"] = node_of(child)
    if text is not None:
        made["text"] = text
    if key is not None:
        made["key"] = key
    return made


def italic(*, child: Node | str | None = None, text: str | None = None, key: str | None = None) -> Node:
    """A spelling of the contract's comments: a child, or text, in italics."""
    made = Node(type="italic")
    if child is not None:
        made["child"] = node_of(child)
    if text is not None:
        made["text"] = text
    if key is not None:
        made["key"] = key
    return made


def text(
    text: str,
    *,
    variant: Literal["panel-header", "section-header", "group-label", "title", "heading", "body-large", "body", "body-muted", "subtitle", "caption", "label", "mono"] = "body",
    color: str | None = None,
    size: float | None = None,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    key: str | None = None,
) -> Node:
    """Words. `heading`, `title` and `section-header` are headings to screen readers."""
    made = Node(type="text", text=text)
    if variant != "body":
        made["variant"] = variant
    if color is not None:
        made["color"] = color
    if size is not None:
        made["size"] = size
    if bold:
        made["bold"] = bold
    if italic:
        made["italic"] = italic
    if underline:
        made["underline"] = underline
    if key is not None:
        made["key"] = key
    return made


def badge(
    label: str,
    *,
    color: str | None = None,
    outlined: bool = False,
    soft: bool = False,
    size: Literal["Small", "Medium", "Large"] = "Small",
    icon: str | None = None,
    pill: bool = False,
    mono: bool = True,
    bold: bool = False,
    font_size: float | None = None,
    key: str | None = None,
) -> Node:
    """A short label in a box: filled, `soft` or `outlined`."""
    made = Node(type="badge", label=label)
    if color is not None:
        made["color"] = color
    if outlined:
        made["outlined"] = outlined
    if soft:
        made["soft"] = soft
    if size != "Small":
        made["size"] = size
    if icon is not None:
        made["icon"] = icon
    if pill:
        made["pill"] = pill
    if not mono:
        made["mono"] = mono
    if bold:
        made["bold"] = bold
    if font_size is not None:
        made["font-size"] = font_size
    if key is not None:
        made["key"] = key
    return made


def icon(glyph: str, *, color: str | None = None, size: float = 13, key: str | None = None) -> Node:
    """A glyph of Phosphor's font, drawn as the editor's own icon; a neutral one where there is none. Any other character
    is drawn as it is.
    """
    made = Node(type="icon", glyph=glyph)
    if color is not None:
        made["color"] = color
    if size != 13:
        made["size"] = size
    if key is not None:
        made["key"] = key
    return made


def link(label: str, url: str, *, key: str | None = None) -> Node:
    """Opens a web page (http, https) after VS Code has asked."""
    made = Node(type="link", label=label, url=url)
    if key is not None:
        made["key"] = key
    return made


def code(value: str, *, language: str | None = None, key: str | None = None) -> Node:
    """Code to be read, coloured for json, jsonc, sql, rust and shell."""
    made = Node(type="code", value=value)
    if language is not None:
        made["language"] = language
    if key is not None:
        made["key"] = key
    return made


def markdown(value: str, *, key: str | None = None) -> Node:
    """CommonMark with tables. HTML is shown as text, images by their description."""
    made = Node(type="markdown", value=value)
    if key is not None:
        made["key"] = key
    return made


def progress(
    value: float,
    *,
    color: str | None = None,
    height: float = 6,
    readout: str | None = None,
    key: str | None = None,
) -> Node:
    """A bar from 0 to 1."""
    made = Node(type="progress", value=value)
    if color is not None:
        made["color"] = color
    if height != 6:
        made["height"] = height
    if readout is not None:
        made["readout"] = readout
    if key is not None:
        made["key"] = key
    return made


def spinner(*, size: float = 16, key: str | None = None) -> Node:
    """Something is under way."""
    made = Node(type="spinner")
    if size != 16:
        made["size"] = size
    if key is not None:
        made["key"] = key
    return made


def table(
    headers: Sequence[str] = (),
    rows: Sequence[Sequence[Child]] = (),
    *,
    min_col_width: float = 150,
    column_types: Sequence[Literal["text", "integer", "float", "boolean", "timestamp", "date", "time", "uuid", "json", "enum"]] = (),
    framed: bool = True,
    key: str | None = None,
) -> Node:
    """Rows of nodes below headers, of which only those in sight are drawn. Numbers and times are at the right, enums are
    pills, null is muted. Columns are made wider with the pointer or Shift and the arrow keys, and as wide as they
    need with a double click; the context menu copies a cell, a row or a column.
    """
    made = Node(type="table")
    if headers:
        made["headers"] = [*headers]
    if rows:
        made["rows"] = rows_of(rows)
    if min_col_width != 150:
        made["min_col_width"] = min_col_width
    if column_types:
        made["column_types"] = [*column_types]
    if not framed:
        made["framed"] = framed
    if key is not None:
        made["key"] = key
    return made


def json_tree(value: Any, *, id: str = "json-tree", framed: bool = True, key: str | None = None) -> Node:
    """Any value as a tree that folds, of which only the rows in sight are drawn. All of it begins open."""
    made = Node(type="json-tree", value=value)
    if id != "json-tree":
        made["id"] = id
    if not framed:
        made["framed"] = framed
    if key is not None:
        made["key"] = key
    return made


def data_view(
    handle: str,
    *,
    id: str = "",
    caption: str | None = None,
    name: str = "",
    height: float | None = None,
    view: Literal["table", "tree", "raw"] | None = None,
    key: str | None = None,
) -> Node:
    """A data set, or a body that was received, by its handle; only panels show it. `name` is the file name of a body,
    whose ending says what it is. It is as high as its surroundings let it be, or as `height` says.
    """
    made = Node(type="data-view", handle=handle)
    if id:
        made["id"] = id
    if caption is not None:
        made["caption"] = caption
    if name:
        made["name"] = name
    if height is not None:
        made["height"] = height
    if view is not None:
        made["view"] = view
    if key is not None:
        made["key"] = key
    return made


def picture(handle: str, *, id: str = "", alt: str = "", height: float | None = None, key: str | None = None) -> Node:
    """A picture that was received as a body, by its handle; only panels show it. PNG, JPEG, GIF, WebP, AVIF, BMP, ICO
    and SVG are drawn (an SVG without its scripts and what it would load), of at most 16 MiB and 64 megapixels. It is
    fitted into its place, or shown as large as it is when a person asks for that.
    """
    made = Node(type="picture", handle=handle)
    if id:
        made["id"] = id
    if alt:
        made["alt"] = alt
    if height is not None:
        made["height"] = height
    if key is not None:
        made["key"] = key
    return made


def data_row(
    display_text: str,
    row_id: str,
    *,
    id: str = "",
    key_token: Literal["key", "str", "number", "boolean", "bracket"] | None = None,
    value_token: Literal["key", "str", "number", "boolean", "bracket"] | None = None,
    background: str | None = None,
    highlights: Mapping[str, Any] | None = None,
    syntax_highlighting: bool = False,
    summary_value: bool = False,
    indent: float = 0,
    caret: bool | None = None,
    leading_icon: Mapping[str, Any] | None = None,
    trailing: str | None = None,
    chip: str | None = None,
    action_icon: str | None = None,
    action_tooltip: str | None = None,
    truncate: bool = False,
    selected: bool = False,
    key: str | None = None,
) -> Node:
    """A line `name: value` in the manner of a tree.
    
    - `click` (text): The row is pressed: its `row_id`.
    - `toggle` (text): Its triangle is pressed, or an arrow key opens or closes it: its `row_id`.
    - `action` (text): Its action is pressed: its `row_id`.
    """
    made = Node(type="data-row", display_text=display_text, row_id=row_id)
    if id:
        made["id"] = id
    if key_token is not None:
        made["key_token"] = key_token
    if value_token is not None:
        made["value_token"] = value_token
    if background is not None:
        made["background"] = background
    if highlights is not None:
        made["highlights"] = highlights
    if syntax_highlighting:
        made["syntax_highlighting"] = syntax_highlighting
    if summary_value:
        made["summary_value"] = summary_value
    if indent != 0:
        made["indent"] = indent
    if caret is not None:
        made["caret"] = caret
    if leading_icon is not None:
        made["leading_icon"] = leading_icon
    if trailing is not None:
        made["trailing"] = trailing
    if chip is not None:
        made["chip"] = chip
    if action_icon is not None:
        made["action_icon"] = action_icon
    if action_tooltip is not None:
        made["action_tooltip"] = action_tooltip
    if truncate:
        made["truncate"] = truncate
    if selected:
        made["selected"] = selected
    if key is not None:
        made["key"] = key
    return made


def card(
    title: str,
    *,
    id: str = "",
    subtitle: str | None = None,
    meta: str | None = None,
    tags: Sequence[str] = (),
    enabled: bool | None = None,
    icon: Mapping[str, Any] | None = None,
    body: Node | str | None = None,
    actions: Sequence[Mapping[str, Any]] = (),
    key: str | None = None,
) -> Node:
    """A box with a title, a picture, tags and one child. Without an `id` its switch and its actions are only shown.
    
    - `change` (boolean): The switch is flipped: the new state.
    - `action` (position): An action is pressed: its position.
    """
    made = Node(type="card", title=title)
    if id:
        made["id"] = id
    if subtitle is not None:
        made["subtitle"] = subtitle
    if meta is not None:
        made["meta"] = meta
    if tags:
        made["tags"] = [*tags]
    if enabled is not None:
        made["enabled"] = enabled
    if icon is not None:
        made["icon"] = icon
    if body is not None:
        made["body"] = node_of(body)
    if actions:
        made["actions"] = [*actions]
    if key is not None:
        made["key"] = key
    return made


def breadcrumbs(path: str = "", *, id: str = "", separator: str = ".", key: str | None = None) -> Node:
    """A path in steps. Without an `id` the steps are only shown.
    
    - `click` (text): A step is pressed: the path up to it.
    """
    made = Node(type="breadcrumbs")
    if id:
        made["id"] = id
    if path:
        made["path"] = path
    if separator != ".":
        made["separator"] = separator
    if key is not None:
        made["key"] = key
    return made


def button(
    id: str,
    label: str,
    *,
    button_type: Literal["Elevated", "Text", "Soft"] = "Elevated",
    color: Literal["Default", "Primary", "Secondary", "Danger", "Success", "Warning"] = "Default",
    button_size: Literal["Small", "Medium", "Large"] = "Medium",
    hover_text: str | None = None,
    size: float | None = None,
    width: float | None = None,
    height: float | None = None,
    enabled: bool = True,
    icon: str | None = None,
    copy: str | None = None,
    full_width: bool = False,
    key: str | None = None,
) -> Node:
    """A button with words.
    
    - `click` (none): It is pressed. The text of `copy` is on the clipboard by then.
    """
    made = Node(type="button", label=label)
    if id:
        made["id"] = id
    if button_type != "Elevated":
        made["button-type"] = button_type
    if color != "Default":
        made["color"] = color
    if button_size != "Medium":
        made["button_size"] = button_size
    if hover_text is not None:
        made["hover_text"] = hover_text
    if size is not None:
        made["size"] = size
    if width is not None:
        made["width"] = width
    if height is not None:
        made["height"] = height
    if not enabled:
        made["enabled"] = enabled
    if icon is not None:
        made["icon"] = icon
    if copy is not None:
        made["copy"] = copy
    if full_width:
        made["full-width"] = full_width
    if key is not None:
        made["key"] = key
    return made


def icon_button(
    id: str,
    icon: str,
    *,
    frame: bool = False,
    tooltip: str | None = None,
    badge_color: str | None = None,
    badge_size: float = 9,
    badge_inset: float = -2,
    badge_ring_color: str | None = None,
    glyph_color: str | None = None,
    size: Literal["Small", "Medium", "Large"] = "Small",
    size_px: float | None = None,
    icon_size: float | None = None,
    disabled: bool = False,
    selected: bool = False,
    selected_style: Literal["solid", "wash"] = "solid",
    key: str | None = None,
) -> Node:
    """A button with an icon. Its `tooltip` is its name to screen readers.
    
    - `click` (none): It is pressed.
    """
    made = Node(type="icon-button", icon=icon)
    if id:
        made["id"] = id
    if frame:
        made["frame"] = frame
    if tooltip is not None:
        made["tooltip"] = tooltip
    if badge_color is not None:
        made["badge_color"] = badge_color
    if badge_size != 9:
        made["badge-size"] = badge_size
    if badge_inset != -2:
        made["badge-inset"] = badge_inset
    if badge_ring_color is not None:
        made["badge-ring-color"] = badge_ring_color
    if glyph_color is not None:
        made["glyph-color"] = glyph_color
    if size != "Small":
        made["size"] = size
    if size_px is not None:
        made["size_px"] = size_px
    if icon_size is not None:
        made["icon_size"] = icon_size
    if disabled:
        made["disabled"] = disabled
    if selected:
        made["selected"] = selected
    if selected_style != "solid":
        made["selected-style"] = selected_style
    if key is not None:
        made["key"] = key
    return made


def toggle(
    id: str,
    *,
    enabled: bool = False,
    disabled: bool = False,
    hover_text: str | None = None,
    key: str | None = None,
) -> Node:
    """A switch.
    
    - `change` (boolean): It is switched: the new state.
    """
    made = Node(type="toggle")
    if id:
        made["id"] = id
    if enabled:
        made["enabled"] = enabled
    if disabled:
        made["disabled"] = disabled
    if hover_text is not None:
        made["hover_text"] = hover_text
    if key is not None:
        made["key"] = key
    return made


def checkbox(
    id: str,
    label: str,
    *,
    checked: bool = False,
    indeterminate: bool = False,
    disabled: bool = False,
    key: str | None = None,
) -> Node:
    """A box to be ticked.
    
    - `change` (boolean): It is ticked or not: the new state.
    """
    made = Node(type="checkbox", label=label)
    if id:
        made["id"] = id
    if checked:
        made["checked"] = checked
    if indeterminate:
        made["indeterminate"] = indeterminate
    if disabled:
        made["disabled"] = disabled
    if key is not None:
        made["key"] = key
    return made


def input(
    id: str,
    *,
    value: str = "",
    label: str = "",
    aria_label: str = "",
    placeholder: str = "",
    grow: bool = False,
    required: bool = False,
    icon: str | None = None,
    password: bool = False,
    mono: bool = False,
    error: str | None = None,
    disabled: bool = False,
    multiline: bool = False,
    rows: float = 4,
    desired_width: float | None = None,
    focus: bool = False,
    size: Literal["Small", "Medium", "Large"] = "Medium",
    key: str | None = None,
) -> Node:
    """A field for text, of one line or several.
    
    - `change` (text): After each key, and once when a composition ends: the whole text.
    - `submit` (text): Enter in a field of one line: the whole text. The field keeps the focus.
    """
    made = Node(type="input")
    if id:
        made["id"] = id
    if value:
        made["value"] = value
    if label:
        made["label"] = label
    if aria_label:
        made["aria-label"] = aria_label
    if placeholder:
        made["placeholder"] = placeholder
    if grow:
        made["grow"] = grow
    if required:
        made["required"] = required
    if icon is not None:
        made["icon"] = icon
    if password:
        made["password"] = password
    if mono:
        made["mono"] = mono
    if error is not None:
        made["error"] = error
    if disabled:
        made["disabled"] = disabled
    if multiline:
        made["multiline"] = multiline
    if rows != 4:
        made["rows"] = rows
    if desired_width is not None:
        made["desired_width"] = desired_width
    if focus:
        made["focus"] = focus
    if size != "Medium":
        made["size"] = size
    if key is not None:
        made["key"] = key
    return made


def number_input(
    id: str,
    value: float,
    *,
    label: str = "",
    min: float | None = None,
    max: float | None = None,
    step: float = 1,
    unit: str | None = None,
    disabled: bool = False,
    key: str | None = None,
) -> Node:
    """A field for a number, with steps by the arrow keys.
    
    - `change` (number): The field holds another number. Nothing is told while it holds none.
    """
    made = Node(type="number-input", value=value)
    if id:
        made["id"] = id
    if label:
        made["label"] = label
    if min is not None:
        made["min"] = min
    if max is not None:
        made["max"] = max
    if step != 1:
        made["step"] = step
    if unit is not None:
        made["unit"] = unit
    if disabled:
        made["disabled"] = disabled
    if key is not None:
        made["key"] = key
    return made


def slider(
    id: str,
    *,
    label: str = "",
    value: float = 0,
    min: float = 0,
    max: float = 100,
    disabled: bool = False,
    key: str | None = None,
) -> Node:
    """A number between two, to be dragged or stepped by the arrow keys.
    
    - `change` (number): While it is moved.
    """
    made = Node(type="slider")
    if id:
        made["id"] = id
    if label:
        made["label"] = label
    if value != 0:
        made["value"] = value
    if min != 0:
        made["min"] = min
    if max != 100:
        made["max"] = max
    if disabled:
        made["disabled"] = disabled
    if key is not None:
        made["key"] = key
    return made


def select(
    id: str,
    *,
    value: str = "",
    options: Sequence[Choice] = (),
    label: str = "",
    prefix_label: str | None = None,
    icon: str | None = None,
    icon_color: str | None = None,
    size: Literal["Small", "Medium", "Large"] = "Medium",
    width: float | None = None,
    searchable: bool = False,
    key: str | None = None,
) -> Node:
    """One of several options, in a list that opens; with `searchable` in one that is typed into.
    
    - `change` (text): Another option is chosen: its `value`.
    - `search` (text): Something is typed to search for, where `searchable`.
    """
    made = Node(type="select")
    if id:
        made["id"] = id
    if value:
        made["value"] = value
    if options:
        made["options"] = options_of(options)
    if label:
        made["label"] = label
    if prefix_label is not None:
        made["prefix_label"] = prefix_label
    if icon is not None:
        made["icon"] = icon
    if icon_color is not None:
        made["icon-color"] = icon_color
    if size != "Medium":
        made["size"] = size
    if width is not None:
        made["width"] = width
    if searchable:
        made["searchable"] = searchable
    if key is not None:
        made["key"] = key
    return made


def multi_select(
    id: str,
    *,
    label: str = "",
    value: Sequence[str] = (),
    options: Sequence[Choice] = (),
    disabled: bool = False,
    item_noun: str | None = None,
    item_noun_plural: str | None = None,
    size: Literal["Small", "Medium", "Large"] = "Medium",
    width: float | None = None,
    key: str | None = None,
) -> Node:
    """Some of several options.
    
    - `change` (texts): An option is ticked or not: the values of all that are.
    """
    made = Node(type="multi-select")
    if id:
        made["id"] = id
    if label:
        made["label"] = label
    if value:
        made["value"] = [*value]
    if options:
        made["options"] = options_of(options)
    if disabled:
        made["disabled"] = disabled
    if item_noun is not None:
        made["item_noun"] = item_noun
    if item_noun_plural is not None:
        made["item_noun_plural"] = item_noun_plural
    if size != "Medium":
        made["size"] = size
    if width is not None:
        made["width"] = width
    if key is not None:
        made["key"] = key
    return made


def radio(
    id: str,
    *,
    label: str = "",
    value: str = "",
    options: Sequence[Choice] = (),
    disabled: bool = False,
    key: str | None = None,
) -> Node:
    """One of several options, all of them in sight.
    
    - `change` (text): Another option is chosen: its `value`.
    """
    made = Node(type="radio")
    if id:
        made["id"] = id
    if label:
        made["label"] = label
    if value:
        made["value"] = value
    if options:
        made["options"] = options_of(options)
    if disabled:
        made["disabled"] = disabled
    if key is not None:
        made["key"] = key
    return made


def button_group(
    id: str,
    *,
    items: Sequence[Choice] = (),
    active: str = "",
    aria_label: str = "",
    key: str | None = None,
) -> Node:
    """One of several options, as buttons that touch.
    
    - `change` (text): A button is pressed: its `value`.
    """
    made = Node(type="button-group")
    if id:
        made["id"] = id
    if items:
        made["items"] = choices_of(items)
    if active:
        made["active"] = active
    if aria_label:
        made["aria-label"] = aria_label
    if key is not None:
        made["key"] = key
    return made


def key_value_list(
    id: str,
    *,
    label: str = "",
    aria_label: str = "",
    entries: Sequence[Mapping[str, Any]] = (),
    add_label: str = "Add",
    disabled: bool = False,
    key: str | None = None,
) -> Node:
    """Names and values that can be changed, added, removed and switched off.
    
    - `change` (entries): Anything in it changes: the whole list.
    """
    made = Node(type="key-value-list")
    if id:
        made["id"] = id
    if label:
        made["label"] = label
    if aria_label:
        made["aria-label"] = aria_label
    if entries:
        made["entries"] = [*entries]
    if add_label != "Add":
        made["add-label"] = add_label
    if disabled:
        made["disabled"] = disabled
    if key is not None:
        made["key"] = key
    return made


def list(
    id: str,
    items: Sequence[Mapping[str, Any]] = (),
    *,
    empty_label: str | None = None,
    compact: bool = False,
    style: Literal["auto", "card", "flush"] = "auto",
    show_separators: bool = True,
    framed: bool = False,
    shrink_to_fit: bool = False,
    max_height: float | None = None,
    text_style: str | None = None,
    key: str | None = None,
) -> Node:
    """Items below each other, of which only those in sight are drawn.
    
    - `click` (position): An item is pressed: its position.
    - `postfix` (position): The button at its end is pressed: the item's position.
    - `action` (object): An action is pressed: `{"item": 0, "action": 0}`, positions of both.
    """
    made = Node(type="list")
    if id:
        made["id"] = id
    if items:
        made["items"] = [*items]
    if empty_label is not None:
        made["empty_label"] = empty_label
    if compact:
        made["compact"] = compact
    if style != "auto":
        made["style"] = style
    if not show_separators:
        made["show_separators"] = show_separators
    if framed:
        made["framed"] = framed
    if shrink_to_fit:
        made["shrink_to_fit"] = shrink_to_fit
    if max_height is not None:
        made["max_height"] = max_height
    if text_style is not None:
        made["text-style"] = text_style
    if key is not None:
        made["key"] = key
    return made


def code_editor(
    id: str,
    *,
    value: str = "",
    aria_label: str = "",
    font_size: float = 13,
    syntax: Literal["rust", "sql", "shell", "sh", "bash", "json"] | None = None,
    rows: float | None = None,
    disabled: bool = False,
    bordered: bool = True,
    custom_syntax: Mapping[str, Any] | None = None,
    run_markers: Sequence[float] = (),
    key: str | None = None,
) -> Node:
    """A field for code: colours, brackets, undo, completion from the words of its language.
    
    - `change` (text): After each change, and once when a composition ends: the whole text.
    - `run` (object): Ctrl+Enter (Cmd+Enter), with Shift for all of it: `{"all": false, "caret": 3, "selection": [2,
      5]}`; offsets in characters (code points); `selection` is null where nothing is marked.
    - `run-marker` (position): A triangle beside the text is pressed: its offset of `run_markers`.
    - `format-editor` (none): Shift+Alt+F: the text is to be laid out anew.
    """
    made = Node(type="code-editor")
    if id:
        made["id"] = id
    if value:
        made["value"] = value
    if aria_label:
        made["aria-label"] = aria_label
    if font_size != 13:
        made["font_size"] = font_size
    if syntax is not None:
        made["syntax"] = syntax
    if rows is not None:
        made["rows"] = rows
    if disabled:
        made["disabled"] = disabled
    if not bordered:
        made["bordered"] = bordered
    if custom_syntax is not None:
        made["custom_syntax"] = custom_syntax
    if run_markers:
        made["run_markers"] = [*run_markers]
    if key is not None:
        made["key"] = key
    return made
