"""Files written from open documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.lsp.progress import WorkDone
from thoth_ls.wire.exports import ExporterList, ExportParams, ExportResult, ListExportersParams
from thoth_ls.wire.methods import EXPORT, EXPORTERS

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds `thoth/exporter/list` and `thoth/document/export`."""

    @server.feature(EXPORTERS.method)
    async def list_exporters(ls: ThothServer, params: ListExportersParams) -> ExporterList:
        return await ls.services.exports.list(params)

    @server.feature(EXPORT.method)
    async def export(ls: ThothServer, params: ExportParams) -> ExportResult:
        with WorkDone(ls, params.work_done_token, "Exporting") as report:
            return await ls.services.exports.export(params, report)
