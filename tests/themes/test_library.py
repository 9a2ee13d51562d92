"""The themes that can be chosen: of files, and of plugins that make them, good and bad."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from thoth_ls.errors import FileUnwritable, InputInvalid, PluginError, UnknownTheme
from thoth_ls.paths import Paths
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.runtime import PluginRuntime
from thoth_ls.themes.colors import contrast, parse
from thoth_ls.themes.library import Themes
from thoth_ls.themes.theme_text import hard_to_read, read_variant
from thoth_ls.themes.tokens import TOKENS
from thoth_ls.wire.themes import EditorKind, InstallThemeParams, ReadVsCodeThemeParams

ROOT = Path(__file__).parent.parent.parent
KINDS: tuple[EditorKind, ...] = ("dark", "light", "highContrastDark", "highContrastLight")
MANIFEST = """
id = "{id}"
name = "{name}"
version = "1.0.0"
description = "A theme"
author = "Somebody"
api = "0.1"
capabilities = ["theme"]

[theme]
family = "Tests"
catalog = {catalog}
"""


@dataclass
class Shelf:
    """Plugins in a folder of their own."""

    folder: Path
    runtime: PluginRuntime
    themes: Themes
    changes: list[float] = field(default_factory=list)

    def put(self, plugin_id: str, variants: object, catalog: str = "[]") -> Path:
        """A plugin with a theme.json."""
        folder = self.folder / plugin_id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "plugin.toml").write_text(MANIFEST.format(id=plugin_id, name=plugin_id, catalog=catalog))
        (folder / "theme.json").write_text(variants if isinstance(variants, str) else json.dumps(variants))
        return folder

    def put_built(self, name: str, wasm: Path, manifest: Path) -> None:
        """A plugin that makes themes."""
        assert wasm.exists(), "build the plugins first: make plugins"
        folder = self.folder / name
        folder.mkdir(parents=True)
        shutil.copy(wasm, folder / "plugin.wasm")
        shutil.copy(manifest, folder / "plugin.toml")

    def put_adaptive(self) -> None:
        """The one that comes with Thoth."""
        built = ROOT / "build" / "plugins" / "adaptive-theme"
        self.put_built("adaptive", built / "plugin.wasm", built / "plugin.toml")

    def put_odd(self) -> None:
        """One that does everything wrong."""
        self.put_built(
            "odd", ROOT / "build" / "fixtures" / "odd-theme.wasm", ROOT / "plugins" / "fixtures" / "odd-theme.toml"
        )


@asynccontextmanager
async def shelf(path: Path, clock: float = 1_800_000_000) -> AsyncIterator[Shelf]:
    """No plugins but those that are put there."""
    paths = Paths.under(path / "home")
    runtime = PluginRuntime(paths, Limits(), lambda *_: None, lambda *_: None, bundled_folders=[])
    folder = path / "plugins"
    runtime.development_folders = [folder]

    async def rescan() -> None:
        runtime.adopt(runtime.discover())

    changes: list[float] = []
    themes = Themes(runtime, lambda: changes.append(0.0), paths.plugins, rescan, lambda: clock)
    try:
        yield Shelf(folder, runtime, themes, changes)
    finally:
        await themes.close()
        await runtime.close()


async def test_themes_of_the_same_name_are_kept_apart_by_plugin(tmp_path: Path) -> None:
    async with shelf(tmp_path) as on:
        on.put("org.example.one", {"Night": {"bg": "#000000", "dark_mode": True}})
        on.put("org.example.two", {"Night": {"bg": "#ffffff", "dark_mode": False}})
        found = await on.themes.all("dark")
        assert [(info.theme_id, info.dark) for info in found.themes] == [
            ("org.example.one/Night", True),
            ("org.example.two/Night", False),
        ]
        assert found.themes[0].colors.keys() == TOKENS.keys()
        one = await on.themes.resolve("org.example.one/Night", "dark")
        two = await on.themes.resolve("org.example.two/Night", "dark")
        assert one.workbench["editor.background"] == "#000000"
        assert two.workbench["editor.background"] == "#ffffff"


async def test_a_file_that_is_no_theme_is_a_failure_of_its_own(tmp_path: Path) -> None:
    async with shelf(tmp_path) as on:
        on.put("org.example.good", {"Good": {}})
        on.put("org.example.bad", "{")
        on.put("org.example.empty", {})
        found = await on.themes.all("dark")
        assert [info.name for info in found.themes] == ["Good"]
        assert "the default" in found.themes[0].remarks[0] or "default" in found.themes[0].remarks[0]
        with pytest.raises((PluginError, UnknownTheme)):
            await on.themes.resolve("org.example.bad/Good", "dark")


@pytest.mark.parametrize(
    "theme_id", ["", "/", "org.example.none/Night", "org.example.one/None", "org.example.one", "x" * 500]
)
async def test_a_theme_that_is_not_there_is_said(tmp_path: Path, theme_id: str) -> None:
    async with shelf(tmp_path) as on:
        on.put("org.example.one", {"Night": {}})
        with pytest.raises(UnknownTheme, match="no theme"):
            await on.themes.resolve(theme_id, "dark")


async def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    async with shelf(tmp_path) as on:
        on.put("org.example.one", {"Night": {"accent": "#111111"}})
        assert (await on.themes.all("dark")).themes[0].colors["accent"] == "#111111"
        on.put("org.example.one", {"Night": {"accent": "#2222ff"}})
        assert (await on.themes.all("dark")).themes[0].colors["accent"] == "#2222ff"
        on.themes.plugin_changed("org.example.one", "reloaded")
        assert on.changes


@pytest.mark.parametrize("kind", KINDS)
async def test_a_theme_is_made_for_the_editor_as_it_is_and_can_be_read(tmp_path: Path, kind: EditorKind) -> None:
    async with shelf(tmp_path) as on:
        on.put_adaptive()
        found = await on.themes.all(kind)
        assert found.failures == []
        info = found.themes[0]
        assert (info.theme_id, info.dynamic, info.remarks) == ("com.thoth.adaptive-theme/Adaptive", True, [])
        assert info.dark == (kind in ("dark", "highContrastDark"))
        variant, _ = read_variant("Adaptive", info.colors, info.dark)
        assert hard_to_read(variant) == []
        least = 7 if kind.startswith("highContrast") else 4.5
        for text in ("fg", "fg_muted", "syntax_key", "syntax_string", "error", "warning"):
            assert contrast(parse(info.colors[text]), parse(info.colors["bg"])) >= least, text


@pytest.mark.parametrize("kind", KINDS)
async def test_a_plugin_that_makes_nonsense_changes_nothing_else(tmp_path: Path, kind: EditorKind) -> None:
    async with shelf(tmp_path) as on:
        on.put_odd()
        on.put("org.example.one", {"Night": {}})
        async with asyncio.timeout(30):
            found = await on.themes.all(kind)
        assert [info.name for info in found.themes] == ["Night"]
        assert [failure.plugin_id for failure in found.failures] == ["org.thoth.fixture.odd-theme"]
        assert found.failures[0].message
        again = await asyncio.wait_for(on.themes.all(kind), 1)  # it rests for a minute
        assert again == found


async def test_what_is_made_is_kept_until_settings_change(tmp_path: Path) -> None:
    async with shelf(tmp_path) as on:
        on.put_adaptive()
        await on.themes.all("dark")
        usage = on.runtime.instances("com.thoth.adaptive-theme")
        assert len(usage) == 1
        await on.themes.all("light")
        assert on.runtime.instances("com.thoth.adaptive-theme") == usage
        on.themes.settings_changed("com.thoth.adaptive-theme")
        assert len(on.changes) == 1
        await on.themes.all("dark")


async def test_a_theme_of_vs_code_becomes_a_plugin(tmp_path: Path) -> None:
    async with shelf(tmp_path) as on:
        text = json.dumps({"name": "Örtlich", "type": "dark", "colors": {"editor.background": "#101010"}})
        read = await on.themes.read_vscode(ReadVsCodeThemeParams(text=text, name="x", editor_kind="light"))
        assert (read.name, read.dark, read.colors["bg"]) == ("Örtlich", True, "#101010")
        for number in (1, 2):
            done = await on.themes.install(InstallThemeParams(name=read.name, dark=read.dark, colors=read.colors))
            suffix = "" if number == 1 else "-2"
            assert done.theme_id == f"imported.theme.ortlich{suffix}/Örtlich"
            assert (await on.themes.resolve(done.theme_id, "dark")).workbench["editor.background"] == "#101010"


async def test_what_is_no_theme_is_not_installed(tmp_path: Path) -> None:
    async with shelf(tmp_path) as on:
        for colors in ({"bg": "red"}, {"nothing": "#000000"}):
            with pytest.raises(InputInvalid):
                await on.themes.install(InstallThemeParams(name="Bad", dark=True, colors=colors))
        for name in ("", "a\x7fb", "a\x00b", "a\ud800b"):
            with pytest.raises(InputInvalid, match="name"):
                await on.themes.install(InstallThemeParams.model_construct(name=name, dark=True, colors={}))
        assert not any(on.themes._plugins_folder.glob("*"))
        on.themes._plugins_folder.parent.mkdir(parents=True, exist_ok=True)
        if on.themes._plugins_folder.is_dir():
            on.themes._plugins_folder.rmdir()
        on.themes._plugins_folder.write_text("a file")
        with pytest.raises(FileUnwritable):
            await on.themes.install(InstallThemeParams(name="Bad", dark=True, colors={}))
