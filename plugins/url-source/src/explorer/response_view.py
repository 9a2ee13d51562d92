"""The lower half of a tab: what came of the request."""

from collections.abc import Sequence

import thoth_plugin as thoth
from explorer import body_view, cookies_table, glyphs, notices, sizes, timing
from explorer.answer import Answer, reason_of
from explorer.records import table_of
from explorer.workbench import Workbench
from rest import history
from rest.history import Entry
from thoth_plugin import ui
from thoth_plugin.http import Response
from thoth_plugin.nodes import Node

COPIED: int = 64 * 1024


class ResponseView(Workbench):
    """Part of the panel."""

    def response_view(self) -> Node:
        """What it shows."""
        if self.stage == "asking":
            return self._asking()
        if self.stage == "sending":
            return self._sending()
        if self.failure:
            return self._failed()
        if self.answer is not None:
            return self._answered(self.answer)
        if self.entry is not None:
            return self.entry_view(self.entry)
        return notices.empty(glyphs.SEND, "No response yet", "Press Send, or Enter in the URL.")

    def history_tab(self) -> Node:
        """All responses of this request."""
        raise NotImplementedError

    def entry_view(self, entry: Entry) -> Node:
        """A response of the history."""
        raise NotImplementedError

    def _asking(self) -> Node:
        return ui.column(
            ui.spacer(24),
            ui.row(ui.spinner(size=20), ui.text("Waiting for approval", variant="title"), gap=8, align="center"),
            ui.row(notices.hint(self.asked), align="center"),
            ui.row(
                ui.button(notices.NETWORK, "Network Access", icon=glyphs.SHIELD, button_type="Soft"),
                ui.button("cancel", "Cancel", button_type="Text"),
                gap=8,
                align="center",
            ),
            gap=10,
        )

    def _sending(self) -> Node:
        return ui.column(
            ui.spacer(24),
            ui.row(ui.spinner(size=20), ui.text("Sending", variant="title"), gap=8, align="center"),
            ui.row(ui.button("cancel", "Cancel", button_type="Soft"), align="center"),
            gap=10,
        )

    def _failed(self) -> Node:
        refused = "Network Access" in self.failure or "denied" in self.failure or "allowed" in self.failure
        return ui.column(
            ui.spacer(8),
            ui.row(ui.icon(glyphs.FAILED, color="error", size=18), ui.text("No response", variant="title"), gap=8),
            ui.text(self.failure),
            ui.row(
                ui.button("send", "Send Again", icon=glyphs.RERUN, button_type="Soft"),
                ui.button(notices.NETWORK, "Network Access", icon=glyphs.SHIELD, button_type="Text")
                if refused
                else None,
                gap=8,
            ),
            gap=10,
            padding=12,
        )

    def _answered(self, answer: Answer) -> Node:
        response = answer.response
        cookies = cookies_table.cookies_of(response.headers)
        tabs: list[tuple[str, Node]] = [
            ("Pretty", body_view.pretty(answer)),
            ("Raw", body_view.raw(answer)),
            (f"Headers ({len(response.headers)})", header_table(response.headers)),
            (f"Cookies ({len(cookies)})" if cookies else "Cookies", cookies_table.table(cookies)),
            ("Request", _sent(answer)),
            ("History", self.history_tab()),
        ]
        return ui.column(
            self._summary(answer),
            timing.bar(response.hops),
            timing.chain(response.hops),
            ui.tabs(
                "response-tabs", *(node for _, node in tabs), headers=[header for header, _ in tabs], content_gap=8
            ),
            gap=8,
        )

    def _summary(self, answer: Answer) -> Node:
        return ui.row(
            *facts(answer.response),
            ui.spacer(8),
            _copy(answer),
            ui.button("response-save", "Save As…", icon=glyphs.SAVE, button_type="Text", button_size="Small"),
            ui.button("response-open", "Open in Editor", icon=glyphs.OPEN, button_type="Text", button_size="Small"),
            gap=10,
        )

    def provide_dataset(self) -> thoth.Table:
        """The response as a table for other parts of the editor."""
        if self.answer is None:
            raise thoth.PluginError("This tab has no response yet: send the request first.")
        return table_of(self.answer.response)

    @thoth.on("response-save", "click")
    def response_saved(self) -> None:
        """Asks where to, and saves the whole body."""
        if self.answer is not None and self.answer.response.stored is not None:
            self.answer.response.stored.save("Save the response", self.answer.kind.name)

    @thoth.on("response-open", "click")
    def response_opened(self) -> None:
        """As a file in the editor."""
        if self.answer is not None and self.answer.response.stored is not None:
            self.answer.response.stored.show(self.answer.kind.name)


def _copy(answer: Answer) -> Node | None:
    """A button that copies the whole body, where it is text and not too long; one that says why not elsewhere."""
    response, kind = answer.response, answer.kind
    if kind.shape == "empty":
        return None
    if not kind.is_text:
        why = "This is no text: save it, or open it in the editor"
    elif not response.complete or len(response.content) > COPIED:
        why = f"It is longer than {sizes.size(COPIED)}: in Raw any part of it can be selected and copied"
    else:
        why = ""
    return ui.button(
        "",  # the editor copies, and has nothing to tell
        "Copy",
        icon=glyphs.COPY,
        button_type="Text",
        button_size="Small",
        copy=None if why else response.body,
        enabled=not why,
        hover_text=why or "Copy the whole body",
    )


def facts(response: Response | history.Response) -> list[Node]:
    """Status, time, size and HTTP version of a response, as it came or as it was kept."""
    status = f"{response.status} {reason_of(response.status)}".strip()
    return [
        ui.badge(status, color=timing.status_color(response.status), size="Medium", bold=True),
        ui.text(sizes.time(response.duration_ms)),
        ui.text(sizes.size(response.body_bytes)),
        ui.text(response.http_version, color="muted"),
    ]


def header_table(headers: Sequence[tuple[str, str]]) -> Node:
    """Names and values, in order."""
    return ui.table(
        ["Name", "Value"],
        [[ui.text(name, variant="mono", color="key"), ui.text(value, variant="mono")] for name, value in headers],
    )


def _sent(answer: Answer) -> Node:
    sent = answer.sent
    return ui.column(
        ui.row(ui.badge(sent.method, soft=True), ui.text(sent.url, variant="mono"), gap=8),
        header_table(sent.headers) if sent.headers else notices.hint("No headers but those that are always sent."),
        ui.scroll(ui.code(sent.body), max_height=240) if sent.body else notices.hint("No body."),
        gap=8,
    )
