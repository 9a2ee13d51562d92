"""Files at the client: the dialog that asks for one, and the editor that shows one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pydantic import ValidationError
from pygls.exceptions import JsonRpcException

from thoth_ls.calling import IO_FAILED, HostRefusal
from thoth_ls.lsp.capabilities import declares
from thoth_ls.wire.dialogs import FileDialogResult, ShowFileParams
from thoth_ls.wire.methods import FILE_DIALOG, SHOW_FILE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from thoth_ls.lsp.server import ThothServer
    from thoth_ls.wire.dialogs import FileDialogParams

    PickFile = Callable[[FileDialogParams], Awaitable[str | None]]
    ShowFile = Callable[[ShowFileParams], Awaitable[None]]

MOST_SAID = 200


def file_picker(ls: ThothServer) -> PickFile | None:
    """Shows a file dialog at the client: the address that was picked, None when the person cancelled.

    Raises HostRefusal when the client cannot. None where it does not say that it has dialogs; LSP knows none.
    """
    if not declares(ls.client_capabilities, "dialogs"):
        return None

    async def pick(params: FileDialogParams) -> str | None:
        answer = await _request(ls, FILE_DIALOG.method, params, "the editor could not show the dialog")
        try:
            return FileDialogResult.model_validate(answer).uri
        except ValidationError:
            raise HostRefusal("the editor's answer to the dialog does not fit the protocol", IO_FAILED) from None

    return pick


def file_shower(ls: ThothServer) -> ShowFile | None:
    """Opens a file of this machine at the client, in Thoth's viewer where it has one; raises HostRefusal.

    A client without our request is asked by LSP's own, if it has that; else there is nothing to ask.
    """
    if declares(ls.client_capabilities, "showFile"):
        return lambda params: _show_ours(ls, params)
    window = ls.client_capabilities.window
    if window is not None and window.show_document is not None and window.show_document.support:
        return lambda params: _show_document(ls, params)
    return None


async def _show_ours(ls: ThothServer, params: ShowFileParams) -> None:
    await _request(ls, SHOW_FILE.method, params, "the editor could not show the file")


async def _show_document(ls: ThothServer, params: ShowFileParams) -> None:
    sent = types.ShowDocumentParams(uri=params.uri, take_focus=True)
    answer = await _request(ls, types.WINDOW_SHOW_DOCUMENT, sent, "the editor could not show the file")
    if getattr(answer, "success", None) is not True:
        raise HostRefusal("the editor did not show the file", IO_FAILED)


async def _request(ls: ThothServer, method: str, params: object, failure: str) -> Any:
    try:
        return await ls.ask(method, params)
    except JsonRpcException as error:
        text = " ".join(str(error.message).split())[:MOST_SAID]
        raise HostRefusal(f"{failure}: {text}", IO_FAILED) from None
