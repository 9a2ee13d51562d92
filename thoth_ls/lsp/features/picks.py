"""Single records of open documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.wire.methods import PICK
from thoth_ls.wire.picks import PickParams, PickResult

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds `thoth/document/pick`."""

    @server.feature(PICK.method)
    async def pick(ls: ThothServer, params: PickParams) -> PickResult:
        return await ls.services.documents.pick(params)
