"""The dialog that takes command lines of curl, and tells what of them is in no request."""

from typing import Final

import thoth_plugin as thoth
from explorer import glyphs, notices
from explorer.workbench import Workbench
from rest.curl.reading import CurlImporter
from rest.importing import Imported, ImportedRequest, Importer, Note, NotImportable, importer_for, no_files
from rest.telling import LEFT_OUT, is_telling
from thoth_plugin import ui
from thoth_plugin.nodes import Node

NAME: Final = "curl-import"
IMPORTERS: Final[tuple[Importer, ...]] = (CurlImporter(),)
SHOWN: Final = 50
SHOWN_VALUE: Final = 80
"""Characters of a value of a variable."""


class CurlImport(Workbench):
    """Part of the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.pasted = ""
        self.imported: Imported | None = None
        self.import_problem = ""

    def curl_import_dialog(self) -> Node:
        """The dialog."""
        requests = self.imported.requests if self.imported is not None else []
        count = len(requests)
        return ui.modal(
            NAME,
            "Import cURL",
            ui.code_editor("curl-text", value=self.pasted, syntax="shell", rows=10, aria_label="Command Lines of curl"),
            *self._found(),
            subtitle="One command or many, as copied from a browser or a terminal: sh, cmd or PowerShell.",
            open=True,
            close_id="curl-import-close",
            width=760,
            footer=[
                ui.button("curl-import-close", "Cancel", button_type="Text"),
                ui.button(
                    "curl-import-save", "Save to Collection", button_type="Soft", icon=glyphs.SAVE, enabled=count > 0
                ),
                ui.button(
                    "curl-import-open",
                    "Open" if count < 2 else f"Open {count} Requests",
                    color="Primary",
                    enabled=count > 0,
                ),
            ],
        )

    def _found(self) -> list[Node]:
        if self.import_problem:
            return [notices.problem(self.import_problem, "warning")]
        if self.imported is None:
            return [notices.hint("Paste a command that begins with curl.")]
        lines = [line for one in self.imported.requests[:SHOWN] for line in _told(one)]
        more = len(self.imported.requests) - SHOWN
        return [
            *lines,
            *([notices.hint(f"… and {more} more.")] if more > 0 else []),
            *(_note(note) for note in self.imported.notes),
            *([notices.hint(f"Variables to be defined: {needed}.")] if (needed := needed_of(self.imported)) else []),
        ]

    @thoth.on("curl-import", "click")
    def import_wanted(self) -> None:
        """Opens the dialog."""
        self.pasted, self.imported, self.import_problem = "", None, ""
        self.dialog = NAME

    @thoth.on("curl-text", "change")
    def curl_pasted(self, value: str) -> None:
        """Reads what is there."""
        self.pasted, self.imported, self.import_problem = value, None, ""
        if not value.strip():
            return
        try:
            self.imported = importer_for(value, IMPORTERS).read(value, no_files)
        except NotImportable as error:
            self.import_problem = f"This cannot be imported: {error}."

    @thoth.on("curl-import-close", "click")
    def import_left(self) -> None:
        """Without importing anything."""
        self.dialog = ""

    @thoth.on("curl-import-open", "click")
    @thoth.on("curl-text", "run")
    def import_opened(self) -> None:
        """The first here where nothing is, each other in a tab of its own."""
        if self.imported is None:
            return
        requests = [one.request for one in self.imported.requests]
        self.dialog = ""
        if not self.is_dirty and not self.request.id and requests:
            self.request = requests.pop(0)
            self.let_answer_go()
            self.edited()
        kept = [request.title for request in requests if not self.open_in_tab(request)]
        if kept:
            what = "1 request is" if len(kept) == 1 else f"{len(kept)} requests are"
            raise thoth.PluginError(f"No further tabs can be opened now: {what} in the collection instead.")

    @thoth.on("curl-import-save", "click")
    def import_saved(self) -> None:
        """All of them, at the end of the collection."""
        if self.imported is not None:
            for one in self.imported.requests:
                self.library.save(one.request, "")
            self.dialog = ""


def needed_of(imported: Imported) -> str:
    """The variables that are to be given in an environment; with the values that the text has for them."""
    defined = [
        f"{name} = {LEFT_OUT if is_telling(name) else value[:SHOWN_VALUE]}"
        for name, value in sorted(imported.variables.items())
    ]
    return ", ".join([*defined, *imported.needed])


def _told(one: ImportedRequest) -> list[Node]:
    request = one.request
    method = "WS" if request.protocol == "websocket" else request.method
    facts = [
        f"{len(request.headers)} headers" if request.headers else "",
        f"{request.auth.kind} auth" if request.auth.kind != "none" else "",
        f"{request.body.kind} body" if request.body.kind != "none" else "",
    ]
    return [
        ui.row(
            ui.badge(method, soft=True),
            ui.text(request.url, variant="mono"),
            notices.hint(", ".join(fact for fact in facts if fact)),
            gap=8,
        ),
        *(_note(note) for note in one.notes),
    ]


def _note(note: Note) -> Node:
    return notices.problem(str(note), "warning") if note.level == "lost" else notices.hint(f"Left out: {note}")
