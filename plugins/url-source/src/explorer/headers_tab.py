"""The tab Headers: what the person writes, and what is added to it."""

from typing import Final

import thoth_plugin as thoth
from explorer import notices, rows
from explorer.workbench import Workbench
from rest.model import Row
from thoth_plugin import ui
from thoth_plugin.nodes import Node

COMMON: Final = (
    "Accept",
    "Accept-Charset",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Cache-Control",
    "Content-Encoding",
    "Content-Language",
    "Content-Type",
    "Cookie",
    "Date",
    "Forwarded",
    "From",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "If-Unmodified-Since",
    "Max-Forwards",
    "Origin",
    "Pragma",
    "Prefer",
    "Range",
    "Referer",
    "Sec-Fetch-Mode",
    "User-Agent",
    "Via",
    "X-Api-Key",
    "X-Correlation-Id",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "X-Http-Method-Override",
    "X-Request-Id",
    "X-Requested-With",
)
"""Names people want again and again (RFC 9110 and common use)."""
USUAL: Final = {
    "Accept": "application/json",
    "Accept-Language": "en",
    "Cache-Control": "no-cache",
    "Content-Type": "application/json",
    "Prefer": "return=representation",
    "Range": "bytes=0-1023",
    "X-Correlation-Id": "{{$uuid}}",
    "X-Request-Id": "{{$uuid}}",
    "X-Requested-With": "XMLHttpRequest",
}
"""What is put beside a name that was chosen; it can be changed."""


class HeadersTab(Workbench):
    """Part of the panel."""

    def headers_tab(self) -> Node:
        """What it shows."""
        names: list[ui.Choice] = [("", "Add a Common Header…"), *COMMON]
        return ui.column(
            ui.key_value_list(
                "headers",
                entries=rows.entries_of(self.request.headers),
                add_label="Add Header",
                aria_label="Headers of the Request",
            ),
            ui.row(
                ui.select("header-suggestion", label="Add a Common Header", options=names, searchable=True, width=220)
            ),
            *notices.about(self.problems, "headers"),
            self._added(),
            gap=8,
        )

    def _added(self) -> Node | None:
        """Headers that come by themselves."""
        added = self.own_headers()
        if not added:
            return notices.hint("Accept, Accept-Encoding and User-Agent are added where they are not written.")
        return ui.column(
            notices.hint("Added by body and auth:"),
            *(ui.key_value(name, ui.text(value, variant="mono")) for name, value in added),
            gap=4,
        )

    @thoth.on("headers", "change")
    def headers_changed(self, value: str) -> None:
        """Takes the table over."""
        self.request.headers = rows.rows_of(value, self.request.headers, Row)
        self.edited()

    @thoth.on("header-suggestion", "change")
    def header_suggested(self, name: str) -> None:
        """Adds a header by its name."""
        if name:
            self.request.headers.append(Row(name, USUAL.get(name, "")))
            self.edited()
