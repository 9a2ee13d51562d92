"""Nested values of open documents: what is asked of one record, and of the values inside it.

A *path* leads from a record to a value: a string names a member of an object (the first of that name), a number is the
position of a child, counted from 0, in an array or an object. The empty path is the record itself.
"""

from typing import Annotated, Literal

from pydantic import Field

from thoth_ls.wire.base import Wire
from thoth_ls.wire.documents import Count, DocumentRef, Span

Path = Annotated[list[Annotated[int, Field(ge=0, le=2**53 - 1)] | str], Field(max_length=200_000)]
Kind = Literal["object", "array", "string", "number", "boolean", "null", "invalid"]
"""`invalid` is what stands where a value should, and is none: it is shown as the text it is."""


class Summary(Wire):
    """One value as a row of the tree shows it."""

    index: Count
    """Its position among its siblings; of a record its number."""
    key: str | None
    """Its name in an object, null elsewhere."""
    kind: Kind
    preview: str
    """At most 120 characters: a string's text, a number as it stands in the file, some of what is in an object or
    array. Ends with `…` where it was cut."""
    count: Count | None
    """How many children it has; null for a value without any, and where counting would take too long."""
    bytes: Count
    """Length of its text in the file."""
    at: Span | None = None
    """Where it begins and ends, in bytes of the file as the plugin reads it; null where the plugin does not say."""
    key_at: Span | None = None
    """The same of its name."""
    duplicate: bool = False
    """Whether an earlier sibling has the same name."""


class ChildrenParams(DocumentRef):
    """Asks for the children of a value, or (without a record) for records, from position `start` on."""

    record: Count | None
    path: Path = []
    start: Count
    count: Annotated[int, Field(ge=0, le=10_000)]


class ChildrenResult(Wire):
    """A window of children."""

    kind: Literal["records", "object", "array"]
    count: Count | None
    """How many there are; of records, how many have been found so far. Null where counting would take too long."""
    start: Count
    children: str
    """JSON text: an array of `Summary`; fewer than asked for at the end, or where the answer would be too long."""


class ValueParams(DocumentRef):
    """Asks what is known of one value."""

    record: Count
    path: Path


class ValueResult(Wire):
    """One value and where it is."""

    value: Summary
    positions: list[Count]
    """The path to it by positions."""
    keys: list[str | Count]
    """The same path with names where it goes through objects."""


class ValueTextParams(DocumentRef):
    """Asks for the text of a value from byte `start` of it on."""

    record: Count
    path: Path
    form: Literal["source", "decoded"] = "source"
    """As it stands in the file, or (of a string) what it says."""
    start: Count = 0
    count: Annotated[int, Field(ge=1, le=4_194_304)] = 1_048_576


class LocateParams(DocumentRef):
    """Asks which value stands at a byte of the file."""

    offset: Count


class LocateResult(Wire):
    """A place in the tree; `record` is null where there is no value."""

    record: Count | None
    path: list[Count]
    part: Literal["key", "value"]
