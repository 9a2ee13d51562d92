"""Plugin folders are judged for their authors: manifest, theme and component, and whether they fit each other."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.runtime import components
from thoth_ls.paths import Paths
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.runtime import PluginRuntime
from thoth_ls.runtime.validation import Finding, validate

LINE_LOADER = Path(__file__).parents[2] / "build" / "fixtures" / "line-loader.wasm"
HEAD = 'id = "org.example.p"\nname = "P"\nversion = "1.0.0"\ndescription = ""\nauthor = ""\n'
LINES = """id = "org.thoth.fixture.line-loader"
name = "Line loader"
version = "0.1.0"
description = ""
author = ""
capabilities = ["file-loader"]
[[file-loader]]
supported-extensions = ["txt"]
[permissions]
opened-file = { reason = "To show it." }
"""
NEEDY_IMPORTS = """
    (import "thoth:plugin/tcp-client@0.1.0" (instance
      (export "connect" (func (param "host" string))) (export "close" (func (param "id" u64)))))
    (import "thoth:plugin/secure-storage@0.1.0" (instance (export "read" (func (param "key" string)))))
    (import "thoth:plugin/plugin-storage@0.1.0" (instance (export "read" (func (result string)))))
    (import "thoth:plugin/telepathy@0.1.0" (instance (export "send" (func)) (export "receive" (func))))
"""


def exporting(*interfaces: str, function: str = "nothing", imports: str = "") -> bytes:
    """A component whose interfaces have one function of that name."""
    exports = " ".join(f'(export "thoth:plugin/{name}" (instance $all))' for name in interfaces)
    return components.component(
        '(func (export "nothing"))',
        f'(func $nothing (canon lift (core func $i "nothing")))'
        f' (instance $all (export "{function}" (func $nothing))) {exports}',
        imports,
    )


@pytest.fixture
async def runtime(tmp_path: Path) -> AsyncIterator[PluginRuntime]:
    """A runtime with nothing installed."""
    made = PluginRuntime(Paths.under(tmp_path / "home"), Limits(), lambda *said: None, bundled_folders=[])
    yield made
    await made.close()


def put(folder: Path, manifest: str, wasm: bytes | None) -> None:
    """Makes a plugin folder."""
    folder.mkdir(exist_ok=True)
    (folder / "plugin.toml").write_text(manifest)
    if wasm is not None:
        (folder / "plugin.wasm").write_bytes(wasm)


async def judged(runtime: PluginRuntime, folder: Path, manifest: str, wasm: bytes | None = None) -> list[str]:
    """What is said of a plugin with that manifest and that component."""
    put(folder, manifest, wasm)
    return [str(finding) for finding in (await validate(folder, runtime))[1]]


async def test_a_plugin_that_keeps_its_promises_is_left_in_peace(runtime: PluginRuntime, tmp_path: Path) -> None:
    """It was compiled and asked who it is."""
    folder = tmp_path / "p"
    folder.mkdir()
    shutil.copy(LINE_LOADER, folder / "plugin.wasm")
    (folder / "plugin.toml").write_text(LINES)
    plugin, found = await validate(folder, runtime)
    assert (plugin.id, plugin.origin, found) == ("org.thoth.fixture.line-loader", "development", [])


async def test_mistakes_in_the_manifest_end_it_there(runtime: PluginRuntime, tmp_path: Path) -> None:
    """With lines, errors and warnings; the component is not looked at."""
    said = await judged(runtime, tmp_path / "p", "id = 5\nzebra = 1\n" + LINES[LINES.index("name") :], b"junk")
    assert said == [
        "plugin.toml:1: error: id: expected a text like com.example.my-plugin, found 5",
        "plugin.toml:2: warning: zebra: is not a key that Thoth knows",
    ]


async def test_a_folder_without_what_it_needs(runtime: PluginRuntime, tmp_path: Path) -> None:
    """No manifest, no component, none although a capability promises one."""
    (tmp_path / "empty").mkdir()
    _, found = await validate(tmp_path / "empty", runtime)
    assert [str(finding) for finding in found] == ["plugin.toml: error: cannot be read: No such file or directory"]
    said = await judged(runtime, tmp_path / "p", LINES)
    assert said == ["plugin.wasm: error: there is neither a plugin.wasm nor a theme.json in its folder"]
    (tmp_path / "p" / "theme.json").write_text("{}")
    said = await judged(runtime, tmp_path / "p", LINES)
    assert said == ["plugin.wasm: error: is missing, and without it there is no file-loader"]


@pytest.mark.parametrize(
    ("wasm", "said"),
    [
        (b"<html>", "is not WebAssembly"),
        (b"\0asm\1\0\0\0", "is not a WebAssembly component"),
        (b"\0asm\x0d\0\1\0\xff\xff", "cannot be used: "),
        (components.MISBEHAVING, "is a component of another world: it exports fill, grow"),
    ],
)
async def test_what_is_no_component_of_ours(runtime: PluginRuntime, tmp_path: Path, wasm: bytes, said: str) -> None:
    """Each is one error of the component."""
    (finding,) = await judged(runtime, tmp_path / "p", LINES, wasm)
    assert finding.startswith(f"plugin.wasm: error: {said}")


async def test_exports_are_those_that_the_capabilities_promise(runtime: PluginRuntime, tmp_path: Path) -> None:
    """What is missing is an error, what is there for nothing a warning."""
    wasm = exporting("plugin-meta@0.1.0", "plugin-cli@0.1.0", "exporter@0.2.0")
    said = await judged(runtime, tmp_path / "p", LINES, wasm)
    start = "plugin.wasm: error: exports"
    assert said[0] == (
        f"{start} no thoth:plugin/paged-loader@0.1.0 or thoth:plugin/file-loader@0.1.0, which the capability "
        '"file-loader" promises'
    )
    assert f"{start} plugin-meta without get-info" in said
    assert f"{start} plugin-cli without schema, run" in said
    assert any("exports thoth:plugin/exporter@0.2.0, which is not of the version" in line for line in said)
    assert any('exports plugin-cli, which is not used: capabilities does not name "cli"' in line for line in said)
    assert any("exports no plugin-lifecycle" in line for line in said)
    assert any(
        "could not be compared with plugin.toml: it does not export plugin-meta.get-info" in line for line in said
    )


async def test_an_import_needs_its_permission_declared(runtime: PluginRuntime, tmp_path: Path) -> None:
    """The error says what to add; functions that are free, or part of letting go, need nothing."""
    wasm = exporting("plugin-meta@0.1.0", "plugin-lifecycle@0.1.0", imports=NEEDY_IMPORTS)
    said = await judged(runtime, tmp_path / "p", f"{HEAD}capabilities = []\n[permissions]\n", wasm)
    needs = [line for line in said if "which needs" in line]
    start = "which needs a permission that is not declared; add to plugin.toml: "
    assert needs == [
        f'plugin.wasm: error: imports tcp-client.connect, {start}tcp = {{ hosts = ["…"], reason = "…" }}',
        f'plugin.wasm: error: imports secure-storage.read, {start}secure-storage = {{ reason = "…" }}',
    ]
    assert (
        "plugin.wasm: warning: imports telepathy.receive, telepathy.send, which is not offered: calling it is refused"
        in said
    )
    declared = '[permissions]\ntcp = { hosts = ["*:1"], reason = "r" }\nsecure-storage = { reason = "r" }\n'
    said = await judged(runtime, tmp_path / "p", f"{HEAD}capabilities = []\n{declared}", wasm)
    assert [line for line in said if "which needs" in line or "nothing in the plugin" in line] == []


async def test_an_older_manifest_is_told_to_give_reasons(runtime: PluginRuntime, tmp_path: Path) -> None:
    """It works: what it needs follows from its capabilities; what does not follow has to be declared."""
    folder = tmp_path / "p"
    folder.mkdir()
    shutil.copy(LINE_LOADER, folder / "plugin.wasm")
    older = LINES[: LINES.index("[permissions]")]
    said = await judged(runtime, folder, older)
    assert said == [
        "plugin.toml:1: warning: there is no section [permissions]: people are asked for opened-file without a reason"
    ]
    said = await judged(runtime, tmp_path / "needy", older, exporting("plugin-meta@0.1.0", imports=NEEDY_IMPORTS))
    assert any('add to plugin.toml: [permissions] tcp = { hosts = ["…"], reason = "…" }' in line for line in said)


async def test_what_is_declared_in_vain_or_not_at_all(runtime: PluginRuntime, tmp_path: Path) -> None:
    """With the line of the declaration."""
    folder = tmp_path / "p"
    folder.mkdir()
    shutil.copy(LINE_LOADER, folder / "plugin.wasm")
    said = await judged(runtime, folder, LINES + 'open-tabs = { reason = "r" }\n')
    assert said == ["plugin.toml:11: warning: permissions.open-tabs: nothing in the plugin needs that"]
    said = await judged(runtime, folder, LINES.replace('opened-file = { reason = "To show it." }\n', ""))
    (only,) = said
    assert only.startswith("plugin.toml:9: error: permissions: the plugin opens no files without opened-file; add: ")
    assert only.endswith(': opened-file = { reason = "…" }')


async def test_a_theme_needs_no_component(runtime: PluginRuntime, tmp_path: Path) -> None:
    """What is in its file is judged elsewhere (tests/themes/test_judging.py)."""
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "theme.json").write_text("{}")
    assert await judged(runtime, tmp_path / "p", f'{HEAD}capabilities = ["theme"]\n[theme]\nfamily = "F"\n') == []


def test_a_finding_is_written_as_compilers_write_it() -> None:
    """Editors find file and line in it."""
    assert str(Finding("error", "plugin.toml", "m", 3, "a.b")) == "plugin.toml:3: error: a.b: m"
    assert str(Finding("warning", "plugin.wasm", "m")) == "plugin.wasm: warning: m"


BUILT = sorted((Path(__file__).parents[2] / "build" / "plugins").glob("*/plugin.wasm"))


@pytest.mark.parametrize("wasm", BUILT, ids=lambda path: path.parent.name)
async def test_what_comes_with_thoth_is_left_in_peace(runtime: PluginRuntime, wasm: Path) -> None:
    """Our own plugins are examples; nothing about them is to be warned of."""
    plugin, found = await validate(wasm.parent, runtime)
    assert (plugin.id, found) == (f"com.thoth.{wasm.parent.name}", [])


def test_there_are_plugins_to_judge() -> None:
    """Else the test above would say nothing: build them with `make plugins`."""
    assert BUILT != []
