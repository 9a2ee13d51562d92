"""Open data files: what is asked of them and what is told about them.

Rows travel as JSON text inside a string field: twelve times faster through the protocol than nested objects, and no
key of the user's data can be mistaken for one of the protocol's.
"""

from typing import Annotated, Literal

from pydantic import Field

from thoth_ls.wire.base import Wire

Count = Annotated[int, Field(ge=0, le=2**53 - 1)]
Span = Annotated[tuple[Count, Count], Field(strict=False)]
"""From and to, the end not included."""
ProgressToken = int | str


class DocumentRef(Wire):
    """One state of one open document; a reload or another choice of options makes a new generation."""

    document_id: str
    """Given by `thoth/document/open`, never reused while the server runs."""
    generation: Count
    """Which state of the document the caller has seen."""


class Column(Wire):
    """One column of a tabular document."""

    name: str
    """As the header row gives it, or a made-up name where there is no header; two columns may share a name."""
    type: Literal["text", "integer", "float", "boolean", "date", "time", "timestamp", "uuid", "json"]
    """A hint from a sample of the values."""
    nulls: list[str]
    """Cell texts that stand for "no value" in this column, for instance `NA`."""
    path: list[str | Count] | None = None
    """Names and positions that lead from a record to the value its cells show; null where that is not known."""


class Choice(Wire):
    """One value an option can take."""

    value: str
    label: str


class OpenOption(Wire):
    """How the file is being read, and how else it could be."""

    key: str
    """For instance `delimiter`, `encoding`, `header`."""
    label: str
    value: str
    """The value in force."""
    choices: list[Choice]
    """Other values a person may choose; empty when any text is accepted."""


class Progress(Wire):
    """How far the file has been read."""

    records: Count
    """Records found so far; exact once `done`."""
    bytes_done: Count
    bytes_total: Count
    done: bool


class Page(Wire):
    """A window of consecutive records."""

    start: Count
    """Index of the first record, counted from 0."""
    count: Count
    """How many records `rows` holds."""
    rows: str
    """JSON text: an array of records, each an array of cells. A cell is a string; `{"text", "bytes"}` where `text` is
    the beginning of a longer text of `bytes` bytes of UTF-8; null where the record has no such cell; or, where it is
    no string, `{"text", "kind", "bytes"?, "count"?}` with `kind` number, boolean, null, object, array or invalid
    and `count` the children of objects and arrays. A record may have fewer or more cells than columns."""


class OpenDocumentParams(Wire):
    """Asks for a file to be opened."""

    uri: str
    """A `file:` URI, or a `thoth-data:` one that `thoth/panel/data` or `thoth/dataset/open` gave."""
    options: dict[str, str] = {}
    """Overrides what would be detected, for instance `{"delimiter": ";"}`."""
    plugin_id: str | None = None
    """The plugin to open it with; null means the one chosen for the file's name and content."""
    first_rows: Annotated[int, Field(ge=0, le=10_000)] = 100
    """How many records to return with the answer."""
    work_done_token: ProgressToken | None = None
    """Reports progress of decompression and transcoding, which come before the first row."""


class OpenDocumentResult(Wire):
    """An open document and its first rows; the rest is read in the background."""

    document_id: str
    generation: Count
    uri: str
    plugin_id: str
    plugin_name: str
    columns: list[Column]
    options: list[OpenOption]
    notes: list[str]
    """Sentences a person should read, for instance about a guess that may be wrong."""
    progress: Progress
    first_page: Page
    size_bytes: Count
    """Size of the file on disk, before decompression."""
    sandbox: Literal["file", "folder"]
    """What the plugin can see: this file alone, or (where no private link could be made) its folder, read-only."""
    display: Literal["table", "tree", "custom"]
    """How the plugin would have the file shown: as a table, as a tree, or drawn by `thoth/document/render`."""
    nested: bool
    """Whether values nest, so that a tree shows more than a table."""
    has_text: bool = True
    """Whether there is a file whose text `thoth/document/fileText` reads: not for a table that a plugin handed over."""


class PageParams(DocumentRef):
    """Asks for records `start` to `start + count`."""

    start: Count
    count: Annotated[int, Field(ge=0, le=10_000)]


class CellParams(DocumentRef):
    """Asks for the text of one cell, from byte `start` of its UTF-8 form on."""

    row: Count
    column: Count
    start: Count = 0
    count: Annotated[int, Field(ge=1, le=4_194_304)] = 1_048_576
    """At most so many bytes; whole characters are returned."""


class CellText(Wire):
    """The text of a cell, or a part of it."""

    text: str
    size_bytes: Count
    """Length of the whole text in bytes of UTF-8."""
    next: Count | None
    """Where to go on reading, null at the end."""


class ProblemsParams(DocumentRef):
    """Asks for the malformed records found so far."""

    start: Count
    count: Annotated[int, Field(ge=0, le=10_000)]


class Problem(Wire):
    """A record that is not well formed. It is kept and shown; this says what is odd about it."""

    record: Count
    """Index of the record, counted from 0."""
    line: Count
    """Line of the file the record begins on, counted from 0."""
    offset: Count
    """Byte of the file the problem is at (of the decompressed or transcoded text where there was one)."""
    kind: str
    message: str


class ProblemsResult(Wire):
    """Malformed records in file order."""

    problems: list[Problem]
    total: Count
    """All that were found, which can be more than are kept (10,000)."""
    complete: bool
    """Whether the whole file has been read."""


class FindParams(DocumentRef):
    """Asks for the cells that hold a text: they stream in as `thoth/document/didFind`, the answer closes the search."""

    search_id: str
    """Chosen by the client, repeated in the notifications."""
    text: Annotated[str, Field(min_length=1, max_length=10_000)]
    match_case: bool = False
    whole_cell: bool = False
    from_row: Count = 0
    """Where to begin."""
    limit: Annotated[int, Field(ge=1, le=100_000)] = 10_000
    """Stop after so many cells."""
    work_done_token: ProgressToken | None = None


class FindResult(Wire):
    """How a search ended."""

    total: Count
    """Cells found."""
    next_row: Count | None
    """Where to go on when the limit was reached, null when the whole file has been searched."""


class ReopenParams(Wire):
    """Asks for the document to be read again: after a change on disk, with other options or by another plugin."""

    document_id: str
    options: dict[str, str] = {}
    """Overrides, replacing those of the last open as a whole."""
    plugin_id: str | None = None
    """Null keeps the plugin."""
    first_row: Count = 0
    """Where the rows of the answer begin, so that a reload can keep its place (as far as they are known yet)."""
    first_rows: Annotated[int, Field(ge=0, le=10_000)] = 100
    work_done_token: ProgressToken | None = None


class CloseParams(Wire):
    """Asks for a document to be closed; closing what is not open is no error."""

    document_id: str


class DidProgress(DocumentRef):
    """More of the file has been read; sent at most ten times a second, and once when done."""

    progress: Progress
    problems: Count
    """Malformed records found so far."""
    columns: list[Column] | None = None
    """All columns, where some have turned up since they were told last; they only grow at the end."""


class DidFind(Wire):
    """Some cells that match, in file order."""

    document_id: str
    search_id: str
    matches: list[Annotated[tuple[int, int], Field(strict=False)]]
    """Pairs of record and column, both counted from 0."""
    scanned_rows: Count
    """Records searched so far."""


class DidChange(DocumentRef):
    """The file changed on disk: rows of this generation are no longer served, `reopenWith` reads it anew.

    `reloaded`: not the file but the plugin that reads it is another by now, or was switched on again; or the document
    is a data set that has other rows now, whose old ones are served until it is read anew.
    """

    change: Literal["replaced", "truncated", "appended", "modified", "deleted", "restored", "reloaded"]
    message: str
    """The same as a sentence."""


class DidFail(DocumentRef):
    """Reading on in the background ended with an error; the rows read so far stay available where possible."""

    kind: str
    """An error kind, as in the `data` of an error response."""
    message: str
