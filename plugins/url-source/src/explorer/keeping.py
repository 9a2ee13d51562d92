"""What a tab keeps: in the collection when it is saved, and for the window that is opened again."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import thoth_plugin as thoth
from explorer.library import new_id, vault, without_secrets
from explorer.tab_opening import open_tab
from explorer.workbench import Workbench
from rest import secrets, stored
from rest.history import Entry
from rest.model import FileRef, Request
from rest.stored import NotUnderstood


class Keeping(Workbench):
    """Part of the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.starting: Mapping[str, Any] = {}
        """What the tab was opened for, to be done once it runs."""

    def save(self) -> object:
        """The request with edits that are not saved, without secrets; and which response was shown.

        Asked for a moment after events: what need not be kept while somebody waits is kept now.
        """
        self.library.flush()
        return {
            "version": 1,
            "request": without_secrets(self.request),
            "folder": self.folder,
            "entry": self.entry.id if self.entry is not None else "",
        }

    def restore(self, state: Any) -> None:
        """A tab that was open before, or one that was asked for by the side bar, an import or a command."""
        if not isinstance(state, dict):
            raise thoth.PluginError("what this tab kept is not understood")
        self.library.load()
        self.starting = state
        self.is_fresh = state.get("fresh") is True and "dialog" not in state
        self.folder = str(state.get("folder", ""))
        if "saved" in state:
            found = self.library.item(str(state["saved"]))
            if not isinstance(found, Request):
                raise thoth.PluginError("this request is not in the collection any more")
            self.show_request(deepcopy(found))
        elif "history" in state:
            entry = self.library.workspace.history.find(str(state["history"]))
            if entry is None:
                raise thoth.PluginError("this is not in the history any more")
            self.show_entry(entry)
        elif "request" in state:
            self._continue(state)

    def _continue(self, state: Mapping[str, Any]) -> None:
        try:
            self.request = stored.from_json(Request, state["request"])
        except NotUnderstood as error:
            raise thoth.PluginError(f"the request of this tab is not understood: {error}") from None
        found = self.library.item(self.request.id)
        self.original = deepcopy(found) if isinstance(found, Request) else Request()
        self.entry = self.library.workspace.history.find(str(state.get("entry", "")))
        self.edited()

    def show_entry(self, entry: Entry) -> None:
        """A request of the history, with what came of it."""
        request = deepcopy(entry.request)
        found = self.library.item(request.id)
        if not isinstance(found, Request):
            request.id = ""
        self.request = request
        self.original = deepcopy(found) if isinstance(found, Request) else deepcopy(request)
        self.entry = entry
        self.edited()

    def keep(self) -> None:
        """Saves the request in the collection."""
        self.request = deepcopy(self.library.save(self.request, self.folder))
        self.original = deepcopy(self.request)
        self.edited()

    def has_typed_secrets(self) -> bool:
        """Whether there are some that are not in the key store yet."""
        return any(not secrets.keys_in(place.value) for place in secrets.places(self.request))

    def open_in_tab(self, request: Request, **more: object) -> bool:
        """In a tab of its own, its secrets by the key store; False where it is kept in the collection instead."""
        hidden, values = secrets.hide(request, new_id)
        if values:
            vault().put_all(values)
        if open_tab(hidden.title, {"request": stored.to_json(hidden), **more}):
            return True
        self.library.save(hidden, "")
        return False

    def closed(self) -> None:
        """Keeps what is in no file yet."""
        self.library.flush()

    @thoth.on("clear", "click")
    def cleared(self) -> None:
        """An empty request."""
        self.let_answer_go()
        self.entry = None
        self.failure = ""
        self.show_request(Request())

    @thoth.on("storage-changed", "notify")
    def changed_elsewhere(self) -> None:
        """Another tab, the side bar or a command has kept something: a request that is not being edited follows."""
        was_dirty = self.is_dirty
        self.library.load()
        found = self.library.item(self.request.id)
        if isinstance(found, Request) and stored.to_json(found) != stored.to_json(self.original):
            self.original = with_files(found, self.request)
            if not was_dirty:
                self.request = deepcopy(self.original)
        self.edited()


def with_files(request: Request, before: Request) -> Request:
    """A copy of a request that was stored, with the bytes of those files that the one before it still has."""
    copy = deepcopy(request)
    held = [one for one in _files(before) if one.handle]
    for file in _files(copy):
        same = [one for one in held if (one.name, one.path, one.bytes) == (file.name, file.path, file.bytes)]
        if same and not file.handle:
            held.remove(same[0])
            file.handle = same[0].handle
    return copy


def _files(request: Request) -> list[FileRef]:
    found = [part.file for part in request.body.parts] + [request.body.file]
    return [file for file in found if file is not None]
