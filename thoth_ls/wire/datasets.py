"""Tables that plugins hand over, and plugins that make one when a person asks for it."""

from typing import Literal

from thoth_ls.wire.base import Wire


class DatasetInfo(Wire):
    """A table, or a panel that would make one."""

    panel_id: str
    plugin_id: str
    plugin_name: str
    kind: Literal["published", "producer"]
    """Published through `dataset-bus`, or made by `data-producer.provide-dataset` when it is asked for."""
    handle: str
    """Of a published one; empty for a producer."""
    name: str
    """Of a published one; of a producer the title of its panel."""
    rows: int
    columns: int
    revision: int


class DatasetList(Wire):
    """Everything there is, of all open panels."""

    datasets: list[DatasetInfo]


class OpenDatasetParams(Wire):
    """Has a table made ready to be opened as a document."""

    panel_id: str
    handle: str
    """Empty to ask the panel's plugin for one (`provide-dataset`)."""


class DidChangeDatasets(Wire):
    """There are others, or other rows in them: the list may be asked for again."""
