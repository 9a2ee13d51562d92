"""What plugins may need beyond their sandbox, and what a person decided about it. Deny is the default."""

from typing import Literal

from thoth_ls.wire.base import Wire

Need = Literal[
    "network",
    "tcp",
    "secure-storage",
    "file-dialog",
    "open-tabs",
    "read-datasets",
    "opened-file",
    "headless",
]
"""HTTP and WebSocket; plain TCP; the editor's store of secrets; asking for a file; opening tabs; data of other plugins;
the file that is being opened; running commands without an editor."""

Decision = Literal["granted", "denied", "ask"]
"""`ask`: nothing has been decided yet, which refuses as well until somebody does."""


class Permission(Wire):
    """One need of a plugin."""

    need: Need
    title: str
    """The need as people call it, for instance "Reach hosts on the network"."""
    scope: list[str]
    """What it is limited to, for instance host patterns; empty where the need has no scope."""
    reason: str
    """Why, in the author's words: untrusted text."""
    decision: Decision


class PermissionQuestion(Wire):
    """Asks the person, once for all needs that are undecided; sent before the plugin runs for the first time."""

    plugin_id: str
    plugin_name: str
    version: str
    origin: str
    """As in `PluginInfo.origin`."""
    permissions: list[Permission]
    """Those to be decided."""
    update: bool
    """Whether the plugin was granted needs before and now asks for more."""


class PermissionAnswer(Wire):
    """What the person decided: needs that are named in neither list are asked for again next time."""

    granted: list[Need]
    denied: list[Need]


class SetPermissionParams(Wire):
    """Decides about one need of a plugin, or (`ask`) forgets what was decided."""

    plugin_id: str
    need: Need
    decision: Decision
