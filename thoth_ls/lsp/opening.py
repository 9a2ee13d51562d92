"""Opens the services for a server: what they say goes to its client."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from thoth_ls.lsp.client_files import file_picker, file_shower
from thoth_ls.lsp.client_panels import panel_shower
from thoth_ls.lsp.client_secrets import client_secrets
from thoth_ls.lsp.consent_prompt import consent_asker
from thoth_ls.lsp.events import LspEvents
from thoth_ls.lsp.permission_prompt import asker
from thoth_ls.lsp.progress import Compilations
from thoth_ls.paths import Paths
from thoth_ls.services import Services
from thoth_ls.wire.methods import DID_LOG
from thoth_ls.wire.plugins import DidLog

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def open_services(ls: ThothServer) -> Services:
    """The services; must be called on the event loop's thread."""
    loop = asyncio.get_running_loop()
    compilations = Compilations(ls)

    def log(plugin_id: str, level: str, text: str) -> None:
        """Called on a plugin's thread; the protocol is written on the loop's."""
        message = DidLog.model_validate({"pluginId": plugin_id, "level": level, "text": text})
        loop.call_soon_threadsafe(ls.tell, DID_LOG, message)

    def compiling(name: str, begins: bool) -> None:
        """Called on a thread of its own."""
        asyncio.run_coroutine_threadsafe(compilations.tell(name, begins), loop)

    def report(sentence: str) -> None:
        """Called on any thread."""
        loop.call_soon_threadsafe(ls.warn, sentence)

    return Services(
        ls.settings,
        Paths.standard(),
        LspEvents(ls),
        log,
        compiling,
        ask=asker(ls),
        ask_consent=consent_asker(ls),
        secrets=client_secrets(ls),
        pick_file=file_picker(ls),
        show_file=file_shower(ls),
        show_panel=panel_shower(ls),
        report=report,
        folders=ls.workspace_folders,
    )
