"""What is wrong with a manifest, and where: in words for people, with the place for their editors."""

from __future__ import annotations

import datetime
import difflib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from thoth_ls.catalog import schema
from thoth_ls.catalog.manifest_tables import Misfit
from thoth_ls.catalog.toml_scan import TomlScan
from thoth_ls.catalog.toml_tokens import Path, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic_core import ErrorDetails

FILE_NAME = "plugin.toml"
MOST_UNKNOWN = 20
"""Unknown keys that are told one by one."""


@dataclass(frozen=True, slots=True)
class ManifestProblem:
    """One thing that is wrong, or that its author should know."""

    severity: Literal["error", "warning"]
    """An error makes the plugin unusable."""
    key: str
    """The key as people write it, for instance `file-loader[0].encodings`; empty for the whole file."""
    message: str
    """What was expected, what is there, what to do."""
    line: int
    """Counted from 1."""
    span: Span
    """Where in the text it is, by indices of characters."""

    def __str__(self) -> str:
        """File, line, key and message."""
        where = f"{FILE_NAME}:{self.line}"
        return f"{where}: {self.key}: {self.message}" if self.key else f"{where}: {self.message}"


class Places:
    """Makes problems with their places in a text, which is searched for its keys by the first one."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def scan(self) -> TomlScan:
        """Where the keys are."""
        return TomlScan(self._text)

    def error(self, path: Path, message: str) -> ManifestProblem:
        """An error at the value of a key, or at the table it is missing in."""
        return self._problem("error", path, message, self.scan.nearest(path))

    def warning(self, path: Path, message: str) -> ManifestProblem:
        """A warning at a key."""
        return self._problem("warning", path, message, self.scan.keys.get(path) or self.scan.nearest(path))

    def _problem(
        self, severity: Literal["error", "warning"], path: Path, message: str, span: Span | None
    ) -> ManifestProblem:
        span = span or first_line(self._text)
        return ManifestProblem(severity, shown(path), message, line_of(self._text, span.start), span)


def shown(path: Path) -> str:
    """A path as people write it: `file-loader[0].encodings`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def line_of(text: str, offset: int) -> int:
    """The line of a place, counted from 1."""
    return text.count("\n", 0, offset) + 1


def first_line(text: str) -> Span:
    """Where problems of the file as a whole are shown."""
    end = text.find("\n")
    return Span(0, len(text) if end < 0 else end)


def model_problem(error: ErrorDetails, places: Places) -> ManifestProblem:
    """What the model did not take, in words."""
    path = tuple(error["loc"])
    node = schema.at(path) or {}
    given = error.get("input")
    match error["type"]:
        case "missing":
            message = f"is missing; expected {schema.expected(node)}{_meaning(node)}"
        case "value_error":
            misfit = error.get("ctx", {}).get("error")
            path = (*path, misfit.key) if isinstance(misfit, Misfit) else path
            message = error["msg"].removeprefix("Value error, ")
        case "enum" | "literal_error":
            message = f"expected {schema.expected(node)}{_instead(given)}{did_you_mean(given, schema.choices(node))}"
        case "too_long" | "string_too_long" | "too_short" | "string_too_short":
            message = _size(node, error["type"])
        case "greater_than_equal" | "less_than_equal":
            message = (
                f"expected {schema.expected(node)} from {node.get('minimum')} to {node.get('maximum')}{_instead(given)}"
            )
        case "string_pattern_mismatch":
            message = "expected a name of letters, digits, dots, - and _, at most 64 long" + _instead(given)
        case _:
            message = f"expected {schema.expected(node)}{_instead(given)}"
    return places.error(path, message)


def unknown_keys(data: Mapping[str, Any], places: Places) -> Iterator[ManifestProblem]:
    """A warning for each key that means nothing to us: the first ones in full, the rest counted."""
    found = list(_unknown(data, ()))
    for path in found[:MOST_UNKNOWN]:
        name = str(path[-1])
        yield places.warning(path, f"is not a key that Thoth knows{did_you_mean(name, schema.keys_of(path[:-1]))}")
    if len(found) > MOST_UNKNOWN:
        yield places.warning(
            found[MOST_UNKNOWN], f"and {len(found) - MOST_UNKNOWN - 1} further keys are not known either"
        )


def did_you_mean(given: object, known: Iterable[str]) -> str:
    """A question with the word that is nearest, if any is near."""
    text = given[:64].lower().replace("_", "-") if isinstance(given, str) else ""
    words = {word.lower().replace("_", "-"): word for word in known}
    close = difflib.get_close_matches(text, words, n=1, cutoff=0.7) if text else []
    return f"; did you mean {words[close[0]]}?" if close else ""


def _unknown(table: Mapping[str, Any], path: Path) -> Iterator[Path]:
    known = schema.keys_of(path)
    for name, value in table.items():
        inner: Path = (*path, name)
        node = known.get(name)
        if node is None:
            yield inner
        elif isinstance(value, dict) and "properties" in node:
            yield from _unknown(value, inner)
        elif isinstance(value, list) and "properties" in node.get("items", {}):
            for index, item in enumerate(value):
                if isinstance(item, dict):
                    yield from _unknown(item, (*inner, index))


def _meaning(node: schema.Node) -> str:
    meaning = node.get("description", "")
    return f" ({meaning[0].lower()}{meaning[1:].rstrip('.')})" if meaning else ""


def _size(node: schema.Node, kind: str) -> str:
    if kind == "string_too_short":
        return "expected a text that is not empty"
    if kind == "too_short":
        return f"expected {schema.expected(node)} with at least {node.get('minItems', 1)} in it"
    if kind == "string_too_long":
        return f"expected a text of at most {node.get('maxLength')} characters"
    return f"expected {schema.expected(node)} of at most {node.get('maxItems')}"


def _instead(given: object) -> str:
    """What stands there."""
    match given:
        case bool():
            return f", found {str(given).lower()}"
        case str():
            return f', found "{given[:40]}…"' if len(given) > 40 else f', found "{given}"'
        case int() | float():
            return f", found {str(given)[:40]}"
        case list():
            return ", found a list"
        case dict():
            return ", found a table"
        case datetime.date() | datetime.time():
            return ", found a date or time"
        case _:
            return ""
