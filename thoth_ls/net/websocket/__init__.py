"""WebSockets of plugins: from what a plugin asks for, over one connection, to the events it is told."""

from thoth_ls.net.websocket.host import WebSockets

__all__ = ["WebSockets"]
