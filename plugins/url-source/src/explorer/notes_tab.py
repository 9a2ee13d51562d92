"""The tab Notes: what people should know about a request, in Markdown."""

from typing import Final, Literal, cast

import thoth_plugin as thoth
from explorer import notices
from explorer.workbench import Workbench
from thoth_plugin import ui
from thoth_plugin.nodes import Node

Mode = Literal["write", "read"]
MODES: Final = (("write", "Write"), ("read", "Read"))


class NotesTab(Workbench):
    """Part of the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.notes_mode: Mode | None = None
        """None until the person writes or chooses: what is there is read, where nothing is it is written."""

    def notes_tab(self) -> Node:
        """What it shows."""
        note = self.request.note
        mode = self.notes_mode or ("read" if note.strip() else "write")
        return ui.column(
            ui.row(ui.button_group("notes-mode", items=MODES, active=mode, aria_label="Notes")),
            self._reader() if mode == "read" else self._writer(),
            gap=8,
        )

    def _reader(self) -> Node:
        if not self.request.note.strip():
            return notices.hint("Nothing is written yet.")
        return ui.markdown(self.request.note)

    def _writer(self) -> Node:
        return ui.column(
            ui.input(
                "notes",
                value=self.request.note,
                multiline=True,
                rows=10,
                aria_label="Notes, in Markdown",
                placeholder="What it is for, what it needs, what comes back. Markdown is understood.",
            ),
            notices.hint("Kept with the request as you type it: write no passwords here."),
            gap=4,
        )

    @thoth.on("notes", "change")
    def notes_written(self, value: str) -> None:
        """As they are typed."""
        self.notes_mode = "write"
        self.request.note = value

    @thoth.on("notes-mode", "change")
    def notes_mode_chosen(self, value: str) -> None:
        """Written, or read as they look."""
        if value in dict(MODES):
            self.notes_mode = cast("Mode", value)
