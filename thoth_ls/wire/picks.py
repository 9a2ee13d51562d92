"""Single records of open documents, for whoever shows only some of them: those that a search found."""

from typing import Annotated

from pydantic import Field

from thoth_ls.wire.base import Wire
from thoth_ls.wire.documents import Count, DocumentRef


class PickParams(DocumentRef):
    """Asks for the rows of records that need not follow each other."""

    records: Annotated[list[Count], Field(max_length=500)]
    """In the order the rows are wanted in; read fastest where they ascend."""


class PickResult(Wire):
    """Rows of single records."""

    count: Count
    """How many rows there are, those of the first records asked for: fewer where the answer would be too long, or where
    a record is not there."""
    rows: str
    """JSON text, as in a `Page`."""
