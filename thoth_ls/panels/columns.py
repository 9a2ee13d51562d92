"""What plugins say of the columns of their tables, as columns of documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal

from thoth_ls.wire.documents import Column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Type = Literal["text", "integer", "float", "boolean", "date", "time", "timestamp", "uuid", "json"]

TYPES: Final[Mapping[str, Type]] = {
    **dict.fromkeys(
        ("integer", "int", "bigint", "smallint", "tinyint", "mediumint", "serial", "bigserial", "long", "short"),
        "integer",
    ),
    **dict.fromkeys(("int2", "int4", "int8", "int16", "int32", "int64", "u8", "u16", "u32", "u64"), "integer"),
    **dict.fromkeys(("float", "number", "numeric", "decimal", "double", "real", "double precision", "money"), "float"),
    **dict.fromkeys(("float4", "float8", "f32", "f64"), "float"),
    **dict.fromkeys(("boolean", "bool", "bit"), "boolean"),
    "date": "date",
    **dict.fromkeys(("time", "timetz", "time without time zone", "time with time zone"), "time"),
    **dict.fromkeys(("timestamp", "timestamptz", "datetime", "datetime2", "date-time"), "timestamp"),
    **dict.fromkeys(("timestamp without time zone", "timestamp with time zone"), "timestamp"),
    **dict.fromkeys(("uuid", "guid", "uniqueidentifier"), "uuid"),
    **dict.fromkeys(("json", "jsonb", "object", "array", "list", "map"), "json"),
}
"""By hint; whatever is not here is text."""
_SIZE = re.compile(r"\s*\([^)]*\)")


def columns_of(described: Sequence[Mapping[str, Any]]) -> list[Column]:
    """The columns of a table as `dataset-column` describes them.

    Hints are compared whatever their case and without a size: `VARCHAR(20)` is text, `numeric(10,2)` a number. An empty
    cell stands for no value in every column that is not text.
    """
    columns = []
    for item in described:
        kind = type_of(item["type_hint"])
        columns.append(Column(name=item["name"], type=kind, nulls=[] if kind == "text" else [""]))
    return columns


def type_of(hint: str) -> Type:
    """The type of a column by a plugin's word for it."""
    word = " ".join(_SIZE.sub("", hint[:100]).lower().split())
    return TYPES.get(word, "text")
