"""A response of the history, as much of it as was kept; and all responses of a request."""

import json
from copy import deepcopy
from typing import Final

import thoth_plugin as thoth
from explorer import glyphs, history_list, notices, sizes
from explorer.response_view import facts, header_table
from explorer.workbench import Workbench
from rest.history import Entry, Response
from thoth_plugin import ui
from thoth_plugin.nodes import Node

SHOWN: Final = 50


class HistoryView(Workbench):
    """Part of the panel."""

    def own_history(self) -> list[Entry]:
        """What was sent of this request: by its id, or where it is not saved by method and URL."""
        request = self.request
        entries = self.library.history
        if request.id:
            return [one for one in entries if one.request.id == request.id]
        return [one for one in entries if (one.request.method, one.request.url) == (request.method, request.url)]

    def history_tab(self) -> Node:
        """All responses of this request."""
        entries = self.own_history()
        return ui.column(
            ui.row(
                ui.button(
                    "compare",
                    "Compare Two…",
                    icon=glyphs.COMPARE,
                    button_type="Soft",
                    button_size="Small",
                    enabled=len(entries) > 1,
                ),
                notices.hint("What was sent is kept without secrets, responses up to 64 KB."),
                gap=8,
            ),
            ui.list(
                "own-history",
                history_list.history_items(entries[:SHOWN], self.entry.id if self.entry is not None else ""),
                empty_label="Nothing was sent yet.",
                compact=True,
                style="flush",
                framed=True,
                max_height=300,
            ),
            gap=8,
        )

    def entry_view(self, entry: Entry) -> Node:
        """One of them."""
        response = entry.response
        top = ui.row(
            ui.icon(glyphs.HISTORY, color="muted"),
            ui.text(f"From the history, {history_list.when(entry)}", color="muted"),
            ui.button("send", "Send Again", icon=glyphs.RERUN, button_type="Soft", button_size="Small"),
            gap=8,
        )
        if response is None:
            return ui.column(top, notices.problem(entry.error or "No response"), self.history_tab(), gap=10)
        return ui.column(
            top,
            ui.row(*facts(response), gap=10),
            ui.tabs(
                "entry-tabs",
                kept_body(response),
                header_table([(name, value) for name, value in response.headers]),
                self.history_tab(),
                headers=["Body", f"Headers ({len(response.headers)})", "History"],
                content_gap=8,
            ),
            gap=8,
        )

    @thoth.on("own-history", "click")
    def entry_chosen(self, value: int) -> None:
        """Shows another one."""
        entries = self.own_history()
        if 0 <= value < len(entries):
            self.let_answer_go()
            self.failure = ""
            self.entry = deepcopy(entries[value])


def kept_body(response: Response) -> Node:
    """What was kept of a body."""
    cut = notices.hint(f"The beginning of {sizes.size(response.body_bytes)}: send the request again to have all of it.")
    if not response.body:
        return cut if response.body_bytes else notices.hint("No body.")
    value = None if response.truncated else _json(response.body)
    shown = (
        ui.json_tree(value, id="kept-body")
        if isinstance(value, dict | list)
        else ui.scroll(ui.code(response.body), max_height=360)
    )
    return ui.column(shown, cut if response.truncated else None, gap=6)


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
