"""Two keys to everything beyond the sandbox: the author declared the need, the person granted it."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from thoth_ls.calling import INVALID, HostRefusal
from thoth_ls.catalog.grants import Stored, judge, source_of
from thoth_ls.catalog.harmless import harmless
from thoth_ls.catalog.needs import ABOUT
from thoth_ls.catalog.scopes import reaches, shown, unreadable
from thoth_ls.consent.questions import Questions
from thoth_ls.errors import InputInvalid, PermissionDenied, PluginInvalid
from thoth_ls.wire.permissions import PermissionQuestion

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from thoth_ls.catalog.grants import Grants
    from thoth_ls.catalog.manifest_permissions import Declared
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.runtime.imports import Permit
    from thoth_ls.wire.permissions import Decision, Need, Permission, PermissionAnswer

    Ask = Callable[[PermissionQuestion], Awaitable[PermissionAnswer | None]]
    """Puts a question to a person; None when they waved it away or cannot be reached."""

MOST_NAME = 80
SHOWN_HOSTS = 5
"""Of a scope, in a sentence."""


class Permissions:
    """Decides what plugins may do, and asks a person where nobody has decided yet. Belongs to one event loop.

    `permit`'s judges are called on the threads of instances; they look at the decisions as they are at that moment.
    """

    def __init__(
        self,
        grants: Grants,
        ask: Ask | None = None,
        changed: Callable[[str], None] = lambda plugin_id: None,
        clock: Callable[[], float] = time.monotonic,
        *,
        turn: asyncio.Lock | None = None,
    ) -> None:
        self.ask = ask
        """None where there is nobody to ask; may be replaced."""
        self._grants = grants
        self._changed = changed
        self._questions = Questions(clock, turn)

    async def admit(self, plugin: Plugin, need: Need | None = None) -> None:
        """Asks for what nobody has decided about; then raises PermissionDenied unless `need` is granted.

        Waits as long as the person takes. Raises FileUnwritable where the answer cannot be kept.
        """
        if self.ask is not None and not self.settled(plugin):
            ask = self.ask
            await self._questions.once(_key(plugin), lambda: self._put(plugin, ask), lambda: self.settled(plugin))
        if need is not None:
            why = self._against(plugin, need)
            if why is not None:
                raise PermissionDenied(plugin.id, need, f"it {why}")

    def settled(self, plugin: Plugin) -> bool:
        """Whether all the plugin declares has been decided about."""
        return not self._undecided(plugin)

    def decision(self, plugin: Plugin, need: Need) -> Decision:
        """What holds now; a need that is not declared is denied."""
        manifest = plugin.manifest
        if manifest is None:
            return "denied"
        return judge(need, manifest.needs(), self._grants.of(plugin), manifest.version, plugin.origin)

    def decided(self, plugin: Plugin) -> list[Permission]:
        """What the plugin declares, each with what holds now."""
        return [
            permission.model_copy(update={"decision": self.decision(plugin, permission.need)})
            for permission in plugin.permissions()
        ]

    def permit(self, plugin: Plugin) -> Permit:
        """Judges calls of host functions by what is decided at that moment; for any thread."""
        from thoth_ls.runtime.imports import NotGranted  # imports wasmtime, which the start does not wait for

        def judged(need: Need, function: str, target: str | None) -> None:
            why = self._against(plugin, need)
            if why is not None:
                raise NotGranted(need, f"{function} {why}")
            if target is not None and (wrong := unreadable(target)) is not None:
                raise HostRefusal(f"{function} may not reach {harmless(target, MOST_NAME)}: {wrong}", INVALID)
            if target is not None and not self._reaches(plugin, need, target):
                hosts = _sentence(shown(_needs(plugin)[need].scope))
                said = f"{function} may not reach {harmless(target, MOST_NAME)}; it declares and was granted {hosts}"
                raise NotGranted(need, said)

        return judged

    def granted(self, plugin: Plugin, need: Need) -> tuple[str, ...] | None:
        """What the plugin declares for a need that was granted, as host patterns; None where it is not granted.

        A grant holds for no more than it was given for, so that all that is declared was granted.
        """
        return _needs(plugin)[need].scope if self.decision(plugin, need) == "granted" else None

    async def set(self, plugin: Plugin, need: Need, decision: Decision) -> None:
        """Keeps a decision (`ask` forgets it); it holds from the next call of the plugin on.

        Raises InputInvalid for a need the plugin does not declare, and FileUnwritable.
        """
        manifest = plugin.manifest
        if manifest is None:
            raise PluginInvalid(plugin.id, plugin.problem or "it has no manifest")
        declared = manifest.needs()
        if need not in declared and decision != "ask":
            raise InputInvalid(
                plugin.id, "need", f"it does not declare the permission {need}; it declares {_sentence(list(declared))}"
            )
        entry = None if decision == "ask" else _stored(decision == "granted", declared[need], manifest.version)
        await asyncio.to_thread(self._grants.decide, plugin, {need: entry})
        self._questions.ask_again(_key(plugin))
        self._questions.look_again()
        self._changed(plugin.id)

    def look_again(self) -> None:
        """Withdraws questions that were answered elsewhere meanwhile, as by another server or the command line."""
        self._questions.look_again()

    def decided_elsewhere(self) -> AbstractSet[str]:
        """Ids of plugins (lower case) that other servers decided about since this was asked last; for any thread."""
        return self._grants.changed_elsewhere()

    def forget(self, plugin_id: str) -> None:
        """Drops all that was decided about a plugin; raises FileUnwritable. May wait for other processes."""
        self._grants.forget(plugin_id)

    def _undecided(self, plugin: Plugin) -> list[Permission]:
        return [permission for permission in self.decided(plugin) if permission.decision == "ask"]

    async def _put(self, plugin: Plugin, ask: Ask) -> bool:
        """Asks, and keeps what was decided; true when nothing is left to decide."""
        undecided = self._undecided(plugin)
        manifest = plugin.manifest
        if not undecided or manifest is None:
            return True
        question = PermissionQuestion(
            plugin_id=plugin.id,
            plugin_name=harmless(manifest.name, MOST_NAME),
            version=harmless(manifest.version, MOST_NAME),
            origin=plugin.origin,
            permissions=undecided,
            update=any(entry.decision == "granted" for entry in self._grants.of(plugin).values()),
        )
        answer = await ask(question)
        if answer is None:
            return False
        declared = manifest.needs()
        asked = {permission.need for permission in undecided}
        granted = asked.intersection(answer.granted).difference(answer.denied)
        decisions = {
            need: _stored(need in granted, declared[need], manifest.version)
            for need in asked.intersection([*answer.granted, *answer.denied])
        }
        if decisions:
            await asyncio.to_thread(self._grants.decide, plugin, decisions)
            self._changed(plugin.id)
        return decisions.keys() == asked

    def _reaches(self, plugin: Plugin, need: Need, target: str) -> bool:
        """Whether both keys fit: the target is declared and, unless the plugin came with Thoth, was granted."""
        if not reaches(_needs(plugin)[need].scope, target):
            return False
        entry = self._grants.of(plugin).get(need)
        return plugin.bundled if entry is None else plugin.bundled or reaches(entry.scope, target)

    def _against(self, plugin: Plugin, need: Need) -> str | None:
        """Why a need is not granted and what to do, as the end of a sentence; None when it is."""
        takes = f"needs the permission {need} ({ABOUT[need].title})"
        if need not in _needs(plugin):
            return f"{takes}, which its manifest does not declare; its author has to add it to [permissions]"
        grant = f"allow it in the view Plugins, or run: thoth plugins grant {plugin.id} {need}"
        match self.decision(plugin, need):
            case "granted":
                return None
            case "ask":
                return f"{takes}, which nobody has granted yet; {grant}"
            case _:
                return f"{takes}, which was denied; {grant}"


def _needs(plugin: Plugin) -> Mapping[Need, Declared]:
    return plugin.manifest.needs() if plugin.manifest else {}


def _key(plugin: Plugin) -> str:
    return f"{plugin.id.lower()} {source_of(plugin)}"


def _stored(granted: bool, declared: Declared, version: str) -> Stored:
    return Stored("granted", declared.scope, version) if granted else Stored("denied", (), version)


def _sentence(items: Sequence[str]) -> str:
    if not items:
        return "nothing"
    more = f" and {len(items) - SHOWN_HOSTS} more" if len(items) > SHOWN_HOSTS else ""
    return ", ".join(items[:SHOWN_HOSTS]) + more
