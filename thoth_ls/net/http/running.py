"""Hops that are under way: a decision that is undone ends them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thoth_ls.net.model import NetworkRefused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.gate import Gate
    from thoth_ls.net.model import Attempt, Checked


@dataclass(eq=False, slots=True)
class _Hop:
    plugin: Plugin
    attempt: Attempt
    checked: Checked
    once: bool
    """Whether a person allowed this hop alone, so that there is no decision that could be undone."""
    task: asyncio.Task[object]
    why: str | None = None
    """Why it is being ended."""


class Running:
    """Belongs to one event loop."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._hops: set[_Hop] = set()

    @asynccontextmanager
    async def watched(
        self, plugin: Plugin, attempt: Attempt, checked: Checked, *, by_answer: bool
    ) -> AsyncIterator[None]:
        """Inside, the current task is ended with NetworkRefused as soon as the hop is no longer allowed.

        Raises it at once where that has come about since it was let through.
        """
        task = asyncio.current_task()
        assert task is not None
        once = False
        if by_answer or not checked.addresses:  # much may have been decided while it waited for its turn, or its proxy
            once = self._gate.require_still(plugin, attempt, checked, by_answer=by_answer)
        hop = _Hop(plugin, attempt, checked, once, task)
        self._hops.add(hop)
        try:
            yield
        except asyncio.CancelledError:
            if hop.why is None or task.uncancel() > 0:
                raise
            raise NetworkRefused(hop.why) from None
        finally:
            self._hops.discard(hop)

    def judge_again(self, plugin_id: str | None = None) -> None:
        """Judges what is under way of one plugin, or of all, by what is decided now."""
        for hop in self._hops:
            if hop.why is not None or (plugin_id is not None and hop.plugin.id.lower() != plugin_id.lower()):
                continue
            try:
                self._gate.require_still(
                    hop.plugin, hop.attempt, hop.checked, by_answer=hop.once, otherwise=": it was ended under way"
                )
            except NetworkRefused as refused:
                hop.why = str(refused)
                hop.task.cancel()
