"""The REST explorer: requests over HTTP and WebSocket, collections of them, and what came of them."""

import thoth_plugin as thoth
from explorer.commands import COMMANDS
from explorer.panel import Explorer
from explorer.source import RestSource

PLUGIN = thoth.plugin(
    panel=Explorer,
    commands=COMMANDS,
    about="Sends requests and keeps collections of them",
    source=RestSource,
)
