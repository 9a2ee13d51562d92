"""Switching a plugin off and on, replacing and removing it, takes effect at once and in everything that is open."""

import json
import shutil
from pathlib import Path

import pytest

from tests.manager.conftest import DIARY, Stage, until
from tests.net.places import grant
from thoth_ls.errors import (
    DocumentChanged,
    FileUnwritable,
    InputInvalid,
    NoLoader,
    PluginDisabled,
    PluginInvalid,
    PluginNotFound,
)
from thoth_ls.wire.documents import ReopenParams
from thoth_ls.wire.plugin_settings import SetPluginSettingParams
from thoth_ls.wire.plugins import EnablePluginParams, UninstallPluginParams

OFF = EnablePluginParams(plugin_id=DIARY, enabled=False)
ON = EnablePluginParams(plugin_id=DIARY, enabled=True)


async def test_switching_off_ends_what_runs_and_says_so(stage: Stage) -> None:
    """The open file is told with the plugin and the reason; new ones are refused with what to do."""
    stage.install()
    server = await stage.start()
    opened = await server.open(stage.file("plain"))
    info = await server.plugins.set_enabled(OFF)
    assert info.state == "disabled"
    [failure] = server.told.failures
    assert (failure.document_id, failure.kind) == (opened.document_id, "pluginDisabled")
    assert DIARY in failure.message
    assert "switched off" in failure.message
    assert "another plugin" in failure.message
    with pytest.raises(PluginDisabled, match="switched off"):
        await server.row(opened)
    assert server.services.runtime.instances(DIARY) == []
    with pytest.raises(NoLoader, match="Diary would, but may not run; switch it on"):
        await server.open(stage.file("plain"))
    with pytest.raises(PluginDisabled, match="switched off"):
        await server.open(stage.file("plain"), DIARY)
    assert server.told.reasons() == ["permissions", "disabled"]


async def test_another_plugin_can_take_over(stage: Stage) -> None:
    """While it is off."""
    stage.install()
    server = await stage.start()
    opened = await server.open(stage.file("a,b", "1,2"))
    await server.plugins.set_enabled(OFF)
    params = ReopenParams(document_id=opened.document_id, plugin_id="com.thoth.csv-loader", first_rows=0)
    again = await server.services.documents.reopen_with(params)
    assert await server.row(again) == "1"
    await server.plugins.set_enabled(ON)
    assert server.told.changes == []  # it is read by another by now


async def test_switching_on_has_files_read_again(stage: Stage) -> None:
    """At their place, by the client that is told of a change."""
    stage.install()
    server = await stage.start()
    opened = await server.open(stage.file("plain"))
    await server.plugins.set_enabled(OFF)
    await server.plugins.set_enabled(ON)
    [change] = server.told.changes
    assert (change.document_id, change.generation, change.change) == (opened.document_id, 1, "reloaded")
    again = await server.services.documents.reopen_with(ReopenParams(document_id=opened.document_id))
    assert await server.row(again) == "plain"


async def test_the_choice_is_kept_for_the_user_or_the_workspace(stage: Stage) -> None:
    """The workspace's choice wins, and one for the user undoes it."""
    stage.install()
    here, elsewhere = await stage.start(folders=["file:///here"]), await stage.start(folders=["file:///elsewhere"])
    await here.plugins.set_enabled(EnablePluginParams(plugin_id=DIARY, enabled=False, scope="workspace"))
    await elsewhere.plugins.look()

    def states() -> list[str]:
        infos = [{info.id: info.state for info in server.plugins.infos()} for server in (here, elsewhere)]
        return [info[DIARY] for info in infos]

    assert states() == ["disabled", "enabled"]
    await elsewhere.plugins.set_enabled(OFF)
    assert states() == ["disabled", "disabled"]
    await here.plugins.set_enabled(ON)
    assert states() == ["enabled", "enabled"]
    with pytest.raises(InputInvalid, match="no folder is open"):
        await (await stage.start()).plugins.set_enabled(
            EnablePluginParams(plugin_id=DIARY, enabled=False, scope="workspace")
        )


async def test_two_servers_notice_what_the_other_decides(stage: Stage) -> None:
    """Switches and settings, without being asked, and lose nothing of it."""
    stage.install()
    one, other = await stage.start(watch=True), await stage.start(watch=True)
    opened = await other.open(stage.file("settings"))
    await one.plugins.set_enabled(EnablePluginParams(plugin_id="com.thoth.csv-loader", enabled=False))
    await other.plugins.set_enabled(EnablePluginParams(plugin_id="com.thoth.json-loader", enabled=False))
    params = SetPluginSettingParams(plugin_id=DIARY, key="greeting", value='"moin"')
    await one.plugins.plugin_settings.set(one.plugins.installed(DIARY), params)
    await until(lambda: "settings" in other.told.reasons())
    assert {"key": "greeting", "value": "moin"} in json.loads(await other.row(opened))
    await one.plugins.set_enabled(OFF)
    await until(lambda: other.told.failures)
    with pytest.raises(PluginDisabled):
        await other.row(opened)
    kept = json.loads((stage.paths.state / "plugins.json").read_text())
    assert set(kept["enabled"]) == {DIARY, "com.thoth.csv-loader", "com.thoth.json-loader"}


@pytest.mark.parametrize("named", [DIARY, DIARY.upper()])
async def test_reloading_replaces_what_runs(stage: Stage, named: str) -> None:
    """By what lies in the folder now, however the id is written."""
    folder = stage.install()
    server = await stage.start()
    opened = await server.open(stage.file("build"))
    assert await server.row(opened) == "build-01"
    stage.build(folder, b"build-02")
    assert (await server.plugins.reload(named)).state == "enabled"
    with pytest.raises(DocumentChanged, match="was reloaded"):
        await server.row(opened)
    again = await server.services.documents.reopen_with(ReopenParams(document_id=opened.document_id))
    assert await server.row(again) == "build-02"


async def test_uninstalling_deletes_the_folder_and_what_was_asked_for(stage: Stage) -> None:
    """Data stays unless it is to go, too."""
    folder = stage.install()
    server = await stage.start()
    opened = await server.open(stage.file("plain"))
    await server.row(opened)
    params = SetPluginSettingParams(plugin_id=DIARY, key="greeting", value='"moin"')
    await server.plugins.plugin_settings.set(server.plugins.installed(DIARY), params)
    await server.plugins.uninstall(UninstallPluginParams(plugin_id=DIARY, delete_data=False))
    assert not folder.exists()
    assert list(stage.paths.plugins.iterdir()) == []
    assert server.told.reasons()[-1] == "removed"
    with pytest.raises(PluginNotFound):
        await server.row(opened)
    with pytest.raises(PluginNotFound):
        await server.plugins.details(DIARY)
    assert (await server.diary(stage))[-1] == "close"
    stage.install()
    await server.plugins.rescan()
    asked = len(server.questions)
    assert await server.row(await server.open(stage.file("settings")))
    assert len(server.questions) == asked
    await server.plugins.uninstall(UninstallPluginParams(plugin_id=DIARY, delete_data=True))
    assert await server.diary(stage) == []
    for name in ("plugin-settings.json", "permissions.json"):
        assert DIARY not in (stage.paths.state / name).read_text()


async def test_uninstalling_with_data_forgets_secrets_and_says_where_it_could_not(stage: Stage) -> None:
    """They stay as other data do; a store that is locked does not bring the plugin back."""
    server = await stage.start()
    for delete_data, broken, left in ((False, False, True), (True, True, True), (True, False, False)):
        folder = stage.install()
        await server.plugins.rescan()
        server.secrets.kept = {(DIARY, "password"): "hunter2", ("org.example.other", "password"): "theirs"}
        server.secrets.broken = broken
        await server.plugins.uninstall(UninstallPluginParams(plugin_id=DIARY, delete_data=delete_data))
        assert not folder.exists()
        assert ((DIARY, "password") in server.secrets.kept) == left
        assert ("org.example.other", "password") in server.secrets.kept
    (said,) = server.told.reports
    assert said.startswith(f"Plugin {DIARY} is uninstalled, but its secrets may still be kept. The store is locked.")


async def test_data_of_another_plugin_of_the_same_id_are_not_deleted(stage: Stage) -> None:
    """One that is used in its place, whichever of the two began to keep them."""
    own, used = stage.install(), stage.install(name="diary-2")
    server = await stage.start()
    await server.row(await server.open(stage.file("plain")))
    entered = await server.diary(stage)
    with pytest.raises(PluginInvalid, match=r"has the same id, is used instead of .*without deleting data"):
        await server.plugins.uninstall(UninstallPluginParams(plugin_id=DIARY, delete_data=True))
    assert own.exists()
    await server.plugins.uninstall(UninstallPluginParams(plugin_id=DIARY, delete_data=False))
    assert not own.exists()
    assert await server.diary(stage) == entered
    await server.plugins.uninstall(UninstallPluginParams(plugin_id=DIARY, delete_data=True))
    assert not used.exists()
    assert await server.diary(stage) == []


@pytest.mark.parametrize("place", ["bundled", "development", "workspace", "link"])
async def test_only_the_users_own_plugins_are_deleted(stage: Stage, tmp_path: Path, place: str) -> None:
    """A link is not followed out of the folder of plugins."""
    elsewhere = tmp_path / "project"
    root = elsewhere / ".thoth" / "plugins" if place == "workspace" else elsewhere
    folder = stage.install(root)
    plugin_id = "com.thoth.csv-loader" if place == "bundled" else DIARY
    if place == "link":
        stage.paths.plugins.mkdir(parents=True)
        (stage.paths.plugins / "diary").symlink_to(folder)
    raw = {"plugins": {"devFolders": [str(root)]} if place == "development" else {}, "workspaceTrusted": True}
    server = await stage.start(raw, [elsewhere.as_uri()] if place == "workspace" else [])
    with pytest.raises(PluginInvalid, match=f"plugin {plugin_id}: "):
        await server.plugins.uninstall(UninstallPluginParams(plugin_id=plugin_id, delete_data=True))
    assert (folder / "plugin.wasm").exists()
    assert await server.row(await server.open(stage.file("build"))) if place != "bundled" else True


async def test_a_state_that_cannot_be_written_is_said(stage: Stage) -> None:
    """And nothing is switched."""
    stage.install()
    server = await stage.start()
    shutil.rmtree(stage.paths.state, ignore_errors=True)
    stage.paths.state.parent.mkdir(exist_ok=True)
    stage.paths.state.write_text("")
    with pytest.raises(FileUnwritable, match=r"plugins\.json was not written"):
        await server.plugins.set_enabled(OFF)
    assert server.plugins.info(server.plugins.installed(DIARY)).state == "enabled"


async def test_a_broken_state_is_kept_aside_and_reported(stage: Stage) -> None:
    """The server starts, with everything on."""
    stage.install()
    stage.paths.state.mkdir(parents=True)
    (stage.paths.state / "plugins.json").write_text('{"enabled": ')
    server = await stage.start()
    assert server.plugins.info(server.plugins.installed(DIARY)).state == "enabled"
    assert any("kept as plugins.json.broken" in said for said in server.told.reports)


async def test_a_reload_reaches_every_server(stage: Stage) -> None:
    """Whichever was told of it, the command line's too."""
    folder = stage.install()
    one, other = await stage.start(), await stage.start()
    opened = await other.open(stage.file("build"))
    stage.build(folder, b"build-02")
    await one.plugins.reload(DIARY)
    await other.plugins.look()
    assert [change.change for change in other.told.changes] == ["reloaded"]
    again = await other.services.documents.reopen_with(ReopenParams(document_id=opened.document_id))
    assert await other.row(again) == "build-02"
    await other.plugins.look()
    assert len(other.told.changes) == 1


async def test_listing_plugins_does_not_hide_what_others_decided(stage: Stage) -> None:
    """It shows the news, which has still to be carried out."""
    stage.install()
    one, other = await stage.start(), await stage.start()
    opened = await other.open(stage.file("settings"))
    plugin = other.plugins.installed(DIARY)
    await other.plugins.plugin_settings.result(plugin)
    await one.plugins.set_enabled(OFF)
    params = SetPluginSettingParams(plugin_id=DIARY, key="greeting", value='"moin"')
    await one.plugins.plugin_settings.set(plugin, params)
    await other.plugins.plugin_settings.result(plugin)
    assert {info.id: info.state for info in other.plugins.infos()}[DIARY] == "disabled"
    await other.plugins.look()
    with pytest.raises(PluginDisabled):
        await other.row(opened)
    assert "settings" in other.told.reasons()


async def test_what_another_server_decides_about_the_network_is_told(stage: Stage) -> None:
    """The watcher looks each second, and questions about it are withdrawn then."""
    stage.install()
    server, elsewhere = await stage.start(watch=True), await stage.start()
    plugin = elsewhere.plugins.installed(DIARY)
    await elsewhere.services.network_access.decisions.keep(
        plugin, grant("https://a.example", decision="denied", duration="user")
    )
    await until(lambda: server.told.network)
    assert [event.plugin_ids for event in server.told.network] == [[DIARY]]
