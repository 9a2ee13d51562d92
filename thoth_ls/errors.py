"""Everything we expect to go wrong, as one tree.

ThothError
├── DocumentError
│   ├── UnknownDocument     not open here, or a generation that is gone: open it (again)
│   ├── DocumentChanged     the file changed on disk since it was read: reopen it
│   ├── FileUnreadable      missing, no permission, not a regular file, not decompressible, too large to spool
│   ├── UnknownEncoding     a name Python knows no codec for
│   ├── NoLoader            no plugin opens this kind of file
│   ├── QueryInvalid        what to search for is no regular expression or JSONPath, or costs too much
│   ├── FileExists          an export would replace a file, and nobody said that it may
│   └── FileUnwritable      no permission, no space, no such folder
├── PluginError
│   ├── PluginNotFound      no plugin of that id
│   ├── PluginInvalid       not a component, another world, a bad manifest, an unknown API version
│   ├── PluginRefused       the plugin answered with an error of its own
│   ├── PluginTrapped       the guest trapped: a bug in the plugin
│   ├── PluginLimitHit      fuel, deadline, memory, result size, host calls … named in `limit`
│   ├── PluginDisabled      crashed three times within a minute (opening the file again retries), or switched off
│   ├── PluginReloaded      another build took its place meanwhile: try again
│   ├── PermissionDenied    it needs something it was not granted, named in `need`
│   └── InputInvalid        arguments of a command, a setting or an option that do not fit, named in `input`
├── PanelError
│   ├── UnknownPanel        not open here: open it again
│   └── PanelBusy           too much waits for it already: wait, stop it, or close others
├── BuildFailed             a plugin could not be built: its sources, or a tool that is missing
├── UnknownTheme            no plugin has it
├── SecretsUnavailable      no store of secrets, locked, or it did not keep one
└── Cancelled               the caller withdrew
"""

from enum import StrEnum
from typing import ClassVar

MOST_ID = 128
"""Longest id of a plugin; whatever was asked for may be longer."""


class ErrorKind(StrEnum):
    """Stable names of the errors, sent as `data.kind`; the message may change, these do not."""

    INTERNAL = "internal"
    UNKNOWN_DOCUMENT = "unknownDocument"
    DOCUMENT_CHANGED = "documentChanged"
    FILE_UNREADABLE = "fileUnreadable"
    UNKNOWN_ENCODING = "unknownEncoding"
    NO_LOADER = "noLoader"
    QUERY_INVALID = "queryInvalid"
    FILE_EXISTS = "fileExists"
    FILE_UNWRITABLE = "fileUnwritable"
    PLUGIN_NOT_FOUND = "pluginNotFound"
    PLUGIN_INVALID = "pluginInvalid"
    PLUGIN_REFUSED = "pluginRefused"
    PLUGIN_TRAPPED = "pluginTrapped"
    PLUGIN_LIMIT_HIT = "pluginLimitHit"
    PLUGIN_DISABLED = "pluginDisabled"
    PERMISSION_DENIED = "permissionDenied"
    INPUT_INVALID = "inputInvalid"
    UNKNOWN_PANEL = "unknownPanel"
    PANEL_BUSY = "panelBusy"
    BUILD_FAILED = "buildFailed"
    UNKNOWN_THEME = "unknownTheme"
    SECRETS_UNAVAILABLE = "secretsUnavailable"
    CANCELLED = "cancelled"


class Limit(StrEnum):
    """What a guest can run out of."""

    FUEL = "fuel"
    DEADLINE = "deadline"
    MEMORY = "memory"
    TABLES = "tables"
    INSTANCES = "instances"
    STACK = "stack"
    RESULT_SIZE = "resultSize"
    HOST_CALLS = "hostCalls"
    LOG = "log"


class ThothError(Exception):
    """Anything we expect to go wrong. The text is for people and says what, where and what to do."""

    kind: ClassVar[ErrorKind] = ErrorKind.INTERNAL

    def facts(self) -> dict[str, str]:
        """What a program may want to know besides `kind`; sent in the error's `data`."""
        return {}


class DocumentError(ThothError):
    """About a file or an open document."""


class UnknownDocument(DocumentError):
    """Not open here, or a generation that is gone."""

    kind = ErrorKind.UNKNOWN_DOCUMENT


class DocumentChanged(DocumentError):
    """The file changed on disk since it was read."""

    kind = ErrorKind.DOCUMENT_CHANGED


class FileUnreadable(DocumentError):
    """Missing, no permission, not a regular file, not decompressible, or too large to spool."""

    kind = ErrorKind.FILE_UNREADABLE


class UnknownEncoding(DocumentError):
    """A name Python knows no text codec for."""

    kind = ErrorKind.UNKNOWN_ENCODING


class NoLoader(DocumentError):
    """No plugin opens this kind of file."""

    kind = ErrorKind.NO_LOADER


class QueryInvalid(DocumentError):
    """What to search for is no regular expression or no JSONPath, or takes too long to be searched for."""

    kind = ErrorKind.QUERY_INVALID


class FileExists(DocumentError):
    """Something would be replaced, and nobody said that it may."""

    kind = ErrorKind.FILE_EXISTS


class FileUnwritable(DocumentError):
    """No permission, no space, or no such folder."""

    kind = ErrorKind.FILE_UNWRITABLE


class PluginError(ThothError):
    """About one plugin, whose id the message begins with."""

    def __init__(self, plugin_id: str, message: str) -> None:
        shown = plugin_id if len(plugin_id) <= MOST_ID else f"{plugin_id[:MOST_ID]}…"
        super().__init__(f"plugin {shown}: {message}")
        self.plugin_id = plugin_id

    def facts(self) -> dict[str, str]:
        return {"pluginId": self.plugin_id}


class PluginNotFound(PluginError):
    """No plugin of that id is installed."""

    kind = ErrorKind.PLUGIN_NOT_FOUND


class PluginInvalid(PluginError):
    """Not a component, a component of another world, a bad manifest or an unknown API version."""

    kind = ErrorKind.PLUGIN_INVALID


class PluginRefused(PluginError):
    """The plugin answered with an error of its own (`plugin-error` of the contract)."""

    kind = ErrorKind.PLUGIN_REFUSED

    def __init__(self, plugin_id: str, message: str, code: int = 0) -> None:
        super().__init__(plugin_id, message)
        self.code = code


class PluginTrapped(PluginError):
    """The guest trapped: a bug in the plugin."""

    kind = ErrorKind.PLUGIN_TRAPPED

    def __init__(self, plugin_id: str, export: str, cause: str) -> None:
        super().__init__(plugin_id, f"{export} crashed ({cause})")
        self.export = export

    def facts(self) -> dict[str, str]:
        return {**super().facts(), "export": self.export}


class PluginLimitHit(PluginError):
    """The guest used up something it is given only so much of."""

    kind = ErrorKind.PLUGIN_LIMIT_HIT

    def __init__(self, plugin_id: str, export: str, limit: Limit, allowed: str) -> None:
        super().__init__(plugin_id, f"{export} was stopped: {limit.value} limit ({allowed})")
        self.export = export
        self.limit = limit

    def facts(self) -> dict[str, str]:
        return {**super().facts(), "export": self.export, "limit": self.limit.value}


class PluginDisabled(PluginError):
    """Crashed three times within a minute (asking again on purpose retries), or was switched off."""

    kind = ErrorKind.PLUGIN_DISABLED


class PluginReloaded(PluginError):
    """Another build of it took its place meanwhile: the same may well work now."""


class PermissionDenied(PluginError):
    """The plugin needs something it was not granted."""

    kind = ErrorKind.PERMISSION_DENIED

    def __init__(self, plugin_id: str, need: str, message: str) -> None:
        super().__init__(plugin_id, message)
        self.need = need

    def facts(self) -> dict[str, str]:
        return {**super().facts(), "need": self.need}


class InputInvalid(PluginError):
    """What a person gave to a plugin does not fit: an argument of a command, a setting, an option."""

    kind = ErrorKind.INPUT_INVALID

    def __init__(self, plugin_id: str, name: str, message: str) -> None:
        super().__init__(plugin_id, message)
        self.name = name

    def facts(self) -> dict[str, str]:
        return {**super().facts(), "input": self.name}


class PanelError(ThothError):
    """About an open panel."""


class UnknownPanel(PanelError):
    """Not open here, closed, or of a server that is gone."""

    kind = ErrorKind.UNKNOWN_PANEL


class PanelBusy(PanelError):
    """Too many events wait for it, or too many panels are open."""

    kind = ErrorKind.PANEL_BUSY


class BuildFailed(ThothError):
    """A plugin could not be built: what is wrong with its sources or missing here, with what the tool said."""

    kind = ErrorKind.BUILD_FAILED


class UnknownTheme(ThothError):
    """No plugin has a colour theme of that id."""

    kind = ErrorKind.UNKNOWN_THEME


class SecretsUnavailable(ThothError):
    """There is no store of secrets, it is locked, or it did not do what it was asked; no secret is in the text."""

    kind = ErrorKind.SECRETS_UNAVAILABLE


class Cancelled(ThothError):
    """The caller withdrew."""

    kind = ErrorKind.CANCELLED
