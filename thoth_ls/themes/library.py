"""All themes that can be chosen: those in files of plugins, and those that plugins make."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from thoth_ls.catalog.discovery import THEME
from thoth_ls.catalog.harmless import harmless
from thoth_ls.catalog.manifest import Capability, ManifestError, read_bytes
from thoth_ls.errors import PluginError, UnknownTheme
from thoth_ls.themes.providers import PROVIDER, Providers
from thoth_ls.wire import themes as w

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.runtime.runtime import PluginRuntime
    from thoth_ls.themes.theme_text import ThemeFile, Variant

MOST_NAME: Final = 100
MOST_REMARKS: Final = 20
_Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Theme:
    plugin: Plugin
    variant: Variant
    dynamic: bool
    remarks: Sequence[str]

    @property
    def theme_id(self) -> str:
        return f"{self.plugin.id}/{self.variant.key}"


class Themes:
    """Belongs to the event loop. `changed` is called when there may be others.

    Colours are read and resolved by modules that are imported when somebody asks: the server starts without them.
    """

    def __init__(
        self,
        runtime: PluginRuntime,
        changed: Callable[[], None],
        plugins_folder: Path,
        rescan: Callable[[], Awaitable[None]],
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`plugins_folder` is the user's own; `rescan` looks at it again."""
        self._runtime = runtime
        self._plugins_folder = plugins_folder
        self._rescan = rescan
        self._changed = changed
        self._providers = Providers(runtime, changed, clock)
        self._files: dict[str, tuple[_Stamp, ThemeFile]] = {}

    async def all(self, kind: w.EditorKind) -> w.ThemeList:
        """Every theme by family and name, and the plugins whose themes cannot be had."""
        found, failures = await self._all(kind)
        infos = [_info(theme) for theme in found]
        infos.sort(key=lambda info: (info.family.casefold(), not info.dark, info.name.casefold(), info.theme_id))
        return w.ThemeList(themes=infos, failures=failures)

    async def resolve(self, theme_id: str, kind: w.EditorKind) -> w.ResolvedTheme:
        """What a theme looks like everywhere; raises UnknownTheme, PluginError."""
        if not theme_id:
            raise UnknownTheme(
                "There is no theme without an id: what the editor's own colors are, the editor alone knows. "
                "Its web views make the tokens of them, by the table in docs/themes.md."
            )
        plugin_id, _, _ = theme_id.partition("/")
        plugin = next((item for item in await self._plugins() if item.id.lower() == plugin_id.lower()), None)
        if plugin is None:
            raise UnknownTheme(
                f"There is no theme {harmless(theme_id, 200)!r}: its plugin is not there, or switched off."
            )
        themes, failure = await self._of(plugin, kind)
        theme = next((item for item in themes if item.theme_id.lower() == theme_id.lower()), None)
        if theme is None and failure is not None:
            raise failure
        if theme is None:
            raise UnknownTheme(f"The plugin {plugin.id} has no theme {harmless(theme_id.partition('/')[2], 200)!r}.")
        return _resolved(theme)

    async def read_vscode(self, params: w.ReadVsCodeThemeParams) -> w.VsCodeThemeRead:
        """A theme made of a colour theme of VS Code; raises InputInvalid."""
        dark = params.editor_kind in ("dark", "highContrastDark")
        from thoth_ls.themes.vscode_theme import made_of

        made = await asyncio.to_thread(made_of, params.text, params.name, dark=dark)
        return w.VsCodeThemeRead(
            name=harmless(made.name, MOST_NAME),
            dark=made.dark,
            colors={token: str(color) for token, color in made.palette.items()},
            remarks=[harmless(remark, 300) for remark in made.remarks],
        )

    async def install(self, params: w.InstallThemeParams) -> w.InstallThemeResult:
        """Keeps a theme among the user's plugins; raises InputInvalid, FileUnwritable."""
        from thoth_ls.themes.installing import install

        plugin_id, folder = await asyncio.to_thread(
            install, self._plugins_folder, params.name, params.colors, dark=params.dark
        )
        await self._rescan()
        name = " ".join(params.name.split())
        return w.InstallThemeResult(theme_id=f"{plugin_id}/{name}", folder=folder.as_uri())

    def plugin_stopped(self, plugin_id: str, reason: PluginError) -> None:
        """See `manager.views.View`."""
        self._forget(plugin_id)

    def plugin_changed(self, plugin_id: str, message: str) -> None:
        """See `manager.views.View`."""
        self._forget(plugin_id)

    def settings_changed(self, plugin_id: str) -> None:
        """A plugin that makes themes may make others now."""
        if self._providers.forget(plugin_id):
            self._changed()

    async def close(self) -> None:
        """Ends what makes themes."""
        await self._providers.close()

    def _forget(self, plugin_id: str) -> None:
        plugin = self._runtime.catalog.get(plugin_id)
        made = self._providers.forget(plugin_id)
        known = self._files.pop(plugin_id.lower(), None) is not None
        if made or known or (plugin is not None and _is_theme(plugin)):
            self._changed()

    async def _plugins(self) -> Sequence[Plugin]:
        catalog = await asyncio.to_thread(lambda: self._runtime.catalog)
        refusal = self._runtime.custody.refusal
        return [plugin for plugin in catalog.usable if _is_theme(plugin) and refusal(plugin) is None]

    async def _all(self, kind: w.EditorKind) -> tuple[list[_Theme], list[w.ThemeFailure]]:
        found: list[_Theme] = []
        failures = []
        plugins = await self._plugins()
        outcomes = await asyncio.gather(*(self._of(plugin, kind) for plugin in plugins), return_exceptions=True)
        for plugin, outcome in zip(plugins, outcomes, strict=True):
            if isinstance(outcome, BaseException) and not isinstance(outcome, PluginError):
                raise outcome
            themes, failure = ([], outcome) if isinstance(outcome, PluginError) else outcome
            found += themes
            if failure is not None:
                failures.append(
                    w.ThemeFailure(plugin_id=plugin.id, plugin_name=_name(plugin), message=harmless(str(failure), 500))
                )
        return found, failures

    async def _of(self, plugin: Plugin, kind: w.EditorKind) -> tuple[Sequence[_Theme], PluginError | None]:
        """Its themes, and why those it makes are not among them; raises PluginError."""
        found: list[_Theme] = []
        if plugin.file(THEME) is not None:
            file = await asyncio.to_thread(self._file, plugin)
            found += [_Theme(plugin, variant, False, _remarks(file, variant.key)) for variant in file.variants]
        if plugin.wasm.is_file() and PROVIDER in (await self._runtime.load(plugin)).exports:
            try:
                made = await self._providers.themes(plugin, kind)
            except PluginError as error:
                return found, error
            for variant, remarks in made:
                if all(variant.key != other.variant.key for other in found):
                    found.append(_Theme(plugin, variant, True, remarks))
        return found, None

    def _file(self, plugin: Plugin) -> ThemeFile:
        """Of a plugin's folder; read again only when it is another."""
        from thoth_ls.themes.theme_text import read

        path = plugin.folder / THEME
        theme = plugin.manifest.theme if plugin.manifest else None
        try:
            found = path.stat()
            stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
            kept = self._files.get(plugin.id.lower())
            if kept is None or kept[0] != stamp:
                kept = self._files[plugin.id.lower()] = (stamp, read(read_bytes(path), theme.darkness if theme else {}))
        except (OSError, ManifestError) as error:
            raise PluginError(plugin.id, f"theme.json cannot be read: {error}") from None
        if not kept[1].variants:
            said = "; ".join(str(remark) for remark in kept[1].remarks[:3])
            raise PluginError(plugin.id, f"theme.json has no theme: {said or 'it is empty'}")
        return kept[1]


def _is_theme(plugin: Plugin) -> bool:
    return plugin.manifest is not None and Capability.THEME in plugin.manifest.capabilities


def _name(plugin: Plugin) -> str:
    return harmless(plugin.manifest.name if plugin.manifest else plugin.id, MOST_NAME)


def _remarks(file: ThemeFile, key: str) -> list[str]:
    return [str(remark) for remark in file.remarks if remark.variant in ("", key)][:MOST_REMARKS]


def _info(theme: _Theme) -> w.ThemeInfo:
    plugin, variant = theme.plugin, theme.variant
    section = plugin.manifest.theme if plugin.manifest else None
    return w.ThemeInfo(
        theme_id=theme.theme_id,
        name=harmless(variant.key, MOST_NAME),
        family=harmless(section.family if section else _name(plugin), MOST_NAME),
        dark=variant.dark,
        plugin_id=plugin.id,
        plugin_name=_name(plugin),
        dynamic=theme.dynamic,
        colors={token: str(color) for token, color in variant.palette.items()},
        remarks=[harmless(remark, 300) for remark in theme.remarks],
    )


def _resolved(theme: _Theme) -> w.ResolvedTheme:
    from thoth_ls.themes.resolving import resolved

    found = resolved(theme.variant.palette)
    return w.ResolvedTheme(
        theme_id=theme.theme_id,
        name=harmless(theme.variant.key, MOST_NAME),
        dark=theme.variant.dark,
        css=dict(found.css),
        workbench=dict(found.workbench),
        text_mate_rules=[
            w.TextMateRule(
                name=f"Thoth: {rule.name}",
                scope=list(rule.scopes),
                settings=w.TextMateSettings(foreground=color, font_style=rule.style),
            )
            for rule, color in found.rules
        ],
        semantic_rules=dict(found.semantic),
    )
