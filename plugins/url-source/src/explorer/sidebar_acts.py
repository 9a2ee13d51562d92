"""What a person does in the side bar: opens, names, moves, deletes."""

from typing import Final

import thoth_plugin as thoth
from explorer.tab_opening import must_open
from explorer.workbench import Workbench
from rest.collections import Folder
from rest.model import Request

ROOT: Final = ""


class SidebarActs(Workbench):
    """Part of the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.in_sidebar = False
        """Whether this is the view in the side bar, and no tab."""
        self.words = ""
        self.open_folders: set[str] = set()
        self.chosen = ""
        """Id of the folder or request whose actions are shown."""
        self.renaming = ""
        """Id of the one whose name is being written, or `new-folder`."""
        self.written_name = ""
        self.deleting = ""
        """Id of the one that is to be deleted once that is confirmed."""

    @thoth.on("sidebar-search", "change")
    def searched(self, value: str) -> None:
        """Which are shown."""
        self.words = value

    @thoth.on("sidebar-new", "click")
    def new_request(self) -> None:
        """In a tab of its own."""
        must_open("New Request", {"fresh": True})

    @thoth.on("sidebar-curl", "click")
    def import_curl(self) -> None:
        """In a tab of its own, with the dialog open."""
        must_open("Import cURL", {"fresh": True, "dialog": "curl-import"})

    @thoth.on("sidebar-environments", "click")
    def edit_environments(self) -> None:
        """In a tab of its own: a side bar is too narrow."""
        must_open("Environments", {"fresh": True, "dialog": "environments"})

    @thoth.on("sidebar-item", "click", "toggle", "action")
    def item_touched(self, event: thoth.Event) -> None:
        """Opens it, folds it, or shows what can be done with it."""
        item = self.library.item(event.value)
        if item is None:
            return
        if event.kind == "action":
            self.chosen = "" if self.chosen == item.id else item.id
            self.deleting = self.renaming = ""
        elif isinstance(item, Folder):
            self.open_folders ^= {item.id}
        else:
            self.open_saved(item)

    def open_saved(self, request: Request) -> None:
        """In a tab of its own."""
        must_open(request.title, {"saved": request.id})

    @thoth.on("sidebar-open", "click")
    def item_opened(self) -> None:
        """The one whose actions are shown."""
        item = self.library.item(self.chosen)
        if isinstance(item, Request):
            self.open_saved(item)

    @thoth.on("sidebar-add", "click")
    def request_added(self) -> None:
        """A fresh one that will be saved in this folder."""
        must_open("New Request", {"fresh": True, "folder": self.chosen})

    @thoth.on("sidebar-folder", "click")
    def folder_wanted(self) -> None:
        """Asks for a name."""
        self.renaming, self.written_name = "new-folder", ""

    @thoth.on("sidebar-rename", "click")
    def rename_wanted(self) -> None:
        """Asks for another name."""
        item = self.library.item(self.chosen)
        if item is not None:
            self.renaming, self.written_name = item.id, item.name

    @thoth.on("sidebar-name", "change")
    def name_written(self, value: str) -> None:
        """As it is typed."""
        self.written_name = value

    @thoth.on("sidebar-name", "submit")
    @thoth.on("sidebar-name-keep", "click")
    def name_kept(self) -> None:
        """Takes the name."""
        name = self.written_name.strip()
        if self.renaming == "new-folder":
            if name:
                self.open_folders.add(self.library.add_folder(name))
        elif name:
            self.library.rename(self.renaming, name)
        self.renaming = ""

    @thoth.on("sidebar-name-drop", "click")
    def name_dropped(self) -> None:
        """Leaves it as it was."""
        self.renaming = ""

    @thoth.on("sidebar-duplicate", "click")
    def item_duplicated(self) -> None:
        """Once more, behind it."""
        self.chosen = self.library.duplicate(self.chosen)

    @thoth.on("sidebar-up", "click")
    def item_up(self) -> None:
        """Before the one before it."""
        self.library.shift(self.chosen, -1)

    @thoth.on("sidebar-down", "click")
    def item_down(self) -> None:
        """Behind the one behind it."""
        self.library.shift(self.chosen, 1)

    @thoth.on("sidebar-move", "change")
    def item_moved(self, value: str) -> None:
        """Into another folder."""
        if value:
            target = ROOT if value == "/" else value
            self.library.move(self.chosen, target)
            if target:
                self.open_folders.add(target)

    @thoth.on("sidebar-delete", "click")
    def delete_wanted(self) -> None:
        """Asks first."""
        self.deleting = self.chosen

    @thoth.on("sidebar-delete-no", "click")
    def delete_dropped(self) -> None:
        """It stays."""
        self.deleting = ""

    @thoth.on("sidebar-delete-yes", "click")
    def item_deleted(self) -> None:
        """With its secrets."""
        self.library.delete(self.deleting)
        self.deleting = self.chosen = ""

    @thoth.on("sidebar-history", "click")
    def history_opened(self, value: int) -> None:
        """What was sent, and what came of it, in a tab."""
        if 0 <= value < len(self.library.history):
            entry = self.library.history[value]
            must_open(entry.request.title, {"history": entry.id})

    @thoth.on("history-clear", "click")
    def history_cleared(self) -> None:
        """Forgets all that was sent."""
        self.library.clear_history()
