"""The panel: one request a tab, all of them in the side bar."""

from explorer import notices, rows
from explorer.auth_tab import AuthTab
from explorer.body_tab import BodyTab
from explorer.curl_export import NAME as CURL_EXPORT
from explorer.curl_export import CurlExport
from explorer.curl_import import NAME as CURL_IMPORT
from explorer.curl_import import CurlImport
from explorer.diff_dialog import NAME as COMPARE
from explorer.diff_dialog import DiffDialog
from explorer.environments_dialog import NAME as ENVIRONMENTS
from explorer.extract_tab import ExtractTab
from explorer.headers_tab import HeadersTab
from explorer.keeping import Keeping
from explorer.notes_tab import NotesTab
from explorer.options_tab import OptionsTab
from explorer.params_tab import ParamsTab
from explorer.request_bar import RequestBar
from explorer.response_view import ResponseView
from explorer.save_dialog import NAME as SAVE
from explorer.save_dialog import SaveDialog
from explorer.sending import Sending
from explorer.sidebar import Sidebar
from explorer.socket_tab import SocketTab
from thoth_plugin import ui
from thoth_plugin.nodes import Node


class Explorer(
    Keeping,
    Sidebar,
    SaveDialog,
    RequestBar,
    ParamsTab,
    AuthTab,
    HeadersTab,
    BodyTab,
    OptionsTab,
    ExtractTab,
    NotesTab,
    CurlImport,
    CurlExport,
    SocketTab,
    Sending,
    DiffDialog,
    ResponseView,
):
    """A tab, or the view in the side bar."""

    async def opened(self) -> None:
        """Before it is first drawn: does what the tab was opened for."""
        self.library.load()
        self.edited()
        dialog, self.starting = self.starting.get("dialog"), {**self.starting, "dialog": None}
        if dialog == ENVIRONMENTS:
            self.open_environments()
        elif dialog == CURL_IMPORT:
            self.import_wanted()
        if self.starting.get("send") is True:
            await self.send()

    def title(self) -> str:
        """Of the tab."""
        if self.in_sidebar:
            return ""
        name = self.request.title
        return f"● {name}" if self.is_dirty else name

    def render(self) -> Node:
        """The tab."""
        lower = self.socket_view() if self.is_socket else self.response_view()
        return ui.column(
            self.heading(),
            self.request_bar(),
            ui.v_split(
                ui.scroll(self._request_tabs()), ui.scroll(lower), id="halves", default_ratio=0.42, min_pane=120
            ),
            *self.dialogs(),
            gap=8,
            padding=12,
        )

    def dialogs(self) -> list[Node]:
        """Those that are open."""
        known = {
            SAVE: self.save_dialog,
            ENVIRONMENTS: self.environments_dialog,
            CURL_IMPORT: self.curl_import_dialog,
            CURL_EXPORT: self.curl_export_dialog,
            COMPARE: self.diff_dialog,
        }
        draw = known.get(self.dialog)
        return [] if draw is None else [draw()]

    def primary_button(self) -> Node:
        """Send, Connect, or what ends it."""
        return self.socket_button() if self.is_socket else super().primary_button()

    def _request_tabs(self) -> Node:
        request = self.request
        tabs = [
            (_counted("Params", rows.shown(request.params)), self.params_tab()),
            ("Auth", self.auth_tab()),
            (_counted("Headers", rows.shown(request.headers)), self.headers_tab()),
        ]
        if self.is_socket:
            tabs.append(("Options", self.socket_options()))
        else:
            tabs += [
                ("Body", self.body_tab()),
                ("Options", self.options_tab()),
                (_counted("Extract", len(request.extractions)), self.extract_tab()),
            ]
        tabs.append(("Notes ●" if request.note.strip() else "Notes", self.notes_tab()))
        return ui.column(
            ui.tabs("request-tabs", *(node for _, node in tabs), headers=[header for header, _ in tabs], content_gap=8),
            *notices.elsewhere(self.problems, "url", "method", "params", "auth", "headers", "body", "options"),
            gap=8,
        )


def _counted(name: str, count: int) -> str:
    return f"{name} ({count})" if count else name
