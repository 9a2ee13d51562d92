"""Searches through names and values of a document, whatever plugin reads it."""

from typing import Annotated, Literal

from pydantic import Field

from thoth_ls.wire.base import Wire
from thoth_ls.wire.documents import Count, DocumentRef, ProgressToken, Span


class SearchParams(DocumentRef):
    """Asks for values: they stream in as `thoth/document/didSearch`, the answer closes the search."""

    search_id: str
    """Chosen by the client, repeated in the notifications."""
    query: Annotated[str, Field(min_length=1, max_length=10_000)]
    mode: Literal["text", "regex", "jsonpath"] = "text"
    """A text to find; a regular expression, searched in each name and value; or a JSONPath (RFC 9535), applied to each
    record."""
    match_case: bool = False
    whole_word: bool = False
    scope: Literal["both", "keys", "values"] = "both"
    """Where to look; a JSONPath knows by itself. In a table the keys are the column names, each a hit once."""
    from_record: Count = 0
    limit: Annotated[int, Field(ge=1, le=100_000)] = 10_000
    """Stop after so many hits; those of one record are never torn, unless it alone has more than these."""
    work_done_token: ProgressToken | None = None


class SearchHit(Wire):
    """One name or value that was found."""

    path: list[Count]
    """From the record to the value, by positions."""
    keys: list[str | Count]
    """The same path with names where it goes through objects."""
    part: Literal["key", "value"]
    kind: Literal["object", "array", "string", "number", "boolean", "null", "invalid"]
    """Of the value."""
    preview: str
    """What to show: the text around the first place found, at most 200 characters."""
    ranges: list[Span]
    """What to highlight in the preview, in UTF-16 code units from and to."""
    column: Count | None
    """The column of the table that shows it, null where there is none."""


class RecordHits(Wire):
    """What was found in one record, in the record's order; of one with very many hits the next message tells more."""

    record: Count
    hits: list[SearchHit]


class DidSearch(Wire):
    """More of a search, in file order; sent at most ten times a second."""

    document_id: str
    search_id: str
    records: list[RecordHits]
    scanned_records: Count
    """Records searched so far."""


class SearchResult(Wire):
    """How a search ended."""

    hits: Count
    records: Count
    """How many records have hits."""
    next_record: Count | None
    """Where to go on when the limit was reached, null when the whole file has been searched."""
    notes: list[str]
    """Sentences a person should read, for instance about records that are too large for a JSONPath."""
