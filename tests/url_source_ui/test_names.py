"""Every field has a name for people who hear it: in each tree that the explorer draws."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest

from explorer.auth_tab import KINDS as AUTHS
from explorer.body_tab import KINDS as BODIES
from tests.url_source_ui.tabs import entries, opened, sent
from tests.url_source_ui.test_collection import act, saved, sidebar
from thoth_plugin.testing import FakeHost, OpenedPanel
from thoth_plugin.testing.tree import Tree

NAMES: Final = {
    "input": ("label", "aria-label"),
    "select": ("label",),
    "code-editor": ("aria-label",),
    "button-group": ("aria-label",),
    "key-value-list": ("aria-label",),
    "number-input": ("label",),
    "radio": ("label",),
    "checkbox": ("label",),
    "toggle": ("hover_text",),
    "icon-button": ("tooltip",),
    "button": ("label",),
    "picture": ("alt",),
}
"""What a field of each kind is called by; a placeholder is gone once something is typed."""
NO_FIELDS: Final = {
    *("row", "column", "scroll", "spacer", "split", "v-split", "tabs", "modal", "sidebar-header", "group", "footer"),
    *("separator", "key-value", "colored", "text", "badge", "icon", "link", "code", "markdown", "progress", "spinner"),
    *("table", "json-tree", "data-view", "data-row", "list"),
}


def unnamed(trees: list[Tree]) -> set[str]:
    """Fields without a name, by kind and id; kinds that this file does not know are among them."""
    return {
        f"{node.type} {node.id}"
        for tree in trees
        for node in tree.nodes()
        if node.type not in NO_FIELDS and not any(node.get(name) for name in NAMES.get(node.type, ()))
    }


def kinds(panels: list[OpenedPanel]) -> set[str]:
    return {node.type for panel in panels for tree in panel.drawn for node in tree.nodes()}


def edited() -> Iterator[OpenedPanel]:
    """Every tab of a request, with each of its choices."""
    host, tab = opened("https://{{host}}/x?a=1")
    tab.change("method", "Other…")
    for kind, _ in AUTHS:
        tab.change("auth-kind", kind)
    for kind, _ in BODIES:
        tab.change("body-kind", kind)
        if kind == "multipart":
            host.dialogs.append(("a.png", b"x"))
            tab.click("part-add-text")
            tab.click("part-add-file")
            tab.click("part-1-more")
    tab.event("headers", "change", entries(("Accept", "*/*")))
    tab.click("extract-add")
    tab.change("option-verify", False)
    tab.change("notes", "# About")
    tab.change("notes-mode", "read")
    for widget in ("save", "environments", "curl-import", "curl-export"):
        tab.click(widget)
        if widget == "environments":
            tab.click("environment-add")
            tab.click("variable-add")
    yield tab


def answered() -> Iterator[OpenedPanel]:
    """Responses of each kind, their history and what differs between them."""
    _, tab = opened("https://a.example/x")
    for content, kind in ((b"[1]", "json"), (b"<a/>", "xml"), (b"\xff\xd8\xff", "jpeg"), (b"\0\1", "octet"), (b"", "")):
        sent(tab).respond(200, content, headers={"content-type": f"application/{kind}"})
    sent(tab).consent_pending("may it?")
    tab.click("cancel")
    tab.state()
    tab.event("own-history", "click", "1")
    tab.click("compare")
    yield tab


def talked() -> Iterator[OpenedPanel]:
    """A WebSocket with messages that are kept."""
    host, tab = opened("wss://a.example/chat")
    tab.click("socket-connect")
    host.sockets[0].open()
    for kind in ("text", "binary", "json"):
        tab.change("socket-kind", kind)
    tab.change("socket-text", "1")
    tab.click("socket-keep")
    host.sockets[0].message("hello")
    tab.event("socket-log", "click", "0")
    yield tab


def kept() -> Iterator[OpenedPanel]:
    """The side bar with folders, and what can be done with what is in them."""
    host = FakeHost()
    tab = saved(host, "One")
    bar = sidebar(host)
    bar.event("sidebar-folder", "click")
    bar.change("sidebar-name", "Folder")
    bar.click("sidebar-name-keep")
    for name in ("Folder", "One"):
        act(bar, name)
        bar.click("sidebar-rename")
        bar.click("sidebar-name-drop")
        bar.click("sidebar-delete")
    tab.click("save-as")
    yield from (tab, bar, sidebar(FakeHost()))


def test_no_field_of_the_explorer_is_without_a_name() -> None:
    panels = [*edited(), *answered(), *talked(), *kept()]
    assert {name for panel in panels for name in unnamed(panel.drawn)} == set()
    assert set(NAMES) <= kinds(panels), "what is not drawn is not looked at"


@pytest.mark.parametrize(
    "node", [{"type": "select", "id": "s"}, {"type": "input", "placeholder": "Name"}, {"type": "new"}]
)
def test_a_field_without_a_name_is_found(node: dict[str, str]) -> None:
    assert len(unnamed([Tree({"type": "row", "children": [node]})])) == 1
