"""JSON text that plugins return: believed only after it has been checked, and limited in every direction."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from thoth_ls.errors import PluginInvalid
from thoth_ls.wire.cells import Kind
from thoth_ls.wire.documents import Count, Progress

T = TypeVar("T")

COLUMN_TYPES = frozenset({"text", "integer", "float", "boolean", "date", "time", "timestamp", "uuid", "json"})
MAX_COLUMNS = 100_000
MAX_PAGE_CELLS = 20_000_000


_LONE_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
"""What may be half of a pair without the other half: fine in JSON, but more than pydantic reads by itself."""


def _known_type(value: object) -> object:
    """A type of a later version of the contract is text to us."""
    return value if value in COLUMN_TYPES else "text"


def _known_display(value: object) -> object:
    """A display of a later version of the contract is a table to us."""
    return value if value in ("table", "tree") else "table"


def short(most: int) -> AfterValidator:
    """No text of more characters; pydantic's own check does not take half of a surrogate pair."""

    def check(text: str) -> str:
        if len(text) > most:
            raise ValueError(f"String should have at most {most} characters")
        return text

    return AfterValidator(check)


Name = Annotated[str, short(1_000_000)]
Label = Annotated[str, short(10_000)]
Type = Annotated[str, BeforeValidator(_known_type)]


class GivenAnswer(BaseModel):
    """What a plugin says; members that are not known yet are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class GivenColumn(GivenAnswer):
    """One column."""

    name: Name
    type: Type = "text"
    nulls: Annotated[list[Label], Field(max_length=100)] = []
    path: Annotated[list[Name | Count], Field(max_length=1_000)] | None = None


class GivenChoice(GivenAnswer):
    """A value an option can take."""

    value: Label
    label: Label


class GivenOption(GivenAnswer):
    """How the file is read."""

    key: Label
    label: Label
    value: Label
    choices: Annotated[list[GivenChoice], Field(max_length=1_000)] = []


class GivenColumns(GivenAnswer):
    """The answer of `columns`."""

    columns: Annotated[list[GivenColumn], Field(max_length=MAX_COLUMNS)]
    options: Annotated[list[GivenOption], Field(max_length=100)] = []
    notes: Annotated[list[Label], Field(max_length=100)] = []
    growing: bool = False
    index_bytes: Annotated[Count | None, Field(alias="index-bytes")] = None
    display: Annotated[Literal["table", "tree"], BeforeValidator(_known_display)] = "table"


class GivenText(GivenAnswer):
    """The answer of `node` for a text."""

    kind: Literal["text"]
    bytes: Count
    text: str
    next: Count | None


class GivenMatches(GivenAnswer):
    """The answer of `find`."""

    matches: Annotated[list[Annotated[tuple[Count, Count], Field(strict=False)]], Field(max_length=MAX_COLUMNS)]
    next: Count
    bytes: Count
    done: bool


class GivenProblem(GivenAnswer):
    """One malformed record."""

    record: Count
    line: Count
    offset: Count
    kind: Label
    message: Label


class GivenProblems(GivenAnswer):
    """The answer of `problems`."""

    total: Count
    problems: Annotated[list[GivenProblem], Field(max_length=10_000)]


class GivenLongCell(GivenAnswer):
    """A cell of which a page holds the beginning."""

    text: str
    bytes: Count


class GivenKindCell(GivenAnswer):
    """A cell that is no string, or only the beginning of one."""

    text: str
    kind: Kind
    bytes: Count | None = None
    count: Count | None = None


COLUMNS = TypeAdapter(GivenColumns)
TEXT = TypeAdapter(GivenText)
MATCHES = TypeAdapter(GivenMatches)
PROBLEMS = TypeAdapter(GivenProblems)
Cell = Annotated[str | GivenKindCell | GivenLongCell | None, Field(union_mode="left_to_right")]
"""Left to right is more than twice as fast as pydantic's comparison of all, on cells that are nearly all text."""
ROWS: TypeAdapter[list[list[Any]]] = TypeAdapter(list[list[Cell]])
PROGRESS = TypeAdapter(Progress)


def checked(plugin_id: str, export: str, text: object, shape: TypeAdapter[T]) -> T:
    """What `text` says, if it is JSON of this shape; raises PluginInvalid saying where it is not."""
    if not isinstance(text, str):
        raise PluginInvalid(plugin_id, f"{export} did not return text")
    try:
        if _LONE_SURROGATE.search(text):
            return shape.validate_python(json.loads(text, parse_constant=_refuse))
        return shape.validate_json(text)
    except ValidationError as error:
        raise PluginInvalid(plugin_id, f"{export} returned something else than promised: {first(error)}") from None
    except (ValueError, RecursionError) as error:
        raise PluginInvalid(plugin_id, f"{export} returned text that is not JSON: {error}") from None


def progress(plugin_id: str, export: str, value: Any) -> Progress:
    """The record `progress` of the contract; raises PluginInvalid when it makes no sense."""
    try:
        found = Progress.model_validate(value)
    except ValidationError as error:
        raise PluginInvalid(plugin_id, f"{export} returned something else than promised: {first(error)}") from None
    if found.bytes_done > found.bytes_total:
        raise PluginInvalid(plugin_id, f"{export} says it has read {found.bytes_done} of {found.bytes_total} bytes")
    return found


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def first(error: ValidationError) -> str:
    """The first thing that is wrong, and where."""
    found = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in found["loc"][:6])
    return f"{found['msg']} at {place}" if place else str(found["msg"])
