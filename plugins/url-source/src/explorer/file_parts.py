"""Files that are sent: parts of a multipart body, or the whole body."""

from pathlib import PurePosixPath

import thoth_plugin as thoth
from explorer import glyphs, notices, rows
from explorer.sizes import size
from explorer.workbench import Workbench
from rest import media
from rest.model import FileRef, Part, Request, Row
from thoth_plugin import ui
from thoth_plugin.nodes import Node


class FileParts(Workbench):
    """Part of the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.shown_parts: set[int] = set()
        """Places of the parts whose file name and headers are shown, too."""

    def show_request(self, request: Request) -> None:
        """Another request has other parts."""
        self.shown_parts.clear()
        super().show_request(request)

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
        shown = at in self.shown_parts
        which = f"Part {at + 1}"
        return ui.column(
            ui.row(
                ui.toggle(f"part-{at}-enabled", enabled=part.enabled, hover_text=f"Send {which}"),
                ui.input(
                    f"part-{at}-name",
                    value=part.name,
                    placeholder="Name",
                    aria_label=f"Name of {which}",
                    desired_width=160,
                ),
                ui.row(
                    ui.button(f"part-{at}-file", "Choose File…", button_type="Soft", button_size="Small"),
                    _told(part.file),
                    gap=8,
                )
                if part.file is not None
                else ui.input(
                    f"part-{at}-value",
                    value=part.value,
                    placeholder="Value",
                    aria_label=f"Value of {which}",
                    grow=True,
                ),
                ui.icon_button(
                    f"part-{at}-more",
                    glyphs.MORE,
                    tooltip=f"File Name, Type and Headers of {which}",
                    selected=shown,
                    selected_style="wash",
                    badge_color="accent" if _has_more(part) and not shown else None,
                ),
                ui.icon_button(f"part-{at}-remove", glyphs.TRASH, tooltip=f"Remove {which}"),
                gap=6,
            ),
            _more(at, part) if shown else None,
            key=f"part-{at}",
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
        if field == "more":
            self.shown_parts ^= {at}
        elif field == "remove":
            self.let_go(self.request.body.parts.pop(at).file)
            self.shown_parts = {one - (one > at) for one in self.shown_parts if one != at}
        elif field == "file":
            picked = self.picked("A file to send")
            if picked is not None:
                self.let_go(part.file)
                part.file = picked
        elif field == "enabled":
            part.enabled = event.json() is True
        elif field in ("name", "value", "content_type"):
            setattr(part, field, event.value)
        elif field == "filename":  # nothing there means the file's own name, and none for text
            part.filename = event.value or None
        elif field == "headers":
            part.headers = rows.rows_of(event.value, part.headers, Row)
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


def _has_more(part: Part) -> bool:
    return part.filename is not None or bool(part.content_type) or bool(part.headers)


def _more(at: int, part: Part) -> Node:
    """What is said of a part besides its name."""
    own = part.file.name if part.file is not None else ""
    return ui.column(
        ui.row(
            ui.input(
                f"part-{at}-filename",
                label="File Name",
                value=part.filename or "",
                placeholder=own or "None",
                desired_width=240,
                mono=True,
            ),
            ui.input(
                f"part-{at}-content_type",
                label="Content-Type",
                value=part.content_type,
                placeholder=media.of_file(part.filename or own) if own else "None",
                desired_width=240,
                mono=True,
            ),
            gap=8,
        ),
        ui.key_value_list(
            f"part-{at}-headers",
            label="Headers",
            entries=rows.entries_of(part.headers),
            add_label="Add Header",
            aria_label=f"Headers of Part {at + 1}",
        ),
        framed=True,
        gap=8,
        padding=8,
    )


def _told(file: FileRef) -> Node:
    name = file.name or file.path
    if not file.handle:
        return ui.row(
            ui.icon(glyphs.WARNING, color="warning"),
            ui.text(f"{name}: choose it again, its bytes are not kept", color="warning"),
            gap=6,
        )
    return ui.row(ui.text(name, variant="mono"), notices.hint(size(file.bytes or 0)), gap=8)
