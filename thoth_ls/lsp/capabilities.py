"""What the server says it can do, and what clients say of themselves."""

from __future__ import annotations

from typing import Any

from lsprotocol.types import (
    ClientCapabilities,
    CompletionOptions,
    ExecuteCommandOptions,
    ServerCapabilities,
    TextDocumentSyncKind,
    TextDocumentSyncOptions,
)

from thoth_ls.wire.version import PROTOCOL_VERSION

RUN_PLUGIN_COMMAND = "thoth.runPluginCommand"
LIST_PLUGIN_COMMANDS = "thoth.listPluginCommands"
EXECUTE_COMMAND = ExecuteCommandOptions(commands=[RUN_PLUGIN_COMMAND, LIST_PLUGIN_COMMANDS], work_done_progress=True)
"""What every editor can run; which plugins have which commands is known only once they have been asked."""


def announce(server: ServerCapabilities, client: ClientCapabilities) -> None:
    """Adds what is said before the handlers are registered, which is when our own types are loaded."""
    server.text_document_sync = TextDocumentSyncOptions(open_close=True, change=TextDocumentSyncKind.Incremental)
    server.document_symbol_provider = True
    server.folding_range_provider = True
    server.hover_provider = True
    server.completion_provider = CompletionOptions(trigger_characters=['"', "["])
    # A client may have commands of these names itself: VS Code refuses a second one of the same name.
    server.execute_command_provider = None if declares(client, "ownCommands") else EXECUTE_COMMAND
    server.experimental = {"thoth": {"protocolVersion": PROTOCOL_VERSION}}


def declares(client: ClientCapabilities, name: str) -> bool:
    """Whether the client's `experimental.thoth` says that it has something of ours."""
    experimental: Any = client.experimental
    ours = experimental.get("thoth") if isinstance(experimental, dict) else None
    return isinstance(ours, dict) and ours.get(name) is True
