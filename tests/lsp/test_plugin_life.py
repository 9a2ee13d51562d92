"""The life of plugins as a client sees it, at a server of its own: what it changes would concern the shared one."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

from thoth_ls.lsp.client import RequestFailed, ThothClient, connect
from thoth_ls.wire import documents as d
from thoth_ls.wire.methods import (
    DID_CHANGE,
    DID_CHANGE_PLUGINS,
    DID_FAIL,
    ENABLE_PLUGIN,
    OPEN,
    PAGE,
    PLUGIN_DETAILS,
    PLUGIN_SETTINGS,
    PLUGIN_SETTINGS_EVENT,
    RELOAD_PLUGIN,
    REOPEN,
    SET_PERMISSION,
    SET_PLUGIN_SETTING,
    UNINSTALL_PLUGIN,
)
from thoth_ls.wire.permissions import SetPermissionParams
from thoth_ls.wire.plugin_settings import PluginSettingsEventParams, SetPluginSettingParams
from thoth_ls.wire.plugins import EnablePluginParams, PluginRef, UninstallPluginParams

ROOT = Path(__file__).parent.parent.parent
DIARY = "org.thoth.fixture.diary"
REF = PluginRef(plugin_id=DIARY)


def install(folder: Path) -> None:
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "build" / "fixtures" / "diary.wasm", folder / "plugin.wasm")
    shutil.copy(ROOT / "plugins" / "fixtures" / "diary.toml", folder / "plugin.toml")


class News:
    """Notifications in order."""

    def __init__(self, client: ThothClient) -> None:
        self._queues: dict[str, asyncio.Queue[Any]] = {}
        for rpc in (DID_CHANGE, DID_FAIL, DID_CHANGE_PLUGINS):
            queue = self._queues[rpc.method] = asyncio.Queue()
            client.on(rpc, queue.put_nowait)

    async def next(self, rpc: Any) -> Any:
        """The next one of a kind; fails after ten seconds."""
        async with asyncio.timeout(10):
            return await self._queues[rpc.method].get()

    async def of_plugin(self, reason: str) -> Any:
        """The next one about the diary with that reason."""
        while True:
            event = await self.next(DID_CHANGE_PLUGINS)
            if event.reason == reason and event.plugin_ids == [DIARY]:
                return event


async def first_row(client: ThothClient, opened: d.OpenDocumentResult) -> str:
    params = d.PageParams(document_id=opened.document_id, generation=opened.generation, start=0, count=1)
    page: d.Page = await client.request(PAGE, params)
    return page.rows


async def test_a_plugin_through_its_life(tmp_path: Path) -> None:
    """Granted, opened, set, switched off and on, reloaded and uninstalled, with a word to the client each time."""
    home = tmp_path / "home"
    install(home / "data" / "plugins" / "diary")
    (tmp_path / "a.diary").write_text("build\n")
    async with connect({"logLevel": "error"}, env={"THOTH_HOME": str(home)}) as client:
        news = News(client)
        await client.request(
            SET_PERMISSION, SetPermissionParams(plugin_id=DIARY, need="opened-file", decision="granted")
        )
        await news.of_plugin("permissions")
        opened = await client.request(OPEN, d.OpenDocumentParams(uri=(tmp_path / "a.diary").as_uri()))
        assert await first_row(client, opened) == '[["build-01"]]'

        params = SetPluginSettingParams(plugin_id=DIARY, key="count", value="5")
        answer = await client.request(SET_PLUGIN_SETTING, params)
        assert [item.user for item in answer.settings if item.key == "count"] == ["5"]
        await news.of_plugin("settings")
        click = PluginSettingsEventParams(plugin_id=DIARY, widget_id="click", kind="click", value="")
        assert "clicks: 1" in (await client.request(PLUGIN_SETTINGS_EVENT, click)).node
        assert "clicks: 1" in (await client.request(PLUGIN_SETTINGS, REF)).node

        off = EnablePluginParams(plugin_id=DIARY, enabled=False)
        assert (await client.request(ENABLE_PLUGIN, off)).state == "disabled"
        assert (await news.next(DID_FAIL)).kind == "pluginDisabled"
        await news.of_plugin("disabled")
        with pytest.raises(RequestFailed, match="switched off"):
            await first_row(client, opened)
        on = EnablePluginParams(plugin_id=DIARY, enabled=True)
        assert (await client.request(ENABLE_PLUGIN, on)).state == "enabled"
        assert (await news.next(DID_CHANGE)).change == "reloaded"
        opened = await client.request(REOPEN, d.ReopenParams(document_id=opened.document_id))
        assert (await client.request(RELOAD_PLUGIN, REF)).state == "enabled"
        assert (await news.next(DID_CHANGE)).change == "reloaded"
        opened = await client.request(REOPEN, d.ReopenParams(document_id=opened.document_id))
        assert await first_row(client, opened) == '[["build-01"]]'

        details = await client.request(PLUGIN_DETAILS, REF)
        assert details.usage.calls > 0
        assert details.storage_bytes > 0
        await client.request(UNINSTALL_PLUGIN, UninstallPluginParams(plugin_id=DIARY, delete_data=True))
        assert (await news.next(DID_FAIL)).kind == "pluginNotFound"
        await news.of_plugin("removed")
        with pytest.raises(RequestFailed) as gone:
            await client.request(PLUGIN_DETAILS, REF)
        assert gone.value.kind == "pluginNotFound"
    assert not (home / "data" / "plugins" / "diary").exists()


async def test_two_servers_share_a_home_and_lose_no_write(tmp_path: Path) -> None:
    """Each sets something else, many times over; afterwards both know everything."""
    home = tmp_path / "home"
    install(home / "data" / "plugins" / "diary")
    env = {"THOTH_HOME": str(home)}
    async with connect({"logLevel": "error"}, env=env) as one, connect({"logLevel": "error"}, env=env) as other:

        async def work(client: ThothClient, key: str, plugin_id: str) -> None:
            for number in range(15):
                value = f'"{number}"' if key == "greeting" else str(number % 9 + 1)
                await client.request(SET_PLUGIN_SETTING, SetPluginSettingParams(plugin_id=DIARY, key=key, value=value))
                await client.request(ENABLE_PLUGIN, EnablePluginParams(plugin_id=plugin_id, enabled=number % 2 == 1))

        await asyncio.gather(
            work(one, "greeting", "com.thoth.csv-loader"), work(other, "count", "com.thoth.json-loader")
        )
        for client in (one, other):
            answer = await client.request(PLUGIN_SETTINGS, REF)
            found = {item.key: item.user for item in answer.settings}
            assert (found["greeting"], found["count"]) == ('"14"', "6")
            for plugin_id in ("com.thoth.csv-loader", "com.thoth.json-loader"):
                details = await client.request(PLUGIN_DETAILS, PluginRef(plugin_id=plugin_id))
                assert details.plugin.state == "disabled"
