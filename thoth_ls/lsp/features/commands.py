"""Commands of plugins: by messages of our own, and as the standard has it for every editor."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pydantic import ValidationError
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from thoth_ls.lsp.capabilities import LIST_PLUGIN_COMMANDS, RUN_PLUGIN_COMMAND
from thoth_ls.lsp.progress import WorkDone
from thoth_ls.lsp.protocol import summary
from thoth_ls.wire.commands import CommandList, ListCommandsParams, RunCommandParams, RunCommandResult
from thoth_ls.wire.methods import COMMANDS, RUN_COMMAND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoth_ls.lsp.server import ThothServer
    from thoth_ls.wire.documents import ProgressToken

logger = logging.getLogger(__name__)

Params = TypeVar("Params", ListCommandsParams, RunCommandParams)


def register(server: ThothServer) -> None:
    """Adds `thoth/command/list`, `thoth/command/run` and `workspace/executeCommand`."""

    @server.feature(COMMANDS.method)
    async def list_commands(ls: ThothServer, params: ListCommandsParams) -> CommandList:
        return await ls.services.commands.list(params)

    @server.feature(RUN_COMMAND.method)
    async def run(ls: ThothServer, params: RunCommandParams) -> RunCommandResult:
        return await _run(ls, params)

    @server.feature(types.WORKSPACE_EXECUTE_COMMAND)
    async def execute(ls: ThothServer, params: types.ExecuteCommandParams) -> CommandList | RunCommandResult:
        given = params.arguments or []
        if params.command == LIST_PLUGIN_COMMANDS:
            return await ls.services.commands.list(_list_params(given))
        if params.command != RUN_PLUGIN_COMMAND:
            raise JsonRpcInvalidParams(message=f"There is no command {params.command[:100]!r} here.")
        result = await _run(ls, _run_params(given, params.work_done_token, show=_shows_documents(ls)))
        if result.uri is not None:
            await _show(ls, result.uri)
        return result


async def _run(ls: ThothServer, params: RunCommandParams) -> RunCommandResult:
    commands = ls.services.commands
    with WorkDone(ls, params.work_done_token, commands.title(params)):
        return await commands.run(params, headless=ls.at_command_line)


def _list_params(given: Sequence[Any]) -> ListCommandsParams:
    if len(given) > 1:
        raise JsonRpcInvalidParams(message=f"{LIST_PLUGIN_COMMANDS} takes a plugin id, or nothing.")
    return _checked(LIST_PLUGIN_COMMANDS, ListCommandsParams, {"pluginId": given[0] if given else None})


def _run_params(given: Sequence[Any], token: ProgressToken | None, *, show: bool) -> RunCommandParams:
    if not 2 <= len(given) <= 3:
        said = f"{RUN_PLUGIN_COMMAND} takes a plugin id, the name of a command, and an object of values by argument id."
        raise JsonRpcInvalidParams(message=said)
    values = given[2] if len(given) == 3 and given[2] is not None else {}
    named = {"pluginId": given[0], "name": given[1], "values": values, "workDoneToken": token, "show": show}
    return _checked(RUN_PLUGIN_COMMAND, RunCommandParams, named)


def _checked(command: str, shape: type[Params], named: dict[str, Any]) -> Params:
    try:
        return shape.model_validate(named)
    except ValidationError as error:
        raise JsonRpcInvalidParams(message=f"{command}: {summary(error)}") from None


def _shows_documents(ls: ThothServer) -> bool:
    """Whether the editor opens a file when it is told to."""
    window = ls.client_capabilities.window
    return bool(window and window.show_document and window.show_document.support)


async def _show(ls: ThothServer, uri: str) -> None:
    """Opens a result in the editor; where that fails the uri is in the answer all the same."""
    try:
        await ls.window_show_document_async(types.ShowDocumentParams(uri=uri, take_focus=True))
    except JsonRpcException as error:
        logger.warning("the editor did not open %s: %s", uri, error)
