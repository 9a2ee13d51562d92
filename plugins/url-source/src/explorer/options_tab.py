"""The tab Options: how the request is made."""

from typing import Final, cast

import thoth_plugin as thoth
from explorer import notices
from explorer.workbench import Workbench
from rest.model import HttpVersion, Options
from thoth_plugin import ui
from thoth_plugin.nodes import Node

VERSIONS: Final = (("auto", "What the server offers"), ("1.1", "HTTP/1.1"), ("2", "HTTP/2"))
LONGEST_MS: Final = 3_600_000


class OptionsTab(Workbench):
    """Part of the panel."""

    def options_tab(self) -> Node:
        """What it shows."""
        options = self.request.options
        return ui.column(
            ui.row(
                ui.number_input(
                    "option-timeout",
                    label="Timeout",
                    value=options.timeout_ms or 0,
                    min=0,
                    max=LONGEST_MS,
                    step=500,
                    unit="ms",
                ),
                notices.hint("0: what the settings say."),
                gap=10,
            ),
            ui.checkbox("option-follow", "Follow redirects", checked=options.follow_redirects),
            ui.number_input(
                "option-redirects",
                label="Redirects at Most",
                value=options.max_redirects,
                min=0,
                max=10,
                disabled=not options.follow_redirects,
            ),
            *certificate_options(options),
            ui.checkbox("option-cookies", "Keep cookies and send them", checked=options.cookies),
            ui.row(
                ui.text("HTTP Version"),
                ui.select("option-version", label="HTTP Version", value=options.http_version, options=VERSIONS),
                gap=8,
            ),
            *notices.about(self.problems, "options"),
            gap=10,
        )

    @thoth.on("option-timeout", "change")
    def timeout_changed(self, value: float) -> None:
        """Milliseconds; 0 leaves it to the settings."""
        self.request.options.timeout_ms = min(LONGEST_MS, max(0, round(value))) or None
        self.edited()

    @thoth.on("option-redirects", "change")
    def redirects_changed(self, value: float) -> None:
        """How many are followed."""
        self.request.options.max_redirects = min(10, max(0, round(value)))
        self.edited()

    @thoth.on("option-follow", "change")
    def follow_changed(self, value: bool) -> None:
        """Whether they are followed."""
        self.request.options.follow_redirects = value
        self.edited()

    @thoth.on("option-verify", "change")
    def verify_changed(self, value: bool) -> None:
        """Whether certificates are checked."""
        self.request.options.verify_tls = value
        self.edited()

    @thoth.on("option-cookies", "change")
    def cookies_changed(self, value: bool) -> None:
        """Whether cookies are kept."""
        self.request.options.cookies = value
        self.edited()

    @thoth.on("option-version", "change")
    def version_chosen(self, value: str) -> None:
        """Which HTTP is spoken."""
        if value in ("auto", "1.1", "2"):
            self.request.options.http_version = cast("HttpVersion", value)
            self.edited()


def certificate_options(options: Options) -> list[Node]:
    """Whether the server's certificate is checked, and what it means where it is not. Tells `option-verify`."""
    check = ui.checkbox("option-verify", "Check the server's certificate", checked=options.verify_tls)
    if options.verify_tls:
        return [check]
    said = "Whoever is on the way can be that server. It is done for hosts you have allowed without a check."
    return [check, ui.column(notices.problem(said, "warning"), ui.row(notices.network_access()), gap=4)]
