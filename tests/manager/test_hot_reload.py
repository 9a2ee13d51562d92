"""Development folders are followed: what is rebuilt is used at once, what is broken is said."""

import shutil

import pytest

from tests.manager.conftest import DIARY, Server, Stage, until
from thoth_ls.errors import PluginInvalid
from thoth_ls.wire.documents import DocumentRef, OpenDocumentResult, ReopenParams


async def reopened(server: Server, opened: DocumentRef | OpenDocumentResult) -> OpenDocumentResult:
    """The document, read again as a client does that was told of a change."""
    return await server.services.documents.reopen_with(ReopenParams(document_id=opened.document_id, first_rows=0))


async def development(stage: Stage, **plugins: object) -> tuple[Server, OpenDocumentResult]:
    """A server that follows a development folder, with a file open by the plugin in it."""
    root = stage.folder / "work"
    stage.install(root)
    server = await stage.start({"plugins": {"devFolders": [str(root)], **plugins}}, watch=True)
    opened = await server.open(stage.file("build"))
    assert await server.row(opened) == "build-01"
    return server, opened


async def test_a_rebuilt_component_is_used_at_once(stage: Stage) -> None:
    """Open files are read again by it; the old build is told of its end."""
    server, opened = await development(stage)
    stage.build(stage.folder / "work" / "diary", b"build-02")
    await until(lambda: server.told.changes)
    assert await server.row(await reopened(server, opened)) == "build-02"
    [change] = server.told.changes
    assert change.change == "reloaded"
    assert server.told.reasons()[-1] == "reloaded"
    assert (await server.diary(stage))[:2] == ["load", "close"]


async def test_half_a_file_replaces_nothing(stage: Stage) -> None:
    """A broken build is told with what is wrong; the last one that works goes on, until it is mended."""
    server, opened = await development(stage)
    wasm = stage.folder / "work" / "diary" / "plugin.wasm"
    whole = wasm.read_bytes()
    wasm.write_bytes(whole[: len(whole) // 2])
    await until(lambda: server.told.plugins and server.told.plugins[-1].message)
    message = server.told.plugins[-1].message or ""
    assert message.startswith("Diary cannot be used: ")
    assert "What is open goes on as it was." in message
    assert server.told.changes == []
    assert await server.row(opened) == "build-01"
    info = server.plugins.info(server.plugins.installed(DIARY))
    assert info.state == "unusable"
    assert info.problem
    with pytest.raises(PluginInvalid):
        await server.open(stage.file("plain"))
    wasm.write_bytes(whole.replace(b"build-01", b"build-03"))
    await until(lambda: server.told.changes)
    assert server.plugins.info(server.plugins.installed(DIARY)).state == "enabled"
    assert await server.row(await reopened(server, opened)) == "build-03"


async def test_a_broken_manifest_is_told_and_mended(stage: Stage) -> None:
    """What is open goes on meanwhile."""
    server, opened = await development(stage)
    manifest = stage.folder / "work" / "diary" / "plugin.toml"
    text = manifest.read_text()
    manifest.write_text(text.replace('name = "Diary"', "name = 3"))
    await until(lambda: server.told.plugins and server.told.plugins[-1].message)
    assert "plugin.toml" in (server.told.plugins[-1].message or "")
    assert await server.row(opened) == "build-01"
    manifest.write_text(text.replace('name = "Diary"', 'name = "Journal"'))
    await until(lambda: server.told.changes)
    assert server.plugins.info(server.plugins.installed(DIARY)).name == "Journal"


async def test_folders_can_be_named_while_the_server_runs(stage: Stage) -> None:
    """And taken back; a development folder stands in for an installed plugin of the same id, and says so."""
    from thoth_ls.settings import load_settings

    stage.install(build=b"build-00")
    root = stage.folder / "work"
    stage.install(root)
    server = await stage.start(watch=True)
    opened = await server.open(stage.file("build"))
    assert await server.row(opened) == "build-00"
    server.services.reconfigure(load_settings({"plugins": {"devFolders": [str(root)]}}, pytest.fail))
    await until(lambda: server.told.changes)
    info = server.plugins.info(server.plugins.installed(DIARY))
    assert info.origin == "development"
    assert info.warnings
    opened = await reopened(server, opened)
    assert await server.row(opened) == "build-01"
    server.services.reconfigure(load_settings({}, pytest.fail))
    await until(lambda: len(server.told.changes) == 2)
    assert await server.row(await reopened(server, opened)) == "build-00"


async def test_a_plugin_that_is_copied_in_or_deleted_is_noticed(stage: Stage) -> None:
    """In the user's folder of plugins, too."""
    stage.paths.plugins.mkdir(parents=True)
    server = await stage.start(watch=True)
    staged = stage.install(stage.folder / "elsewhere")
    staged.rename(stage.paths.plugins / "diary")
    await until(lambda: "installed" in server.told.reasons())
    opened = await server.open(stage.file("plain"))
    shutil.rmtree(stage.paths.plugins / "diary")
    await until(lambda: "removed" in server.told.reasons())
    assert [failure.document_id for failure in server.told.failures] == [opened.document_id]
    assert all(info.id != DIARY for info in server.plugins.infos())


async def test_nothing_is_compiled_because_it_is_there(stage: Stage) -> None:
    """Only what runs, or is being worked on, is worth it."""
    stage.install()
    server = await stage.start()
    await server.plugins.rescan()
    assert server.services.runtime._loading == {}


async def test_a_plugin_that_calls_itself_otherwise_is_another_plugin(stage: Stage) -> None:
    """What was open by the old one is told that it is gone."""
    server, opened = await development(stage)
    manifest = stage.folder / "work" / "diary" / "plugin.toml"
    manifest.write_text(manifest.read_text().replace(DIARY, "org.thoth.fixture.journal"))
    await until(lambda: server.told.failures)
    assert [(item.document_id, item.kind) for item in server.told.failures] == [(opened.document_id, "pluginNotFound")]
    await until(lambda: "removed" in server.told.reasons())
    assert server.told.reasons("org.thoth.fixture.journal") == ["installed"]


async def test_plugins_of_a_workspace_come_with_trust(stage: Stage) -> None:
    """And go with it."""
    from thoth_ls.settings import load_settings

    workspace = stage.folder / "workspace"
    stage.install(workspace / ".thoth" / "plugins")
    server = await stage.start(folders=[workspace.as_uri()])
    assert all(info.id != DIARY for info in server.plugins.infos())
    server.services.reconfigure(load_settings({"workspaceTrusted": True}, pytest.fail))
    await until(lambda: "installed" in server.told.reasons())
    assert server.plugins.info(server.plugins.installed(DIARY)).origin == "workspace"
    server.services.reconfigure(load_settings({}, pytest.fail))
    await until(lambda: "removed" in server.told.reasons())


async def test_uninstalling_what_a_development_folder_stands_in_for(stage: Stage) -> None:
    """Leaves alone what is being worked on."""
    from thoth_ls.wire.plugins import UninstallPluginParams

    installed = stage.install(build=b"build-00")
    server, opened = await development(stage)
    await server.plugins.uninstall(UninstallPluginParams(plugin_id=DIARY, delete_data=False))
    assert not installed.exists()
    assert await server.row(opened) == "build-01"
    assert server.plugins.installed(DIARY).origin == "development"
