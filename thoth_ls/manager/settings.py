"""Settings of plugins: those a manifest declares, and the page a plugin draws itself."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any

from thoth_ls.catalog.grants import own_name
from thoth_ls.errors import InputInvalid, PluginError, SecretsUnavailable
from thoth_ls.wire.plugin_settings import PluginSetting, PluginSettingsEventResult, PluginSettingsResult

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

    from thoth_ls.catalog.discovery import Plugin
    from thoth_ls.catalog.manifest_settings import Setting
    from thoth_ls.catalog.scoped_file import Scope
    from thoth_ls.catalog.setting_values import SettingValues, Value
    from thoth_ls.manager.pages import SettingsPages
    from thoth_ls.manager.secrets import Secrets
    from thoth_ls.runtime.runtime import PluginRuntime
    from thoth_ls.wire.plugin_settings import PluginSettingsEventParams, SetPluginSettingParams


logger = logging.getLogger(__name__)


class PluginSettings:
    """What there is to set, and the setting of it. Belongs to the event loop."""

    def __init__(
        self,
        runtime: PluginRuntime,
        values: SettingValues,
        secrets: Secrets,
        pages: SettingsPages,
        changed: Callable[[str], None],
    ) -> None:
        self._runtime = runtime
        self._values = values
        self._secrets = secrets
        self._pages = pages
        self._changed = changed
        self._seen = values.version
        self._told: dict[str, str] = {}
        """What is in force, by plugin, as far as it has been acted upon."""

    def told(self, plugin: Plugin) -> str:
        """The values in force as `on-load` takes them; for any thread."""
        return self._values.told(own_name(plugin), declared(plugin))

    def begin(self) -> None:
        """Takes what is set now as known: what other processes set later is told."""
        self._seen = self._values.version
        self._told = {plugin.id: self.told(plugin) for plugin in self._runtime.catalog.usable if declared(plugin)}

    async def result(self, plugin: Plugin) -> PluginSettingsResult:
        """The declared settings with their values, and the plugin's own page as it is now."""
        await asyncio.to_thread(self._values.refresh)
        kept = await self._secrets_kept(plugin)
        settings = [_wire(value, kept) for value in self._values.of(own_name(plugin), declared(plugin))]
        try:
            page = await self._pages.render(plugin)
        except PluginError as error:
            return PluginSettingsResult(settings=settings, node=None, height=0, problem=str(error))
        node, height = page or (None, 0)
        return PluginSettingsResult(settings=settings, node=node, height=height, problem=None)

    async def set(self, plugin: Plugin, params: SetPluginSettingParams) -> PluginSettingsResult:
        """Sets or resets one setting and tells those that run.

        Raises InputInvalid and FileUnwritable, of a secret SecretsUnavailable.
        """
        setting = _declared(plugin, params.key)
        value = None if params.value is None else _decoded(plugin.id, params.key, params.value)
        await self._put(plugin, setting, value, params)
        return await self.result(plugin)

    async def event(self, plugin: Plugin, params: PluginSettingsEventParams) -> PluginSettingsEventResult:
        """Takes in what was done on the plugin's own page, and returns the page as it is then.

        A change of a widget with the key of a declared setting sets that one for the user; anything else goes to the
        plugin's `ui-component.handle-event`.
        """
        setting = next((item for item in declared(plugin) if item.key == params.widget_id), None)
        if params.kind == "change" and setting is not None:
            await self._put(plugin, setting, _from_widget(plugin.id, setting, params.value), None)
        else:
            await self._pages.handle(plugin, params)
        page = await self._pages.render(plugin)
        node, height = page or (None, 0)
        return PluginSettingsEventResult(node=node, height=height)

    def tell(self, plugin_id: str) -> None:
        """Has every running instance of a plugin take in its settings as they are now."""
        for instance in self._runtime.instances(plugin_id):
            instance.tell_settings()

    async def look(self) -> None:
        """Carries out what other processes have set meanwhile."""
        await asyncio.to_thread(self._values.refresh)
        if self._values.version == self._seen:
            return
        self._seen = self._values.version
        for plugin in self._runtime.catalog.usable:
            if not declared(plugin):
                continue
            before, now = self._told.get(plugin.id), self.told(plugin)
            if before != now:
                self._told[plugin.id] = now
                self.tell(plugin.id)
                self._changed(plugin.id)

    async def _put(self, plugin: Plugin, setting: Setting, value: Any, params: SetPluginSettingParams | None) -> None:
        scope = params.scope if params is not None else "user"
        if setting.type == "secret":
            await self._put_secret(plugin, setting, value, scope)
            return
        before = self.told(plugin)
        await asyncio.to_thread(self._values.set, own_name(plugin), setting, value, scope)
        now = self._told[plugin.id] = self.told(plugin)
        if now != before:
            self.tell(plugin.id)
        self._changed(plugin.id)

    async def _put_secret(self, plugin: Plugin, setting: Setting, value: Any, scope: Scope) -> None:
        """Keeps it where `secure-storage.read` of its key finds it; what runs is told, so that it can look again."""
        key = setting.key
        if scope == "workspace":
            said = "a secret is kept for the user, not for one workspace"
            raise InputInvalid(plugin.id, "scope", f"setting {key}: {said}")
        if value is not None and not isinstance(value, str):
            raise InputInvalid(plugin.id, key, f"setting {key} must be a text")
        await self._secrets.set(plugin, key, value)
        self.tell(plugin.id)
        self._changed(plugin.id)

    async def _secrets_kept(self, plugin: Plugin) -> AbstractSet[str]:
        """Keys of the declared secrets that are set; none where the store does not say."""
        kept: set[str] = set()
        try:
            for setting in declared(plugin):
                if setting.type == "secret" and await self._secrets.is_set(plugin, setting.key):
                    kept.add(setting.key)
        except SecretsUnavailable as error:
            logger.info("whether secrets of plugin %s are set is not known: %s", plugin.id, error)
        return kept


def declared(plugin: Plugin) -> Sequence[Setting]:
    """The settings of the plugin's manifest."""
    return plugin.manifest.setting if plugin.manifest is not None else []


def _declared(plugin: Plugin, key: str) -> Setting:
    settings = declared(plugin)
    found = next((item for item in settings if item.key == key), None)
    if found is None:
        known = ", ".join(item.key for item in settings) or "none"
        raise InputInvalid(plugin.id, "key", f"there is no setting {key[:64]!r}; its settings are: {known}")
    return found


def _decoded(plugin_id: str, key: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputInvalid(plugin_id, key, f"setting {key}: the value is not JSON ({error})") from None


def _from_widget(plugin_id: str, setting: Setting, text: str) -> Any:
    """The value as the contract has widgets send it: texts and choices as they are, anything else as JSON text."""
    if setting.type in ("string", "enum", "secret"):
        return text
    return _decoded(plugin_id, setting.key, text)


def _wire(value: Value, secrets_kept: AbstractSet[str]) -> PluginSetting:
    setting = value.setting
    user = True if setting.key in secrets_kept else value.user
    return PluginSetting(
        key=setting.key,
        type=setting.type,
        title=setting.title or setting.key,
        description=setting.description,
        default="null" if setting.type == "secret" else json.dumps(setting.default, ensure_ascii=False),
        choices=list(setting.enum),
        minimum=setting.minimum,
        maximum=setting.maximum,
        user=None if user is None else json.dumps(user, ensure_ascii=False),
        workspace=None if value.workspace is None else json.dumps(value.workspace, ensure_ascii=False),
    )
