"""The dialog in which a request gets its name and its folder."""

import thoth_plugin as thoth
from explorer import glyphs, notices
from explorer.workbench import Workbench
from rest.telling import shown_name, shown_url
from thoth_plugin import ui
from thoth_plugin.nodes import Node

NAME = "save"


class SaveDialog(Workbench):
    """Part of the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.save_name = ""
        self.save_folder = ""
        """Id of the folder; empty for the top."""
        self.saves_another = False
        """Whether what is kept in the collection stays, and this becomes another request."""

    def save_dialog(self) -> Node:
        """The dialog."""
        folders = [("", "Top"), *((one.id, path) for path, one in self.library.folders())]
        return ui.modal(
            NAME,
            "Save Request As" if self.saves_another else "Save Request",
            ui.input(
                "save-name", label="Name", value=self.save_name, placeholder=shown_url(self.request.url) or "Name"
            ),
            ui.row(
                ui.text("Folder"),
                ui.select("save-folder", label="Folder", value=self.save_folder, options=folders),
                gap=8,
            ),
            notices.hint("Passwords and tokens go to the key store; nothing of them is in the collection.")
            if self.has_typed_secrets()
            else None,
            open=True,
            close_id="save-close",
            width=460,
            footer=[
                ui.button("save-close", "Cancel", button_type="Text"),
                ui.button("save-keep", "Save", color="Primary", icon=glyphs.SAVE),
            ],
        )

    @thoth.on("save", "click")
    def save_wanted(self) -> None:
        """Keeps a request that is in the collection; asks for a name where it is not."""
        if self.request.id and self.library.item(self.request.id) is not None:
            self.keep()
            return
        self._ask(self.request.name, self.folder, another=False)

    @thoth.on("save-as", "click")
    def save_as_wanted(self) -> None:
        """Keeps it once more, under another name; the one that is kept stays as it is."""
        self._ask(f"{self.request.title} copy", self.library.folder_of(self.request.id), another=True)

    def _ask(self, name: str, folder: str, *, another: bool) -> None:
        self.save_name, self.save_folder, self.saves_another = name, folder, another
        self.dialog = NAME

    @thoth.on("save-name", "change")
    def save_named(self, value: str) -> None:
        """As it is typed."""
        self.save_name = value

    @thoth.on("save-folder", "change")
    def save_folder_chosen(self, value: str) -> None:
        """Where it goes."""
        self.save_folder = value

    @thoth.on("save-close", "click")
    def save_left(self) -> None:
        """Without saving."""
        self.dialog = ""

    @thoth.on("save-keep", "click")
    @thoth.on("save-name", "submit")
    def save_kept(self) -> None:
        """Keeps it."""
        self.request.name = shown_name(self.save_name.strip()) or shown_url(self.request.url) or "Request"
        self.folder = self.save_folder
        if self.saves_another:
            self.request.id = ""
        self.keep()
        self.dialog = ""
