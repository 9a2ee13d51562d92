"""Writing records into files of other formats, and drawing them by other plugins."""

from typing import Annotated, Literal

from pydantic import Field

from thoth_ls.wire.base import Wire
from thoth_ls.wire.documents import Count, DocumentRef, ProgressToken, Span


class ExportOption(Wire):
    """One choice a person has before exporting."""

    key: str
    label: str
    kind: Literal["text", "bool", "select"]
    default: str
    """`true` or `false` for a bool."""
    choices: list[str]
    """Of a select; else empty."""


class ExporterInfo(Wire):
    """One plugin that writes files."""

    plugin_id: str
    name: str
    """The format as people call it."""
    extension: str
    """Without the dot."""
    streaming: bool
    """Whether it writes record by record, so that files of any size can be exported."""
    options: list[ExportOption]
    problem: str | None
    """Why it cannot be used; options are empty then."""
    undecided: bool
    """Nobody has decided yet what it may do, so it was not run: name and extension are those of its manifest, options
    and `streaming` are not known. Asking for it by its id has a person decide first."""


class ListExportersParams(Wire):
    """Asks for all exporters, or for one."""

    plugin_id: str | None = None
    """Null for all that are enabled."""


class ExporterList(Wire):
    """Enabled exporters, by name."""

    exporters: list[ExporterInfo]


class SearchScope(Wire):
    """The records in which something is found; see `SearchParams`."""

    query: Annotated[str, Field(min_length=1, max_length=10_000)]
    mode: Literal["text", "regex", "jsonpath"] = "text"
    match_case: bool = False
    whole_word: bool = False
    scope: Literal["both", "keys", "values"] = "both"


class ExportScope(Wire):
    """Which records and columns; all of them where nothing is said. At most one of rows, records and search."""

    rows: Span | None = None
    records: Annotated[list[Count], Field(max_length=1_000_000)] | None = None
    """Single records, ascending."""
    search: SearchScope | None = None
    columns: Annotated[list[Count], Field(max_length=100_000)] | None = None


class ExportParams(DocumentRef):
    """Exports, once the file has been read as far as is wanted. Cancelling the request removes what was written."""

    plugin_id: str
    options: dict[str, str] = {}
    """By key; one that is absent has its default."""
    scope: ExportScope = ExportScope()
    target: str
    """A `file:` URI; the file appears there when it is complete."""
    overwrite: bool = False
    """Whether a file that is there may be replaced; else the answer is the error `fileExists`."""
    work_done_token: ProgressToken | None = None


class ExportResult(Wire):
    """A file that was written."""

    records: Count
    bytes: Count
    notes: list[str]
    """Sentences a person should read, for instance about columns that turned up late."""


class RendererInfo(Wire):
    """One plugin that draws tables in another way."""

    plugin_id: str
    name: str


class RendererList(Wire):
    """All enabled renderers, by name."""

    renderers: list[RendererInfo]


class RenderTableParams(DocumentRef):
    """Asks a renderer to draw records `start` to `start + count`, or single ones."""

    plugin_id: str
    start: Count
    count: Annotated[int, Field(ge=0, le=1000)]
    records: Annotated[list[Count], Field(max_length=1000)] | None = None
    """Records to draw instead, ascending."""


class RenderTableResult(Wire):
    """A drawn table."""

    node: str
    """A node of the user-interface tree as JSON text."""
    start: Count
    count: Count
    """How many records it was given: fewer at the end, and where the rest would be too much for one call."""
