"""What people decided about plugins: kept in one file, judged by one pure function. Deny is the default."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import threading
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from thoth_ls.catalog.needs import NEEDS
from thoth_ls.catalog.scopes import covers
from thoth_ls.errors import FileUnreadable
from thoth_ls.storage.json_file import JsonFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from thoth_ls.catalog.manifest_permissions import Declared
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.wire.permissions import Decision, Need
    from thoth_ls.wire.plugins import Origin

logger = logging.getLogger(__name__)

MAX_BYTES = 8 << 20
_VERSION = re.compile(r"(\d{1,9})(?:\.(\d{1,9}))?(?:\.\d{1,9})*(?:[-+][0-9A-Za-z.+-]*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stored:
    """One decision as it is kept."""

    decision: Literal["granted", "denied"]
    scope: tuple[str, ...]
    """What was granted, as it was declared then."""
    version: str
    """Of the plugin, then."""


Entries = dict["Need", Stored]


def judge(
    need: Need, declared: Mapping[Need, Declared], stored: Mapping[Need, Stored], version: str, origin: Origin
) -> Decision:
    """What holds for one need now; pure.

    A need that is not declared is denied. A denial holds until somebody undoes it, whatever the version: a plugin does
    not get another chance to ask by calling itself another version. A grant holds for the versions `same_range` tells
    of, and as long as no more is declared than was granted. What came with Thoth is granted what it declares.
    """
    wanted, entry = declared.get(need), stored.get(need)
    if wanted is None:
        return "denied"
    if entry is None:
        return "granted" if origin == "bundled" else "ask"
    match entry.decision:
        case "granted" if origin == "bundled":
            return "granted"
        case "granted" if same_range(entry.version, version) and covers(entry.scope, wanted.scope):
            return "granted"
        case "granted":
            return "ask"
        case _:
            return "denied"


def same_range(decided: str, now: str) -> bool:
    """Whether a grant for one version holds for another: same major number, of 0.x the same minor number.

    What does not begin with a number is only in the range of itself.
    """
    one, other = _VERSION.fullmatch(decided), _VERSION.fullmatch(now)
    if one is None or other is None:
        return decided == now
    if int(one[1]) != int(other[1]):
        return False
    return int(one[1]) > 0 or int(one[2] or 0) == int(other[2] or 0)


def source_of(plugin: Plugin) -> str:
    """Where a plugin is from, as far as trust goes: what was granted to one is not granted to another of its id.

    The user's folder is one place; of development and workspace folders each is its own, for anybody may have put a
    plugin there and called it like one that is trusted.
    """
    if plugin.origin in ("bundled", "user"):
        return plugin.origin
    return f"{plugin.origin} {plugin.folder}"


def own_name(plugin: Plugin) -> str:
    """The name under which things are kept for a plugin: its id, or `<id>@<hash of where it is from>`.

    Ids hold no `@`; see `source_of` for whose is kept apart. Safe as the name of a folder.
    """
    if plugin.origin in ("bundled", "user"):
        return plugin.id
    return f"{plugin.id}@{hashlib.sha256(os.fsencode(source_of(plugin))).hexdigest()[:16]}"


class Grants:
    """The decisions in the file at `path`, shared with every other process; for any thread.

    `{"<plugin id>": {"<source>": {"<need>": {"decision": …, "scope": […], "version": …}}}}`, ids in lower case, sources
    as `source_of` tells. Entries that make no sense deny. What another process decides holds from the next
    call on.
    """

    def __init__(self, path: Path, report: Callable[[str], None] | None = None) -> None:
        self._file: Final = JsonFile(path, MAX_BYTES, report) if report else JsonFile(path, MAX_BYTES)
        self._lock = threading.Lock()
        self._known: Mapping[str, Any] = {}
        self._seen: tuple[int, ...] | None = None
        """What the file looked like when it was read; None before that."""
        self._deciding = threading.Lock()
        """Held while a decision of ours is written, so that it is never taken for one of somebody else."""
        self._noted: dict[str, Any] | None = None
        """What `changed_elsewhere` knows of."""

    def of(self, plugin: Plugin) -> Entries:
        """What was decided about a plugin, by need."""
        by_source = self._current().get(plugin.id.lower())
        raw = by_source.get(source_of(plugin)) if isinstance(by_source, dict) else None
        if not isinstance(raw, dict):
            return {}
        return {need: _entry(raw[need]) for need in NEEDS if need in raw}

    def decide(self, plugin: Plugin, decisions: Mapping[Need, Stored | None]) -> None:
        """Keeps decisions about a plugin, None forgets one; raises FileUnwritable. May wait for other processes."""

        def change(content: dict[str, Any]) -> dict[str, Any]:
            entries = _inside(_inside(content, plugin.id.lower()), source_of(plugin))
            for need, entry in decisions.items():
                if entry is None:
                    entries.pop(need, None)
                else:
                    entries[need] = {**asdict(entry), "scope": list(entry.scope)}  # as it is read again
            return content

        self._update(plugin.id, change)

    def forget(self, plugin_id: str) -> None:
        """Drops all that was decided about a plugin, wherever it is from; raises FileUnwritable."""

        def change(content: dict[str, Any]) -> dict[str, Any]:
            content.pop(plugin_id.lower(), None)
            return content

        self._update(plugin_id, change)

    def changed_elsewhere(self) -> set[str]:
        """Ids (lower case) of plugins about which others have decided since this was asked last; none at first."""
        with self._deciding:
            now = dict(self._current())
            with self._lock:
                before, self._noted = self._noted, now
        if before is None:
            return set()
        return {plugin_id for plugin_id in {*before, *now} if before.get(plugin_id) != now.get(plugin_id)}

    def _update(self, plugin_id: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        with self._deciding:
            content = self._file.update(change)
            with self._lock:
                self._seen = None
                if self._noted is not None:
                    self._noted[plugin_id.lower()] = content.get(plugin_id.lower())

    def _current(self) -> Mapping[str, Any]:
        """The content, read again where the file is another one than before; nothing where it cannot be read."""
        with self._lock:
            seen = self._look()
            if seen != self._seen or self._seen is None:
                try:
                    self._known = self._file.read()
                except FileUnreadable as error:
                    logger.error("Nothing is granted to any plugin: %s", error)
                    self._known = {}
                self._seen = seen
            return self._known

    def _look(self) -> tuple[int, ...]:
        try:
            return _signature(self._file.path.lstat())
        except OSError:
            return ()


def _signature(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _entry(raw: object) -> Stored:
    """The decision in `raw`. Somebody decided something: where nobody can tell what, it is a denial."""
    match raw:
        case {"decision": "granted", "scope": list() as scope, "version": str() as version}:
            if all(isinstance(item, str) for item in scope):
                return Stored("granted", tuple(scope), version)
    return Stored("denied", (), "")


def _inside(table: dict[str, Any], key: str) -> dict[str, Any]:
    found = table.get(key)
    if not isinstance(found, dict):
        found = table[key] = {}
    return found
