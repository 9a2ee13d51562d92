"""Nested values of open documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.wire import trees as t
from thoth_ls.wire.documents import CellText
from thoth_ls.wire.methods import CHILDREN, LOCATE, VALUE, VALUE_TEXT

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds the requests about children, values, their text and their places."""

    @server.feature(CHILDREN.method)
    async def children(ls: ThothServer, params: t.ChildrenParams) -> t.ChildrenResult:
        return await ls.services.documents.trees.children(params)

    @server.feature(VALUE.method)
    async def value(ls: ThothServer, params: t.ValueParams) -> t.ValueResult:
        return await ls.services.documents.trees.value(params)

    @server.feature(VALUE_TEXT.method)
    async def text(ls: ThothServer, params: t.ValueTextParams) -> CellText:
        return await ls.services.documents.trees.text(params)

    @server.feature(LOCATE.method)
    async def locate(ls: ThothServer, params: t.LocateParams) -> t.LocateResult:
        return await ls.services.documents.trees.locate(params)
