"""Write plugins for Thoth in Python. `import thoth_plugin as thoth`, `from thoth_plugin import ui`; see README.md."""

from thoth_plugin import datasets, files, http, log, queries, secrets, signals, storage, tabs, tcp, ui, websocket
from thoth_plugin.commands import Command, command, flag, option, positional
from thoth_plugin.datasets import Table
from thoth_plugin.definition import Plugin, plugin
from thoth_plugin.errors import Cancelled, HostError, PluginError
from thoth_plugin.events import Event, on
from thoth_plugin.exporter import Exporter, Option
from thoth_plugin.loader import Loader
from thoth_plugin.panel import Panel
from thoth_plugin.renderer import Renderer
from thoth_plugin.setting_values import settings
from thoth_plugin.source import Collection, DataSource, Entry, Field
from thoth_plugin.tasks import Pending, Task, gather, start

__version__ = "0.1.0"

__all__ = [
    "Cancelled",
    "Collection",
    "Command",
    "DataSource",
    "Entry",
    "Event",
    "Exporter",
    "Field",
    "HostError",
    "Loader",
    "Option",
    "Panel",
    "Pending",
    "Plugin",
    "PluginError",
    "Renderer",
    "Table",
    "Task",
    "command",
    "datasets",
    "files",
    "flag",
    "gather",
    "http",
    "log",
    "on",
    "option",
    "plugin",
    "positional",
    "queries",
    "secrets",
    "settings",
    "signals",
    "start",
    "storage",
    "tabs",
    "tcp",
    "ui",
    "websocket",
]
