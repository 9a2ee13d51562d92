"""Files that the server has the client show: by our own request, by LSP's, or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from thoth_ls.calling import IO_FAILED, HostRefusal
from thoth_ls.lsp.client_files import file_shower
from thoth_ls.wire.dialogs import ShowFileParams

FILE = ShowFileParams(uri="file:///tmp/body.json", title="body.json")
OURS = types.ClientCapabilities(experimental={"thoth": {"showFile": True}})
STANDARD = types.ClientCapabilities(
    window=types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=True))
)
NEITHER = types.ClientCapabilities(
    window=types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=False))
)


class Server:
    """As much of the server as asks the client."""

    def __init__(self, capabilities: types.ClientCapabilities, answer: Any) -> None:
        self.client_capabilities = capabilities
        self.asked: list[tuple[str, Any]] = []
        self._answer = answer

    async def ask(self, method: str, params: object) -> Any:
        self.asked.append((method, params))
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


async def show(server: Server) -> None:
    shower = file_shower(server)  # type: ignore[arg-type]
    assert shower is not None
    await shower(FILE)


async def test_a_client_with_our_request_gets_it() -> None:
    """It knows which files Thoth shows itself."""
    server = Server(OURS, {})
    await show(server)
    assert server.asked == [("thoth/document/show", FILE)]


async def test_any_other_that_shows_documents_is_asked_to() -> None:
    server = Server(STANDARD, types.ShowDocumentResult(success=True))
    await show(server)
    ((method, params),) = server.asked
    assert (method, params.uri, params.take_focus) == ("window/showDocument", FILE.uri, True)


@pytest.mark.parametrize("capabilities", [NEITHER, types.ClientCapabilities()])
async def test_where_nothing_can_be_shown_there_is_nobody_to_ask(capabilities: types.ClientCapabilities) -> None:
    assert file_shower(Server(capabilities, None)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("capabilities", "answer", "said"),
    [
        (OURS, JsonRpcException("no\nwindow " + "x" * 500, code=-32803), r"could not show the file: no window x+$"),
        (STANDARD, JsonRpcException("no window", code=-32803), "could not show the file: no window"),
        (STANDARD, types.ShowDocumentResult(success=False), "the editor did not show the file"),
        (STANDARD, None, "the editor did not show the file"),
    ],
)
async def test_what_is_not_shown_is_told(capabilities: types.ClientCapabilities, answer: Any, said: str) -> None:
    with pytest.raises(HostRefusal, match=said) as told:
        await show(Server(capabilities, answer))
    assert told.value.code == IO_FAILED
    assert len(str(told.value)) < 300
