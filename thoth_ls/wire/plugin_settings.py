"""Settings of plugins: declared in the manifest and edited in a form, or drawn by the plugin itself."""

from typing import Annotated, Literal

from pydantic import Field

from thoth_ls.wire.base import Wire
from thoth_ls.wire.plugins import PluginRef

Scope = Literal["user", "workspace"]


class PluginSetting(Wire):
    """One declared setting and its values."""

    key: str
    type: Literal["string", "number", "integer", "boolean", "enum", "secret"]
    title: str
    description: str
    default: str
    """As JSON text; null for secrets and where there is none."""
    choices: list[str]
    """Of an `enum`; else empty."""
    minimum: float | None
    maximum: float | None
    user: str | None
    """The user's value as JSON text, null where none is set. Of a secret `true` or null: its text is never told."""
    workspace: str | None
    """The workspace's value as JSON text, which wins."""


class PluginSettingsResult(Wire):
    """What there is to set."""

    settings: list[PluginSetting]
    node: str | None
    """The page the plugin draws itself (`plugin-settings.render-settings`), a node as JSON text; null without one."""
    height: int
    """Height the page wants in logical pixels, 0 for no wish."""
    problem: str | None
    """Why the page could not be drawn."""


class SetPluginSettingParams(PluginRef):
    """Sets or resets one setting; the plugin's instances are told at once."""

    key: str
    value: Annotated[str, Field(max_length=262_144)] | None
    """JSON text; null resets it."""
    scope: Scope = "user"


class PluginSettingsEventParams(PluginRef):
    """Something a person did on a page drawn by the plugin."""

    widget_id: str
    kind: str
    """For instance `click` or `change`."""
    value: Annotated[str, Field(max_length=1_048_576)]


class PluginSettingsEventResult(Wire):
    """The page as it is now."""

    node: str | None
    height: int
