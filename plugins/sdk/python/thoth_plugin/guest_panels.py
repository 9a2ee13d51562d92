"""The exports every component may have, and those of panels."""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING, Any

from thoth_plugin import faults
from thoth_plugin.guest import DEEPEST_CALLS, World, clean, failing, nothing, quiet
from thoth_plugin.nodes import to_json

if TYPE_CHECKING:
    from thoth_plugin.instance import Instance


class PluginMeta:
    """plugin-meta."""

    @quiet(lambda: World.imports["types"].PluginInfo("", "", "", "", [], None, None, None))
    def get_info(self, instance: Instance) -> Any:
        """As in plugin.toml."""
        types, info = World.imports["types"], instance.plugin.info
        known = types.Capability.__members__
        names = [name.replace("-", "_").upper() for name in info.capabilities]
        can = [known[name] for name in names if name in known]
        return types.PluginInfo(
            info.id, info.name, info.version, info.description, can, info.author, info.homepage, info.icon
        )


class PluginLifecycle:
    """plugin-lifecycle."""

    @quiet(nothing)
    def on_load(self, instance: Instance, setting: str) -> None:
        """The instance begins: it was made when the component was built, and so was the seed of `random`."""
        random.seed()
        sys.setrecursionlimit(DEEPEST_CALLS)
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
        instance.on_load(setting)

    @quiet(nothing)
    def on_close(self, instance: Instance) -> None:
        """It ends."""
        instance.on_close()

    @quiet(nothing)
    def on_setting_change(self, instance: Instance, setting: str) -> None:
        """Other settings hold."""
        instance.on_setting_change(setting)


class PluginSettings:
    """plugin-settings."""

    @failing
    def render_settings(self, instance: Instance) -> Any:
        """The page of settings."""
        return World.exports["plugin-settings"].SettingsOutput(clean(instance.render_settings()), 0)


class PluginCli:
    """plugin-cli."""

    @failing
    def schema(self, instance: Instance) -> str:
        """The commands."""
        return instance.cli_schema()

    @failing
    def run(self, instance: Instance, invocation_json: str) -> str:
        """Runs one."""
        return instance.cli_run(invocation_json)


class UiComponent:
    """ui-component."""

    @failing
    def render_ui(self, instance: Instance) -> Any:
        """The first tree."""
        return _output(instance.render_ui())

    @failing
    def handle_event(self, instance: Instance, event: Any) -> Any:
        """Takes in an event."""
        try:
            tree = instance.handle_event(event.widget_id, event.kind, event.value)
        except BaseException as error:  # noqa: BLE001 - shown in the panel
            tree = to_json(faults.instead(faults.told(error, f"{event.kind} of {event.widget_id!r}")))
        return _output(tree)

    @failing
    def render_sidebar(self, instance: Instance) -> Any:
        """The tree of the side bar."""
        tree = instance.render_sidebar()
        return None if tree is None else _output(tree)


def _output(tree: str) -> Any:
    return World.exports["ui-component"].UiOutput(tree, 0)  # `to_json` has made it clean


class TabHost:
    """tab-host."""

    @quiet(str)
    def tab_title(self, instance: Instance) -> str:
        """The title."""
        return instance.tab_title()

    @quiet(nothing)
    def tab_icon(self, instance: Instance) -> str | None:
        """The icon."""
        return instance.tab_icon()

    @failing
    def get_state(self, instance: Instance) -> str:
        """The state."""
        return instance.get_state()

    @failing
    def init_with_state(self, instance: Instance, state: str) -> None:
        """Takes a state in."""
        instance.init_with_state(state)

    @quiet(nothing)
    def on_tab_focused(self, instance: Instance) -> None:
        """It came to the front."""
        instance.tab_focused()

    @quiet(nothing)
    def on_tab_blurred(self, instance: Instance) -> None:
        """It went to the back."""
        instance.tab_blurred()

    @quiet(nothing)
    def on_tab_closed(self, instance: Instance) -> None:
        """It is being closed."""
        instance.tab_closed()
