"""Colour themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.wire import themes as th
from thoth_ls.wire.methods import INSTALL_THEME, READ_VSCODE_THEME, RESOLVE_THEME, THEMES

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds what can be asked about themes."""

    @server.feature(THEMES.method)
    async def themes(ls: ThothServer, params: th.ThemesParams) -> th.ThemeList:
        return await ls.services.themes.all(params.editor_kind)

    @server.feature(RESOLVE_THEME.method)
    async def resolve(ls: ThothServer, params: th.ResolveThemeParams) -> th.ResolvedTheme:
        return await ls.services.themes.resolve(params.theme_id, params.editor_kind)

    @server.feature(READ_VSCODE_THEME.method)
    async def read_vscode(ls: ThothServer, params: th.ReadVsCodeThemeParams) -> th.VsCodeThemeRead:
        return await ls.services.themes.read_vscode(params)

    @server.feature(INSTALL_THEME.method)
    async def install(ls: ThothServer, params: th.InstallThemeParams) -> th.InstallThemeResult:
        return await ls.services.themes.install(params)
