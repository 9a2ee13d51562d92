"""Values of plugins' settings: kept for the user and for the open workspace, which wins. Secrets are never here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thoth_ls.catalog.scoped_file import ScopedFile
from thoth_ls.errors import InputInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from thoth_ls.catalog.manifest_settings import Setting
    from thoth_ls.catalog.scoped_file import Scope
    from thoth_ls.storage.whole_file import Report

FILE = "plugin-settings.json"
MOST_VALUE_BYTES = 256 << 10


@dataclass(frozen=True, slots=True)
class Value:
    """What is stored of one setting."""

    setting: Setting
    user: Any = None
    workspace: Any = None
    """None where nothing is stored, or nothing that the setting can be."""

    @property
    def in_force(self) -> Any:
        """What the plugin is told; None for nothing."""
        return next((value for value in (self.workspace, self.user) if value is not None), self.setting.default)


class SettingValues:
    """For any thread. Each plugin's values are kept under an `owner`, see `catalog.grants.own_name`."""

    def __init__(self, state: Path, workspace: str | None, report: Report) -> None:
        self._file = ScopedFile(state, FILE, workspace, report)
        self.refresh()

    @property
    def version(self) -> int:
        """Another one after each change, whoever made it."""
        return self._file.version

    def refresh(self) -> None:
        """Looks for what other processes have set."""
        self._file.refresh()

    def of(self, owner: str, settings: Sequence[Setting]) -> list[Value]:
        """The values of declared settings, in their order; what a setting cannot be any more is left out."""
        user, workspace = (_stored(content, owner) for content in (self._file.user, self._file.workspace))
        return [
            Value(setting, _fitting(setting, user), _fitting(setting, workspace))
            if setting.type != "secret"
            else Value(setting)
            for setting in settings
        ]

    def told(self, owner: str, settings: Sequence[Setting]) -> str:
        """The values in force as `plugin-lifecycle.on-load` takes them: a JSON array of objects with key and value.

        Both are strings: texts and choices as they are, anything else as JSON text. Secrets are not among them.
        """
        pairs = [
            {"key": value.setting.key, "value": text_of(value.in_force)}
            for value in self.of(owner, settings)
            if value.in_force is not None
        ]
        return json.dumps(pairs, ensure_ascii=False)

    def set(self, owner: str, setting: Setting, value: Any, scope: Scope) -> None:
        """Keeps a value as `json.loads` gives it; None forgets what is kept.

        Raises InputInvalid where the setting cannot be that, or is a secret, or no workspace is open; FileUnwritable.
        """
        key, plugin_id = setting.key, owner.partition("@")[0]
        if scope == "workspace" and not self._file.has_workspace:
            said = "no folder is open that the value could be kept for; set it for the user"
            raise InputInvalid(plugin_id, "scope", f"setting {key}: {said}")
        if value is not None:
            check(plugin_id, setting, value)

        def change(known: dict[str, Any]) -> dict[str, Any]:
            values = {**_stored(known, owner), key: value}
            kept = {name: item for name, item in values.items() if item is not None}
            return {
                **{name: item for name, item in known.items() if name != owner},
                **({owner: kept} if kept else {}),
            }

        self._file.update(scope, change)

    def forget(self, owner: str) -> None:
        """Forgets every value of a plugin; raises FileUnwritable."""
        scopes: list[Scope] = ["user", "workspace"] if self._file.has_workspace else ["user"]
        for scope in scopes:
            self._file.update(scope, lambda known: {key: item for key, item in known.items() if key != owner})

    def size(self, owner: str) -> int:
        """Bytes kept for a plugin."""
        stored = [_stored(content, owner) for content in (self._file.user, self._file.workspace)]
        return sum(
            len(json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")) for values in stored if values
        )


def check(plugin_id: str, setting: Setting, value: Any) -> None:
    """Raises InputInvalid, which names the key and what was expected."""
    if setting.type == "secret":
        raise InputInvalid(plugin_id, setting.key, f"setting {setting.key} is a secret, which is not kept in a file")
    problem = setting.problem_with(value)
    if problem is None and len(text_of(value).encode("utf-8", "replace")) > MOST_VALUE_BYTES:
        problem = f"must not be longer than {MOST_VALUE_BYTES >> 10} KiB"
    if problem is not None:
        raise InputInvalid(plugin_id, setting.key, f"setting {setting.key} {problem}")


def text_of(value: Any) -> str:
    """A value as a plugin is told it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _stored(content: Mapping[str, Any], plugin_id: str) -> Mapping[str, Any]:
    found = content.get(plugin_id)
    return found if isinstance(found, dict) else {}


def _fitting(setting: Setting, values: Mapping[str, Any]) -> Any:
    value = values.get(setting.key)
    return value if value is not None and setting.problem_with(value) is None else None
