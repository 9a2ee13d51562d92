"""Themes that plugins make (`theme-provider`), kept for as long as they say."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from thoth_ls.errors import Cancelled, PluginError, PluginInvalid, PluginReloaded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.runtime.runtime import PluginRuntime
    from thoth_ls.themes.theme_text import Variant
    from thoth_ls.wire.themes import EditorKind

    Made = tuple[Variant, list[str]]
    """A theme, and what is to be said of it."""

PROVIDER: Final = "theme-provider"
SECONDS: Final = 2.0
"""A plugin has for its themes: a list of all waits for the slowest."""
LEAST_REFRESH: Final = 10
"""Seconds between two askings, whatever a plugin wants."""
MOST_THEMES: Final = 64
MOST_TOKENS: Final = 64 << 10
"""Characters of one theme."""
REST_SECONDS: Final = 60.0
"""After a failure, until it is tried again."""
_KINDS: Final = {
    "dark": "dark",
    "light": "light",
    "highContrastDark": "high-contrast-dark",
    "highContrastLight": "high-contrast-light",
}


@dataclass(slots=True)
class _Kept:
    instance: PluginInstance
    themes: dict[EditorKind, Sequence[Made]] = field(default_factory=dict)
    timer: asyncio.TimerHandle | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Providers:
    """An instance of each plugin that makes themes, from the first asking on. Belongs to the event loop."""

    def __init__(self, runtime: PluginRuntime, changed: Callable[[], None], clock: Callable[[], float]) -> None:
        self._runtime = runtime
        self._changed = changed
        self._clock = clock
        self._kept: dict[str, _Kept] = {}
        self._failed: dict[str, tuple[PluginError, asyncio.TimerHandle]] = {}
        """Why, and what ends the rest."""
        self._undecided: set[str] = set()
        """Plugins that were not asked for want of a decision."""
        self._over = False
        self._closing: set[asyncio.Task[None]] = set()

    async def themes(self, plugin: Plugin, kind: EditorKind) -> Sequence[Made]:
        """What a plugin makes for an editor of this kind; raises PluginError, and for a while the same one again."""
        failed = self._failed.get(plugin.id)
        if failed is not None:
            raise failed[0].with_traceback(None)
        if not self._runtime.custody.settled(plugin):
            self._undecided.add(plugin.id)
            raise PluginError(plugin.id, "its themes are made once it has been decided what it may do (view Plugins)")
        try:
            try:
                return await self._made(plugin, kind)
            except Cancelled:  # it was forgotten under way: its settings are others, say
                if self._over:
                    raise
                return await self._made(plugin, kind)
        except Cancelled as error:
            raise PluginError(plugin.id, str(error)) from None
        except PluginReloaded:
            raise
        except PluginError as error:
            self._rest(plugin.id, error)
            raise

    def forget(self, plugin_id: str) -> bool:
        """Has a plugin asked anew; whether it made any."""
        failed = self._failed.pop(plugin_id, None)
        if failed is not None:
            failed[1].cancel()
        kept = self._kept.pop(plugin_id, None)
        if kept is not None:
            self._end(kept)
        undecided = plugin_id in self._undecided
        self._undecided.discard(plugin_id)
        return kept is not None or failed is not None or undecided

    async def close(self) -> None:
        """Ends all of them."""
        self._over = True
        for plugin_id in [*self._kept, *self._failed]:
            self.forget(plugin_id)
        await asyncio.gather(*self._closing, return_exceptions=True)

    async def _made(self, plugin: Plugin, kind: EditorKind) -> Sequence[Made]:
        kept = await self._ready(plugin)
        async with kept.lock:
            if self._kept.get(plugin.id) is not kept:
                raise Cancelled(f"plugin {plugin.id} was asked anew meanwhile")
            if kind not in kept.themes:
                kept.themes[kind] = await self._asked(plugin, kept, kind)
            return kept.themes[kind]

    def _rest(self, plugin_id: str, error: PluginError) -> None:
        """It is tried again when somebody asks after a while, which whoever shows its themes is told."""
        before = self._failed.get(plugin_id)
        if before is not None:
            before[1].cancel()
        timer = asyncio.get_running_loop().call_later(REST_SECONDS, self._rested, plugin_id)
        self._failed[plugin_id] = (error, timer)

    def _rested(self, plugin_id: str) -> None:
        if self._failed.pop(plugin_id, None) is not None:
            self._changed()

    async def _ready(self, plugin: Plugin) -> _Kept:
        kept = self._kept.get(plugin.id)
        if kept is None or kept.instance.closed:
            instance = await self._runtime.instance(plugin)
            other = self._kept.get(plugin.id)
            if other is not None and not other.instance.closed:
                await instance.close()
                return other
            kept = self._kept[plugin.id] = _Kept(instance)
        return kept

    async def _asked(self, plugin: Plugin, kept: _Kept, kind: EditorKind) -> Sequence[Made]:
        now = self._clock()
        around = {
            "kind": _KINDS[kind],
            "unix_seconds": max(0, int(now)),
            "utc_offset_minutes": int(time.localtime(now).tm_gmtoff // 60),
        }
        try:
            async with asyncio.timeout(SECONDS):
                answer = await kept.instance.call(PROVIDER, "themes", around, kill=True)
        except TimeoutError:
            raise PluginError(plugin.id, f"it took longer than {SECONDS:g} s to make its themes") from None
        provided, refresh = answer
        themes = _checked(plugin, provided, dark=kind in ("dark", "highContrastDark"))
        if refresh and kept.timer is None:
            loop = asyncio.get_running_loop()
            kept.timer = loop.call_later(max(LEAST_REFRESH, refresh), self._due, plugin.id, kept)
        return themes

    def _due(self, plugin_id: str, kept: _Kept) -> None:
        """Time is up: whoever shows its themes asks again."""
        kept.timer = None
        kept.themes.clear()
        if self._kept.get(plugin_id) is kept:
            self._changed()

    def _end(self, kept: _Kept) -> None:
        if kept.timer is not None:
            kept.timer.cancel()
        task = asyncio.get_running_loop().create_task(kept.instance.close())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


def _checked(plugin: Plugin, provided: Sequence[Any], *, dark: bool) -> list[Made]:
    from thoth_ls.themes.theme_text import read_variant

    if len(provided) > MOST_THEMES:
        raise PluginInvalid(plugin.id, f"it makes {len(provided):,} themes, and {MOST_THEMES} are taken")
    made: dict[str, Made] = {}
    for item in provided:
        name, text = item["name"].strip(), item["tokens_json"]
        if not name or len(name) > 200:
            raise PluginInvalid(plugin.id, "a theme it makes has no name, or one of more than 200 characters")
        if len(text) > MOST_TOKENS:
            raise PluginInvalid(plugin.id, f"the theme “{name[:60]}” has more than {MOST_TOKENS:,} characters")
        try:
            given = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise PluginInvalid(plugin.id, f"the theme “{name[:60]}” is not valid JSON: {error}") from None
        if not isinstance(given, dict):
            raise PluginInvalid(plugin.id, f"the theme “{name[:60]}” is no object of colors by token")
        known = given.get("dark_mode")
        variant, remarks = read_variant(name, given, known if isinstance(known, bool) else dark)
        made.setdefault(name, (variant, [str(remark) for remark in remarks]))
    return list(made.values())
