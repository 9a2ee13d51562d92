"""Data that plugins hold, as documents: what panels show, and what people choose from the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.wire import datasets as ds
from thoth_ls.wire.base import Empty
from thoth_ls.wire.methods import DATASETS, OPEN_DATASET, PANEL_BYTES, PANEL_DATA
from thoth_ls.wire.panels import PanelBytes, PanelBytesParams, PanelData, PanelDataParams

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds `thoth/panel/data`, `thoth/panel/bytes` and every `thoth/dataset/*` request."""

    @server.feature(PANEL_DATA.method)
    async def data(ls: ThothServer, params: PanelDataParams) -> PanelData:
        return await ls.services.panel_documents.data(params)

    @server.feature(PANEL_BYTES.method)
    async def piece(ls: ThothServer, params: PanelBytesParams) -> PanelBytes:
        return await ls.services.panel_documents.piece(params)

    @server.feature(DATASETS.method)
    async def list_datasets(ls: ThothServer, params: Empty) -> ds.DatasetList:
        return ls.services.panel_documents.list()

    @server.feature(OPEN_DATASET.method)
    async def open_dataset(ls: ThothServer, params: ds.OpenDatasetParams) -> PanelData:
        return await ls.services.panel_documents.open(params)
