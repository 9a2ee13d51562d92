"""Records of open documents as JSON text, for whoever passes them on."""

from typing import Annotated

from pydantic import Field

from thoth_ls.wire.base import Wire
from thoth_ls.wire.documents import Count, DocumentRef


class RecordsParams(DocumentRef):
    """Asks for records `start` to `start + count` as JSON text."""

    start: Count
    count: Annotated[int, Field(ge=1, le=10_000)]


class RecordsResult(Wire):
    """Records as JSON text."""

    records: list[str]
    """Each as it stands in the file, of a table an object of its columns. There are fewer at the end, where the rest
    has not been read yet, and where the answer would become too long."""
    too_large: bool
    """Whether the record behind these is too long to be told at once; `thoth/document/valueText` tells it in parts."""
