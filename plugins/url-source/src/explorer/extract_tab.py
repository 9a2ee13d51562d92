"""The tab Extract: what of a response becomes a variable."""

from typing import Final, cast

import thoth_plugin as thoth
from explorer import glyphs, notices, rows
from explorer.workbench import Workbench
from rest.model import Extraction, ExtractionSource
from thoth_plugin import ui
from thoth_plugin.nodes import Node

SOURCES: Final = (("jsonpath", "JSONPath"), ("header", "Header"), ("regex", "Regular Expression"), ("status", "Status"))
EXAMPLES: Final = {"jsonpath": "$.token", "header": "Location", "regex": 'id="([^"]+)"', "status": ""}


class ExtractTab(Workbench):
    """Part of the panel."""

    def extract_tab(self) -> Node:
        """What it shows."""
        return ui.column(
            notices.hint("After each response these become variables of the environment that is active."),
            *(self._extraction_line(at, one) for at, one in enumerate(self.request.extractions)),
            ui.row(ui.button("extract-add", "Add Variable", icon=glyphs.ADD, button_type="Soft", button_size="Small")),
            gap=8,
        )

    def _extraction_line(self, at: int, one: Extraction) -> Node:
        found = self.extracted.get(at)
        return ui.column(
            ui.row(
                ui.toggle(f"extract-{at}-enabled", enabled=one.enabled, hover_text="Use This Rule"),
                ui.input(
                    f"extract-{at}-variable",
                    value=one.variable,
                    placeholder="Variable",
                    aria_label=f"Variable {at + 1}",
                    mono=True,
                    desired_width=160,
                ),
                ui.select(
                    f"extract-{at}-source", label=f"Where Variable {at + 1} Is Found", value=one.source, options=SOURCES
                ),
                ui.input(
                    f"extract-{at}-expression",
                    value=one.expression,
                    placeholder=EXAMPLES[one.source],
                    aria_label=f"What Variable {at + 1} Is Found By",
                    mono=True,
                    grow=True,
                    disabled=one.source == "status",
                ),
                ui.icon_button(f"extract-{at}-remove", glyphs.TRASH, tooltip="Remove"),
                gap=6,
            ),
            found,
            gap=4,
        )

    @thoth.on("extract-add", "click")
    def extraction_added(self) -> None:
        """One more."""
        self.request.extractions.append(Extraction())
        self.edited()

    @thoth.on("extract-*", "change", "click")
    def extraction_changed(self, event: thoth.Event) -> None:
        """A field of one, or its button."""
        touched = rows.touched(event, self.request.extractions)
        if touched is None:
            return
        at, one, field = touched
        if field == "remove":
            del self.request.extractions[at]
        elif field == "enabled":
            one.enabled = event.json() is True
        elif field in ("variable", "expression"):
            setattr(one, field, event.value)
        elif field == "source" and event.value in dict(SOURCES):
            one.source = cast("ExtractionSource", event.value)
        self.extracted.clear()
        self.edited()
