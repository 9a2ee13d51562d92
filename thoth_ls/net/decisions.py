"""What people decided about hosts, by plugin: kept for the user or the workspace, or until the server ends."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any, Final

from thoth_ls.catalog.grants import source_of
from thoth_ls.catalog.scoped_file import ScopedFile
from thoth_ls.catalog.scopes import ScopeError
from thoth_ls.errors import InputInvalid
from thoth_ls.net.once import OneShots
from thoth_ls.net.patterns import Reach, parse_reach
from thoth_ls.net.policy import Rule
from thoth_ls.net.stored import as_kept, kept_rules, now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.catalog.scoped_file import Scope
    from thoth_ls.net.model import Checked, Target
    from thoth_ls.net.once import Shot
    from thoth_ls.storage.whole_file import Report
    from thoth_ls.wire.network import Duration, NetworkGrant

    OnChange = Callable[[frozenset[str]], None]
    """Gets the ids (lower case) of plugins about which something was decided or forgotten, by whomever."""

logger = logging.getLogger(__name__)

FILE: Final = "network.json"
MOST_OF_ONE: Final = 1000
"""Decisions about one plugin of one duration."""

Key = tuple[str, str]
"""Id (lower case) and source of a plugin: what was allowed to one is not allowed to another of its id."""


class Decisions:
    """All decisions about the network. Belongs to one event loop; files are written in threads.

    `workspace` names the open workspace as `Services` does, None without one.
    """

    def __init__(
        self, state: Path, workspace: str | None, report: Report, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._file = ScopedFile(state, FILE, workspace, report)
        self._passing: dict[Key, dict[str, Rule]] = {}
        """Those until closed, by plugin and pattern."""
        self._shots = OneShots(clock)
        self._changes = 0
        """Of what is in memory alone."""
        self._known: tuple[int, dict[Key, list[Rule]]] = (-1, {})
        """Version of the files, and the rules in them."""
        self._listeners: list[OnChange] = []

    @property
    def version(self) -> int:
        """Another one after each change, whoever made it; changes of others count once `refresh` has seen them."""
        return self._file.version + self._changes

    @property
    def has_workspace(self) -> bool:
        """Whether decisions can be kept for a workspace."""
        return self._file.has_workspace

    def on_change(self, listener: OnChange) -> None:
        """Has `listener` called on the event loop after each change."""
        self._listeners.append(listener)

    def refresh(self) -> None:
        """Takes in what other processes decided. Looks at two files."""
        self._kept()

    def of(self, plugin: Plugin) -> Sequence[NetworkGrant]:
        """The decisions about a plugin, those of the user first, then of the workspace, then until closed."""
        return [rule.grant for rule in self._of(plugin)]

    def rules(self, plugin: Plugin) -> Sequence[Rule]:
        """The same for the judge, with what was allowed once and is not used up."""
        return [*self._of(plugin), *self._shots.rules(_key(plugin))]

    def all(self) -> list[NetworkGrant]:
        """Every decision about every plugin, those of one plugin together; `plugin_id` as it was when it was kept."""
        kept = self._kept()
        keys = sorted({*kept, *self._passing})
        return [rule.grant for key in keys for rule in (*kept.get(key, ()), *self._passing.get(key, {}).values())]

    async def keep(self, plugin: Plugin, grant: NetworkGrant) -> NetworkGrant:
        """Keeps a decision, in place of one about the same pattern and duration; returns it as it was kept.

        The id of the plugin is filled in, and the time where it is empty. Raises InputInvalid for what makes no sense
        (no pattern, a workspace's where none is open, local addresses or unchecked certificates of more than one place)
        and FileUnwritable.
        """
        reach = _read(plugin, grant.pattern)
        grant = grant.model_copy(update={"plugin_id": plugin.id, "pattern": str(reach), "since": grant.since or now()})
        self._demand_sense(plugin, reach, grant)
        if grant.duration == "untilClosed":
            passing = self._passing.setdefault(_key(plugin), {})
            _demand_room(plugin, passing, grant)
            passing[str(reach)] = Rule(reach, grant)
            self._changed(plugin.id)
        else:
            await self._update(grant.duration, lambda content: _with(content, plugin, grant))
        return grant

    async def forget(self, plugin: Plugin, pattern: str, duration: Duration) -> bool:
        """Forgets a decision, so that it is asked again; whether there was one. Raises InputInvalid, FileUnwritable."""
        name = str(_read(plugin, pattern))
        self._shots.forget(plugin.id.lower(), name)
        if duration == "untilClosed":
            found = self._passing.get(_key(plugin), {}).pop(name, None) is not None
            if found:
                self._changed(plugin.id)
            return found
        found = any(rule.grant.duration == duration and str(rule.reach) == name for rule in self._of(plugin))
        if found:
            await self._update(duration, lambda content: _without(content, plugin, name))
        return found

    async def forget_plugin(self, plugin_id: str) -> None:
        """Forgets all about plugins of this id, wherever they are from; raises FileUnwritable."""
        low = plugin_id.lower()
        self._shots.forget(low)
        for key in [key for key in self._passing if key[0] == low]:
            del self._passing[key]
        self._changed(plugin_id)
        scopes: tuple[Scope, ...] = ("user", "workspace") if self.has_workspace else ("user",)
        for scope in scopes:
            await self._update(
                scope, lambda content: {name: item for name, item in content.items() if name.lower() != low}
            )

    def once(self, plugin: Plugin, checked: Checked) -> None:
        """Allows one exchange to go there within five minutes; `spend` ends it."""
        self._shots.add(_key(plugin), plugin.id, checked)

    def spend(self, plugin: Plugin, targets: Iterable[Target]) -> list[Shot]:
        """Uses up what was allowed once for these places, and returns it: no other exchange goes there by it."""
        return self._shots.spend(_key(plugin), frozenset(targets))

    def give_back(self, plugin: Plugin, shots: Iterable[Shot]) -> None:
        """Has what was used up hold again: the exchange that had it has ended with a question."""
        self._shots.give_back(_key(plugin), shots)

    def _of(self, plugin: Plugin) -> Sequence[Rule]:
        key = _key(plugin)
        return [*self._kept().get(key, ()), *self._passing.get(key, {}).values()]

    def _kept(self) -> dict[Key, list[Rule]]:
        """The rules in the files as they are now; listeners hear of what was changed there."""
        self._file.refresh()
        version, before = self._known
        if version == self._file.version:
            return before
        found: dict[Key, list[Rule]] = {}
        contents: tuple[tuple[Any, Scope], ...] = ((self._file.user, "user"), (self._file.workspace, "workspace"))
        for content, duration in contents:
            for key, rule in kept_rules(content, duration):
                found.setdefault(key, []).append(rule)
        self._known = (self._file.version, found)
        if version >= 0:
            self._tell({key[0] for key in {*before, *found} if before.get(key) != found.get(key)})
        return found

    async def _update(self, scope: Scope, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        self._kept()  # so that the difference is known, and told
        await asyncio.to_thread(self._file.update, scope, change)
        self._kept()

    def _demand_sense(self, plugin: Plugin, reach: Reach, grant: NetworkGrant) -> None:
        if grant.duration == "workspace" and not self.has_workspace:
            raise InputInvalid(plugin.id, "duration", "no folder is open, so that nothing can be kept for a workspace")
        if grant.decision == "denied":
            return
        if grant.local and not reach.one_place:
            said = f"{reach} names no single host and port, as a grant of this machine or a private network has to"
            raise InputInvalid(plugin.id, "pattern", said)
        if grant.verification != "verify" and not reach.exact_host:
            said = f"{reach} names no single host, as a rule about certificates has to"
            raise InputInvalid(plugin.id, "pattern", said)
        if (grant.verification == "caFile") != (grant.ca_file is not None):
            raise InputInvalid(plugin.id, "caFile", "a file of certificates goes with the verification caFile alone")

    def _changed(self, plugin_id: str) -> None:
        self._changes += 1
        self._tell({plugin_id.lower()})

    def _tell(self, plugin_ids: Iterable[str]) -> None:
        ids = frozenset(plugin_ids)
        for listener in self._listeners if ids else ():
            try:
                listener(ids)
            except Exception:  # what was decided holds whoever fails to hear of it, and the others shall
                logger.exception("somebody failed to follow a change of decisions about the network")


def _key(plugin: Plugin) -> Key:
    return plugin.id.lower(), source_of(plugin)


def _read(plugin: Plugin, pattern: str) -> Reach:
    try:
        return parse_reach(pattern)
    except ScopeError as error:
        raise InputInvalid(plugin.id, "pattern", str(error)) from None


def _with(content: dict[str, Any], plugin: Plugin, grant: NetworkGrant) -> dict[str, Any]:
    entries = _inside(_inside(_without(content, plugin, grant.pattern), plugin.id.lower()), source_of(plugin))
    _demand_room(plugin, entries, grant)
    entries[grant.pattern] = as_kept(grant)
    return content


def _without(content: dict[str, Any], plugin: Plugin, pattern: str) -> dict[str, Any]:
    """The content without what is kept under this pattern, however somebody wrote it there."""
    entries = _inside(_inside(content, plugin.id.lower()), source_of(plugin))
    for written in list(entries):
        try:
            same = str(parse_reach(written)) == pattern
        except ScopeError:
            continue
        if same:
            del entries[written]
    return content


def _demand_room(plugin: Plugin, entries: dict[str, Any], grant: NetworkGrant) -> None:
    if grant.pattern not in entries and len(entries) >= MOST_OF_ONE:
        raise InputInvalid(plugin.id, "pattern", f"{MOST_OF_ONE} decisions are kept about it; forget some of them")


def _inside(table: dict[str, Any], key: str) -> dict[str, Any]:
    found = table.get(key)
    if not isinstance(found, dict):
        found = table[key] = {}
    return found
