"""The dialog that compares two responses of the history."""

from typing import Final

import thoth_plugin as thoth
from explorer import glyphs, history_list, notices
from explorer.history_view import HistoryView
from rest.diff import Difference, compare
from rest.history import Entry
from rest.json_diff import Change
from rest.line_diff import Line
from thoth_plugin import ui
from thoth_plugin.nodes import Node

NAME: Final = "compare"
COLORS: Final = {"added": "success", "removed": "error", "changed": "warning", "same": "muted", "skipped": "muted"}
SIGNS: Final = {"added": "+", "removed": "−", "same": " ", "skipped": " "}  # noqa: RUF001 - a minus, as wide as the plus


class DiffDialog(HistoryView):
    """Part of the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.compared: tuple[str, str] = ("", "")
        """Ids of the older and the newer one."""

    def diff_dialog(self) -> Node:
        """The dialog."""
        entries = [one for one in self.own_history() if one.response is not None]
        options = [(one.id, f"{history_list.when(one)} · {history_list.result(one)}") for one in entries]
        before, after = (next((one for one in entries if one.id == wanted), None) for wanted in self.compared)
        return ui.modal(
            NAME,
            "Compare Responses",
            ui.row(
                ui.select("compare-before", label="Before", value=self.compared[0], options=options),
                ui.icon(glyphs.COMPARE, color="muted"),
                ui.select("compare-after", label="After", value=self.compared[1], options=options),
                gap=10,
            ),
            *(
                _differences(before, after)
                if before is not None and after is not None
                else [notices.hint("Choose two.")]
            ),
            open=True,
            close_id="compare-close",
            width=860,
            footer=[ui.button("compare-close", "Close", button_type="Text")],
        )

    @thoth.on("compare", "click")
    def compare_wanted(self) -> None:
        """The two newest to begin with."""
        entries = [one for one in self.own_history() if one.response is not None]
        if len(entries) > 1:
            self.compared = (entries[1].id, entries[0].id)
            self.dialog = NAME

    @thoth.on("compare-close", "click")
    def compare_left(self) -> None:
        """Closes it."""
        self.dialog = ""

    @thoth.on("compare-before", "change")
    def before_chosen(self, value: str) -> None:
        """The one that is compared with."""
        self.compared = (value, self.compared[1])

    @thoth.on("compare-after", "change")
    def after_chosen(self, value: str) -> None:
        """The one that is looked at."""
        self.compared = (self.compared[0], value)


def _differences(before: Entry, after: Entry) -> list[Node]:
    assert before.response is not None
    assert after.response is not None
    found = compare(before.response, after.response)
    if found.is_empty:
        return [notices.empty(glyphs.CHECK, "No difference", "Status, headers and body are the same.")]
    return [
        *(
            [ui.key_value("Status", ui.text(f"{found.status[0]} → {found.status[1]}", bold=True))]
            if found.status
            else []
        ),
        ui.text("Body", variant="section-header"),
        *_body(found),
        *([ui.text("Headers", variant="section-header"), _table(found.headers)] if found.headers else []),
    ]


def _body(found: Difference) -> list[Node]:
    nodes: list[Node] = []
    if found.body == "same":
        nodes.append(
            notices.hint("What was kept of the bodies is the same." if found.beginnings else "The bodies are the same.")
        )
    elif found.body == "unknown":
        nodes.append(notices.hint("The bodies cannot be compared: they are no text, or too long to be kept."))
    elif found.body == "json":
        nodes.append(_table(found.changes))
    else:
        nodes.append(ui.scroll(ui.column(*(_line(line) for line in found.lines)), max_height=360))
    if found.is_cut:
        nodes.append(notices.hint("There are more differences."))
    if found.beginnings:
        nodes.append(notices.hint("Of long bodies only the beginnings are compared."))
    return nodes


def _table(changes: list[Change]) -> Node:
    return ui.table(
        ["", "Where", "Before", "After"],
        [
            [
                ui.badge(one.kind, soft=True, color=COLORS[one.kind], mono=False),
                ui.text(one.where, variant="mono"),
                ui.text(one.before, variant="mono", color="error") if one.kind != "added" else None,
                ui.text(one.after, variant="mono", color="success") if one.kind != "removed" else None,
            ]
            for one in changes
        ],
        min_col_width=80,
    )


def _line(line: Line) -> Node:
    text = "⋯" if line.kind == "skipped" else f"{SIGNS[line.kind]} {line.text}"
    return ui.text(text, variant="mono", color=COLORS[line.kind])
