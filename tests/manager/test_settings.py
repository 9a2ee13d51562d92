"""Settings of plugins: checked against what the manifest declares, kept by user and workspace, told at once."""

import json
from pathlib import Path

import pytest

from tests.manager.conftest import DIARY, Server, Stage
from thoth_ls.errors import InputInvalid, PluginInvalid, PluginRefused, SecretsUnavailable
from thoth_ls.wire.plugin_settings import PluginSettingsEventParams, PluginSettingsResult, SetPluginSettingParams
from thoth_ls.wire.plugins import EnablePluginParams


async def put(server: Server, key: str, value: str | None, scope: str = "user") -> PluginSettingsResult:
    params = {"pluginId": DIARY, "key": key, "value": value, "scope": scope}
    plugin = server.plugins.installed(DIARY)
    return await server.plugins.plugin_settings.set(plugin, SetPluginSettingParams.model_validate(params))


async def event(server: Server, widget_id: str, kind: str, value: str = "") -> str:
    params = PluginSettingsEventParams(plugin_id=DIARY, widget_id=widget_id, kind=kind, value=value)
    page = await server.plugins.plugin_settings.event(server.plugins.installed(DIARY), params)
    return page.node or ""


async def test_what_is_declared_is_listed(stage: Stage) -> None:
    """With default, choices and range, and the page the plugin draws itself once it may run."""
    stage.install()
    server = await stage.start()
    plugin = server.plugins.installed(DIARY)
    result = await server.plugins.plugin_settings.result(plugin)
    by_key = {setting.key: setting for setting in result.settings}
    assert list(by_key) == ["greeting", "count", "loud", "colour", "password"]
    assert (by_key["greeting"].title, by_key["greeting"].default, by_key["greeting"].user) == (
        "Greeting",
        '"hello"',
        None,
    )
    assert (by_key["count"].minimum, by_key["count"].maximum, by_key["count"].default) == (1, 9, "3")
    assert by_key["colour"].choices == ["red", "green"]
    assert by_key["password"].default == "null"
    assert result.node is None
    assert "decided what it may do" in (result.problem or "")
    await server.open(stage.file("plain"))
    result = await server.plugins.plugin_settings.result(plugin)
    assert result.problem is None
    assert json.loads(result.node or "")["children"][1]["text"] == "clicks: 0"
    assert result.height == 120
    assert server.plugins.info(plugin).has_settings


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("greeting", "3", "setting greeting must be a text"),
        ("greeting", "{", "setting greeting: the value is not JSON"),
        ("greeting", json.dumps("x" * 300_000)[:262_144], "the value is not JSON"),
        ("count", "10", "setting count must not be more than 9"),
        ("count", "1.5", "setting count must be a whole number"),
        ("count", "NaN", "setting count must be a finite number"),
        ("count", "true", "setting count must be a whole number"),
        ("loud", '"yes"', "setting loud must be true or false"),
        ("colour", '"blue"', "setting colour must be one of red, green"),
        ("colour", "[]", "setting colour must be one of red, green"),
        ("nothing", "1", "there is no setting 'nothing'; its settings are: greeting, count, loud, colour, password"),
        ("__proto__", "[" * 50_000, "there is no setting"),
        ("count", "[" * 50_000, "setting count: the value is not JSON"),
        ("password", "7", "setting password must be a text"),
        ("password", json.dumps("x" * 65_537), "setting password: a secret must not be longer than 64 KiB"),
    ],
)
async def test_what_does_not_fit_is_refused(stage: Stage, key: str, value: str, expected: str) -> None:
    """With the key and what was expected; nothing is written, least of all a secret."""
    stage.install()
    server = await stage.start()
    with pytest.raises(InputInvalid) as caught:
        await put(server, key, value)
    assert expected in str(caught.value)
    assert caught.value.facts()["pluginId"] == DIARY
    assert not (stage.paths.state / "plugin-settings.json").exists()


async def test_a_secret_is_kept_in_the_store_of_secrets_alone(stage: Stage) -> None:
    """The form learns whether it is set, the plugin finds it by `secure-storage`, and no file holds it."""
    stage.install()
    server = await stage.start(folders=["file:///here"])
    opened = await server.open(stage.file("diary"))
    plugin = server.plugins.installed(DIARY)
    await server.plugins.plugin_settings.result(plugin)  # an instance that starts later would write the same diary
    assert secret(await put(server, "password", '"hunter2 ✓"')) == "true"
    assert server.secrets.kept == {(DIARY, "password"): "hunter2 ✓"}
    assert "password" not in server.plugins.custody.settings(plugin)
    assert "settings" in server.told.reasons()
    assert "change [" in await server.row(opened)  # so that it can look again
    with pytest.raises(InputInvalid, match="setting password: a secret is kept for the user, not for one workspace"):
        await put(server, "password", '"other"', "workspace")
    await event(server, "password", "change", "from the page")
    assert server.secrets.kept == {(DIARY, "password"): "from the page"}
    files = [path for path in stage.paths.state.parent.rglob("*") if path.is_file()]
    assert not any(b"hunter2" in path.read_bytes() or b"from the page" in path.read_bytes() for path in files)
    assert secret(await put(server, "password", None)) is None
    assert server.secrets.kept == {}


async def test_a_store_of_secrets_that_fails_costs_the_secrets_alone(stage: Stage) -> None:
    """What is declared can be seen and set as ever."""
    stage.install()
    server = await stage.start()
    server.secrets.broken = True
    result = await put(server, "count", "4")
    assert (result.settings[1].user, secret(result)) == ("4", None)
    with pytest.raises(SecretsUnavailable, match=r"is locked\. Unlock it\."):
        await put(server, "password", '"hunter2"')


def secret(result: PluginSettingsResult) -> str | None:
    """What is told of the secret."""
    return next(setting.user for setting in result.settings if setting.key == "password")


async def test_the_workspace_wins_and_either_can_be_reset(stage: Stage) -> None:
    """Each is kept where it belongs."""
    stage.install()
    server, elsewhere = await stage.start(folders=["file:///here"]), await stage.start()
    await put(server, "count", "5")
    result = await put(server, "count", "7", "workspace")
    assert [(item.user, item.workspace) for item in result.settings if item.key == "count"] == [("5", "7")]
    plugin = server.plugins.installed(DIARY)
    assert {"key": "count", "value": "7"} in json.loads(server.plugins.custody.settings(plugin))
    await elsewhere.plugins.look()
    assert {"key": "count", "value": "5"} in json.loads(elsewhere.plugins.custody.settings(plugin))
    await put(server, "count", None, "workspace")
    assert {"key": "count", "value": "5"} in json.loads(server.plugins.custody.settings(plugin))
    await put(server, "count", None)
    assert {"key": "count", "value": "3"} in json.loads(server.plugins.custody.settings(plugin))
    with pytest.raises(InputInvalid, match="no folder is open"):
        await put(elsewhere, "count", "7", "workspace")


async def test_a_plugin_from_elsewhere_is_not_told_what_was_set_for_one_of_its_id(stage: Stage, tmp_path: Path) -> None:
    """Whoever made that folder may have called it so; neither changes the other's values."""
    stage.install()
    own = await stage.start()
    await put(own, "greeting", '"for the one I installed"')
    folder = stage.install(tmp_path / "work")
    other = await stage.start({"plugins": {"devFolders": [str(folder)]}})
    assert other.plugins.installed(DIARY).origin == "development"
    listed = await other.plugins.plugin_settings.result(other.plugins.installed(DIARY))
    assert [setting.user for setting in listed.settings] == [None] * 5
    await put(other, "greeting", '"for mine"')
    with pytest.raises(InputInvalid, match=rf"^plugin {DIARY}: setting count must"):
        await put(other, "count", "10")
    listed = await own.plugins.plugin_settings.result(own.plugins.installed(DIARY))
    assert listed.settings[0].user == '"for the one I installed"'


async def test_what_a_setting_cannot_be_any_more_is_left_out(stage: Stage) -> None:
    """An update may narrow it, or somebody writes the file by hand; a secret that stands there is not told either."""
    stage.install()
    stage.paths.state.mkdir(parents=True)
    stored = {DIARY: {"count": 12, "greeting": "moin", "password": "secret", "gone": 1}}
    (stage.paths.state / "plugin-settings.json").write_text(json.dumps(stored))
    server = await stage.start()
    plugin = server.plugins.installed(DIARY)
    assert json.loads(server.plugins.custody.settings(plugin)) == [
        {"key": "greeting", "value": "moin"},
        {"key": "count", "value": "3"},
    ]
    assert all(item.user is None for item in (await put(server, "loud", None)).settings if item.key == "password")


async def test_events_of_the_plugins_own_page(stage: Stage) -> None:
    """A change of a declared setting sets it; anything else is the plugin's to take in."""
    stage.install()
    server = await stage.start()
    await server.open(stage.file("plain"))
    assert "clicks: 1" in await event(server, "click", "click")
    assert "clicks: 2" in await event(server, "click", "click")
    assert r"{\"key\": \"greeting\", \"value\": \"moin\"}" in await event(server, "greeting", "change", "moin")
    assert r"{\"key\": \"loud\", \"value\": \"true\"}" in await event(server, "loud", "change", "true")
    assert json.loads((stage.paths.state / "plugin-settings.json").read_text()) == {
        DIARY: {"greeting": "moin", "loud": True}
    }
    with pytest.raises(InputInvalid, match="setting loud: the value is not JSON"):
        await event(server, "loud", "change", "yes")
    with pytest.raises(PluginRefused, match="asked to refuse"):
        await event(server, "refuse", "click")
    await server.plugins.reload(DIARY)
    assert "clicks: 1" in await event(server, "click", "click")


async def test_no_event_runs_a_plugin_that_cannot_be_used(stage: Stage) -> None:
    """Here one whose code would be that of a file somewhere else."""
    folder = stage.install()
    (folder / "plugin.wasm").rename(stage.folder / "elsewhere.wasm")
    (folder / "plugin.wasm").symlink_to(stage.folder / "elsewhere.wasm")
    server = await stage.start()
    params = PluginSettingsEventParams(plugin_id="diary", widget_id="click", kind="click", value="")
    with pytest.raises(PluginInvalid, match="leads out of its folder"):
        await server.plugins.plugin_settings.event(server.plugins.installed("diary"), params)
    assert await server.diary(stage) == []


async def test_a_plugin_that_is_off_has_no_page(stage: Stage) -> None:
    """But what it declares can be set."""
    stage.install()
    server = await stage.start()
    await server.open(stage.file("plain"))
    await server.plugins.set_enabled(EnablePluginParams(plugin_id=DIARY, enabled=False))
    result = await put(server, "count", "4")
    assert result.node is None
    assert "switched off" in (result.problem or "")
