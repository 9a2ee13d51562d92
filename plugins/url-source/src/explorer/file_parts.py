"""Files that are sent: parts of a multipart body, or the whole body."""

from pathlib import PurePosixPath

import thoth_plugin as thoth
from explorer import glyphs, notices, rows
from explorer.sizes import size
from explorer.workbench import Workbench
from rest import media
from rest.model import FileRef, Part
from thoth_plugin import ui
from thoth_plugin.nodes import Node


class FileParts(Workbench):
    """Part of the panel."""

    def multipart_editor(self) -> list[Node]:
        """Parts, one a line."""
        return [
            *(self._part(at, part) for at, part in enumerate(self.request.body.parts)),
            ui.row(
                ui.button("part-add-text", "Add Text", icon=glyphs.ADD, button_type="Soft", button_size="Small"),
                ui.button("part-add-file", "Add File…", icon=glyphs.ADD, button_type="Soft", button_size="Small"),
                gap=8,
            ),
        ]

    def binary_editor(self) -> list[Node]:
        """The file that is the body."""
        body = self.request.body
        return [
            ui.row(
                ui.button("body-file", "Choose File…", icon=glyphs.BROWSE, button_type="Soft"),
                _told(body.file) if body.file is not None else notices.hint("No file is chosen."),
                gap=8,
            )
        ]

    def _part(self, at: int, part: Part) -> Node:
        return ui.row(
            ui.toggle(f"part-{at}-enabled", enabled=part.enabled, hover_text="Send This Part"),
            ui.input(f"part-{at}-name", value=part.name, placeholder="Name", desired_width=160),
            ui.row(
                ui.button(f"part-{at}-file", "Choose File…", button_type="Soft", button_size="Small"),
                _told(part.file),
                gap=8,
            )
            if part.file is not None
            else ui.input(f"part-{at}-value", value=part.value, placeholder="Value", grow=True),
            ui.input(
                f"part-{at}-content_type",
                value=part.content_type,
                placeholder=media.of_file(part.file.name) if part.file is not None else "Content-Type",
                desired_width=170,
                mono=True,
            ),
            ui.icon_button(f"part-{at}-remove", glyphs.TRASH, tooltip="Remove Part"),
            gap=6,
        )

    @thoth.on("part-add-text", "click")
    def text_part_added(self) -> None:
        """One more part."""
        self.request.body.parts.append(Part())
        self.edited()

    @thoth.on("part-add-file", "click")
    def file_part_added(self) -> None:
        """One more part, which is a file that the person picks."""
        picked = self.picked("A file to send")
        if picked is not None:
            self.request.body.parts.append(Part(name=PurePosixPath(picked.name).stem or "file", file=picked))
            self.edited()

    @thoth.on("part-*", "change", "click")
    def part_changed(self, event: thoth.Event) -> None:
        """A field of a part, or its buttons."""
        touched = rows.touched(event, self.request.body.parts)
        if touched is None:
            return
        at, part, field = touched
        if field == "remove":
            self.let_go(self.request.body.parts.pop(at).file)
        elif field == "file":
            picked = self.picked("A file to send")
            if picked is not None:
                self.let_go(part.file)
                part.file = picked
        elif field == "enabled":
            part.enabled = event.json() is True
        elif field in ("name", "value", "content_type"):
            setattr(part, field, event.value)
        self.edited()

    @thoth.on("body-file", "click")
    def body_file_chosen(self) -> None:
        """The file that is the body."""
        picked = self.picked("The file to send")
        if picked is not None:
            self.let_go(self.request.body.file)
            self.request.body.file = picked
            self.edited()

    def picked(self, title: str) -> FileRef | None:
        """A file the person picks; None where they do not."""
        stored = thoth.http.pick(title)
        return None if stored is None else FileRef(stored.name, "", stored.size, stored.handle)

    def let_go(self, file: FileRef | None) -> None:
        """Of the bytes of a file that is sent no more."""
        if file is not None and file.handle:
            thoth.http.Stored(file.handle).release()


def _told(file: FileRef) -> Node:
    name = file.name or file.path
    if not file.handle:
        return ui.row(
            ui.icon(glyphs.WARNING, color="warning"),
            ui.text(f"{name}: choose it again, its bytes are not kept", color="warning"),
            gap=6,
        )
    return ui.row(ui.text(name, variant="mono"), notices.hint(size(file.bytes or 0)), gap=8)
