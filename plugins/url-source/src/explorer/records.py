"""A response as records and as a table: for commands, for other plugins, for the data source."""

import json
from typing import Any, Final

import thoth_plugin as thoth
from explorer.body_kind import kind_of
from thoth_plugin.http import Response

MOST: Final = 8 * 1024 * 1024
"""Bytes of a body that are made a table of; larger ones are shown by the viewers, which need not have all of it."""


def records_of(response: Response) -> list[dict[str, Any]]:
    """The objects of a JSON body: a list, or the one it is; other values under `value`, other bodies under `body`.

    Raises PluginError where it is too large.
    """
    text = text_of(response)
    try:
        if kind_of(response).extension == "ndjson":  # only a line feed ends a line: others may stand in texts
            values: Any = [json.loads(line) for line in text.split("\n") if line.strip()]
        else:
            values = json.loads(text)
    except (ValueError, RecursionError):
        return [{"body": text}] if text else []
    if isinstance(values, list):
        return [one if isinstance(one, dict) else {"value": one} for one in values]
    return [values if isinstance(values, dict) else {"value": values}]


def text_of(response: Response) -> str:
    """The whole body as text. Raises PluginError where it is too large."""
    if response.body_bytes > MOST:
        raise thoth.PluginError(
            f"the response has {response.body_bytes:,} bytes; records are made of {MOST:,} at most: open it in a tab"
        )
    return response.all_content().decode("utf-8", "replace")


def table_of(response: Response, name: str = "response") -> thoth.Table:
    """All names of all records as columns, in the order they come. Raises PluginError."""
    records = records_of(response)
    columns = list(dict.fromkeys(name for record in records for name in record))
    rows = [[record.get(column) for column in columns] for record in records]
    return thoth.Table(
        [(column, _type([record.get(column) for record in records])) for column in columns], rows, name, "http-response"
    )


def _type(values: list[Any]) -> str:
    found = {type(value) for value in values if value is not None}
    if found == {bool}:
        return "boolean"
    if found == {int}:
        return "integer"
    if found and found <= {int, float}:
        return "float"
    return "json" if found & {dict, list} else "text"
