"""Which plugins are switched off, for the user and for the open workspace, and which are to be reloaded."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from thoth_ls.catalog.scoped_file import ScopedFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from thoth_ls.catalog.scoped_file import Scope
    from thoth_ls.storage.whole_file import Report

FILE = "plugins.json"
KEY = "enabled"
RELOADED = "reloaded"


class Enabled:
    """A plugin is on unless it was switched off; what the workspace says wins over what the user says."""

    def __init__(self, state: Path, workspace: str | None, report: Report) -> None:
        self._file = ScopedFile(state, FILE, workspace, report)
        self.refresh()

    @property
    def has_workspace(self) -> bool:
        """Whether a choice can be kept for a workspace."""
        return self._file.has_workspace

    @property
    def version(self) -> int:
        """Another one after each change, whoever made it."""
        return self._file.version

    def refresh(self) -> None:
        """Looks for what other processes have decided."""
        self._file.refresh()

    def is_on(self, plugin_id: str) -> bool:
        """Whether the plugin may run, as far as is known."""
        for content in (self._file.workspace, self._file.user):
            said = _choices(content).get(plugin_id)
            if isinstance(said, bool):
                return said
        return True

    def set(self, plugin_id: str, enabled: bool, scope: Scope) -> None:
        """Keeps a choice; one for the user undoes one of this workspace. Raises FileUnwritable."""
        if scope == "workspace":
            self._put(scope, plugin_id, enabled)
            return
        self._put(scope, plugin_id, None if enabled else False)
        if plugin_id in _choices(self._file.workspace):
            self._put("workspace", plugin_id, None)

    def forget(self, plugin_id: str) -> None:
        """Forgets every choice about a plugin; raises FileUnwritable."""
        self._put("user", plugin_id, None)
        if plugin_id in self.reloads:
            kept = {key: word for key, word in self.reloads.items() if key != plugin_id}
            self._file.update("user", lambda known: {**known, RELOADED: kept})
        if self.has_workspace:
            self._put("workspace", plugin_id, None)

    @property
    def reloads(self) -> Mapping[str, str]:
        """A word for each plugin somebody had reloaded, another one each time."""
        return _table(self._file.user, RELOADED)

    def ask_to_reload(self, plugin_id: str) -> None:
        """Has every process reload a plugin; raises FileUnwritable."""
        word = secrets.token_hex(8)
        self._file.update("user", lambda known: {**known, RELOADED: {**_table(known, RELOADED), plugin_id: word}})

    def _put(self, scope: Scope, plugin_id: str, enabled: bool | None) -> None:
        def change(known: dict[str, Any]) -> dict[str, Any]:
            choices = {**_choices(known), plugin_id: enabled}
            return {**known, KEY: {key: value for key, value in choices.items() if value is not None}}

        self._file.update(scope, change)


def _choices(content: Mapping[str, Any]) -> Mapping[str, Any]:
    return _table(content, KEY)


def _table(content: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = content.get(key)
    return found if isinstance(found, dict) else {}
