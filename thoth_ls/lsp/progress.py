"""Work-done progress: under a token the client made, or one of ours."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from lsprotocol import types
from pygls.exceptions import JsonRpcException

if TYPE_CHECKING:
    from types import TracebackType

    from thoth_ls.lsp.server import ThothServer
    from thoth_ls.wire.documents import ProgressToken


class WorkDone:
    """Reports `begin`, any number of `report` and exactly one `end`; says nothing without a token."""

    def __init__(self, ls: ThothServer, token: ProgressToken | None, title: str) -> None:
        self._ls = ls
        self._token = token
        self._title = title
        self._last: tuple[int | None, str] | None = None

    def __call__(self, percent: int | None, message: str) -> None:
        """Reports how far the work is: 0 to 100, or None where that is not known."""
        if self._token is None or (percent, message) == self._last:
            return
        self._last = (percent, message)
        self._send(types.WorkDoneProgressReport(percentage=percent, message=message))

    def __enter__(self) -> Self:
        if self._token is not None:
            self._send(types.WorkDoneProgressBegin(title=self._title, cancellable=True, percentage=0))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._token is not None:
            self._send(types.WorkDoneProgressEnd())

    def _send(
        self, value: types.WorkDoneProgressBegin | types.WorkDoneProgressReport | types.WorkDoneProgressEnd
    ) -> None:
        assert self._token is not None
        self._ls.progress(types.ProgressParams(token=self._token, value=value))


class Compilations:
    """Progress of plugins being compiled, which nobody asked for and which can take seconds."""

    def __init__(self, ls: ThothServer) -> None:
        self._ls = ls
        self._tokens: dict[str, str] = {}

    async def tell(self, name: str, begins: bool) -> None:
        """Shows that the plugin `name` is being compiled, or ends that."""
        if begins:
            await self._begin(name)
        elif token := self._tokens.pop(name, None):
            self._ls.progress(types.ProgressParams(token=token, value=types.WorkDoneProgressEnd()))

    async def _begin(self, name: str) -> None:
        window = self._ls.client_capabilities.window
        if window is None or not window.work_done_progress:
            return
        token = self._tokens[name] = f"thoth-compile-{uuid.uuid4()}"
        try:
            await self._ls.window_work_done_progress_create_async(types.WorkDoneProgressCreateParams(token=token))
        except JsonRpcException:  # the client will not show it
            self._tokens.pop(name, None)
            return
        if self._tokens.get(name) == token:
            begin = types.WorkDoneProgressBegin(title=f"Compiling the plugin {name}")
            self._ls.progress(types.ProgressParams(token=token, value=begin))
