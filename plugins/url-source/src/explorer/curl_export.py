"""The dialog that writes the request as a command line of curl."""

from typing import Final, cast

import thoth_plugin as thoth
from explorer import glyphs, notices
from explorer.library import vault
from explorer.workbench import Workbench
from rest.curl.writing import Written, write
from rest.secrets import revealed
from rest.shells.commands import Shell
from thoth_plugin import ui
from thoth_plugin.nodes import Node

NAME: Final = "curl-export"
SHELLS: Final = (("sh", "sh, bash, zsh"), ("cmd", "cmd"), ("powershell", "PowerShell"))


class CurlExport(Workbench):
    """Part of the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.shell: Shell = "sh"
        self.with_values = True
        self.with_secrets = False

    def curl_export_dialog(self) -> Node:
        """The dialog."""
        written = self._written()
        return ui.modal(
            NAME,
            "Copy as cURL",
            ui.row(
                ui.button_group("curl-shell", items=SHELLS, active=self.shell, aria_label="Shell"),
                ui.checkbox("curl-values", "Values of variables", checked=self.with_values),
                ui.checkbox("curl-secrets", "Passwords and tokens", checked=self.with_secrets),
                gap=14,
            ),
            notices.problem("What is copied can be used by whoever reads it.", "warning")
            if self.with_secrets
            else None,
            ui.scroll(ui.code(written.text, language="shell"), max_height=320) if written.text else None,
            *(notices.problem(f"Not in it: {note}", "warning") for note in written.notes),
            open=True,
            close_id="curl-export-close",
            width=720,
            footer=[
                ui.button("curl-export-close", "Close", button_type="Text"),
                ui.button(
                    "curl-copied",
                    "Copy",
                    icon=glyphs.COPY,
                    color="Primary",
                    copy=written.text,
                    enabled=bool(written.text),
                ),
            ],
        )

    def _written(self) -> Written:
        variables = self.variables() if self.with_values else None
        if not self.with_secrets:
            return write(self.request, self.shell, variables=variables)
        return write(revealed(self.request, vault().get), self.shell, variables=variables, with_secrets=True)

    @thoth.on("curl-export", "click")
    def export_wanted(self) -> None:
        """Opens the dialog."""
        self.with_secrets = False
        self.dialog = NAME

    @thoth.on("curl-export-close", "click")
    @thoth.on("curl-copied", "click")
    def export_left(self) -> None:
        """Closes it; what was copied is on the clipboard."""
        self.dialog, self.with_secrets = "", False

    @thoth.on("curl-shell", "change")
    def shell_chosen(self, value: str) -> None:
        """For which shell."""
        if value in dict(SHELLS):
            self.shell = cast("Shell", value)

    @thoth.on("curl-values", "change")
    def values_wanted(self, value: bool) -> None:
        """Whether variables are filled in."""
        self.with_values = value

    @thoth.on("curl-secrets", "change")
    def secrets_wanted(self, value: bool) -> None:
        """Whether secrets are written."""
        self.with_secrets = value
