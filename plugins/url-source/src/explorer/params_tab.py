"""The tab Params: the query as a table, in step with the URL."""

import thoth_plugin as thoth
from explorer import notices, rows
from explorer.workbench import Workbench
from rest import params
from rest.model import Param
from thoth_plugin import ui
from thoth_plugin.nodes import Node


class ParamsTab(Workbench):
    """Part of the panel."""

    def params_tab(self) -> Node:
        """What it shows."""
        return ui.column(
            ui.key_value_list(
                "params",
                entries=rows.entries_of(self.request.params),
                add_label="Add Parameter",
                aria_label="Parameters of the URL",
            ),
            *notices.about(self.problems, "params"),
            notices.hint("Values are encoded when they are sent. {{name}} stands for a variable."),
            gap=8,
        )

    @thoth.on("params", "change")
    def params_changed(self, value: str) -> None:
        """Takes the table over; the URL follows."""
        params.set_params(self.request, rows.rows_of(value, self.request.params, Param))
        self.edited()
