"""A plugin is told of its beginning, its end and its settings, and keeps one text between sessions."""

import json
from pathlib import Path

import pytest

from tests.manager.conftest import DIARY, Stage, until
from thoth_ls.errors import PluginTrapped
from thoth_ls.wire.documents import CloseParams
from thoth_ls.wire.plugin_settings import SetPluginSettingParams
from thoth_ls.wire.plugins import EnablePluginParams, UninstallPluginParams


async def test_it_is_told_of_its_beginning_and_its_end(stage: Stage) -> None:
    """With the defaults of its settings, secrets not among them, as an array of keys and texts."""
    stage.install()
    server = await stage.start()
    opened = await server.open(stage.file("settings", "plain"))
    told = [{"key": "greeting", "value": "hello"}, {"key": "count", "value": "3"}]
    assert json.loads(await server.row(opened)) == told
    assert await server.row(opened, 1) == "plain"
    assert await server.diary(stage) == ["load"]
    await server.services.documents.close(CloseParams(document_id=opened.document_id))
    assert await server.diary(stage) == ["load", "close"]


@pytest.mark.parametrize("end", ["shutdown", "disable", "reload"])
async def test_every_end_is_told(stage: Stage, end: str) -> None:
    """At shutdown as well."""
    stage.install()
    server = await stage.start()
    opened = await server.open(stage.file("plain"))
    assert await server.row(opened) == "plain"
    if end == "shutdown":
        await server.services.close()
    elif end == "disable":
        await server.plugins.set_enabled(EnablePluginParams(plugin_id=DIARY, enabled=False))
    else:
        await server.plugins.reload(DIARY)
    assert await server.diary(stage) == ["load", "close"]


async def test_what_it_keeps_outlives_the_server(stage: Stage) -> None:
    """And is shared by its instances."""
    stage.install()
    first = await stage.start()
    await first.row(await first.open(stage.file("plain")))
    await first.services.close()
    second = await stage.start()
    opened = [await second.open(stage.file("diary")) for _ in range(2)]
    assert await second.row(opened[0]) == "load\nclose\nload\nload\n"
    assert await second.row(opened[1]) == await second.row(opened[0])
    details = await second.plugins.details(DIARY)
    assert details.storage_bytes == len("load\nclose\nload\nload\n")


async def test_it_may_keep_only_so_much(stage: Stage) -> None:
    """It is told the cap in a sentence, and what it had stays."""
    stage.install()
    server = await stage.start({"plugins": {"storageMegabytes": 1}})
    opened = await server.open(stage.file(f"keep {1 << 20}", f"keep {(1 << 20) + 1}", "plain"))
    assert await server.row(opened) == "kept"
    assert await server.row(opened, 1) == "1,048,577 bytes are too much to keep: 1,048,576 are allowed."
    assert (await server.plugins.details(DIARY)).storage_bytes == 1 << 20


async def test_settings_reach_all_that_run(stage: Stage) -> None:
    """At once, and those too that are started later."""
    stage.install()
    server = await stage.start()
    opened = [await server.open(stage.file("settings")) for _ in range(2)]
    plugin = server.plugins.installed(DIARY)
    for key, value in (("greeting", '"hi"'), ("loud", "true"), ("colour", '"green"')):
        params = SetPluginSettingParams(plugin_id=DIARY, key=key, value=value)
        await server.plugins.plugin_settings.set(plugin, params)
    told = [("greeting", "hi"), ("count", "3"), ("loud", "true"), ("colour", "green")]
    expected = [{"key": key, "value": value} for key, value in told]
    assert [json.loads(await server.row(item)) for item in opened] == [expected, expected]
    assert json.loads(await server.row(await server.open(stage.file("settings")))) == expected
    assert "settings" in server.told.reasons()


async def test_crashes_are_counted_and_told(stage: Stage) -> None:
    """With what it was, and what its calls took at most."""
    stage.install()
    server = await stage.start()
    opened = await server.open(stage.file(*["plain"] * 200, "trap"))  # behind the records that are looked at first
    await server.row(opened)
    with pytest.raises(PluginTrapped, match="crashed"):
        await server.row(opened, 200)
    await until(lambda: "crashed" in server.told.reasons())
    usage = (await server.plugins.details(DIARY)).usage
    assert usage.crashes == 1
    assert usage.last_crash is not None
    assert "crashed" in usage.last_crash
    assert usage.calls > 5
    assert usage.peak_fuel > 1_000
    assert usage.peak_milliseconds > 0
    assert usage.instances == 1
    assert usage.peak_memory_bytes >= 1 << 20
    assert any("crashed" in line for line in (await server.plugins.details(DIARY)).log)


async def test_a_store_that_cannot_be_used_is_said(stage: Stage) -> None:
    """Where it is a link to somewhere else nothing is read and nothing written, and the plugin is told why."""
    stage.install()
    server = await stage.start()
    folder = stage.paths.data / "plugin-data" / DIARY
    folder.mkdir(parents=True)
    (stage.folder / "secret").write_text("secret")
    (folder / "state.txt").symlink_to(stage.folder / "secret")
    with pytest.raises(PluginTrapped, match=r"plugin-storage\.read .*state\.txt cannot be read: it is a link"):
        await server.open(stage.file("plain"), DIARY)
    assert (stage.folder / "secret").read_text() == "secret"


@pytest.mark.parametrize("origin", ["workspace", "development"])
async def test_a_plugin_from_elsewhere_does_not_get_what_one_of_its_id_keeps(
    stage: Stage, tmp_path: Path, origin: str
) -> None:
    """Whoever made that folder may have called it so; it has a store of its own, and neither changes the other's."""
    stage.install()
    own = await stage.start()
    await own.row(await own.open(stage.file("plain")))
    entered = await own.diary(stage)
    assert entered[0] == "load"
    folder = stage.install(tmp_path / ".thoth" / "plugins")
    raw = {"workspaceTrusted": True} if origin == "workspace" else {"plugins": {"devFolders": [str(folder)]}}
    other = await stage.start(raw, [tmp_path.as_uri()])
    assert other.plugins.installed(DIARY).origin == origin
    assert await other.row(await other.open(stage.file("diary"))) == "load\n"
    assert await other.diary(stage) == entered
    await own.plugins.uninstall(UninstallPluginParams(plugin_id=DIARY, delete_data=True))
    kept = [path.name for path in (stage.paths.data / "plugin-data").iterdir()]
    assert [name.partition("@")[0] for name in kept] == [DIARY]
    assert kept != [DIARY]


async def test_what_is_no_text_is_kept_aside(stage: Stage) -> None:
    """The plugin begins anew, the person is told, and nothing is lost."""
    stage.install()
    server = await stage.start()
    folder = stage.paths.data / "plugin-data" / DIARY
    folder.mkdir(parents=True)
    (folder / "state.txt").write_bytes(b"\xff")
    assert await server.row(await server.open(stage.file("diary"))) == "load\n"
    assert (folder / "state.txt.broken").read_bytes() == b"\xff"
    assert any("kept as state.txt.broken" in said for said in server.told.reports)
