"""From a response to the value of a variable."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from rest import json_check
from rest.jsonpath.evaluate import select
from rest.jsonpath.parse import parse
from rest.jsonpath.quoted import BadPath
from rest.model import Extraction

MOST_BODY: Final = 8 * 1024 * 1024
"""Characters of a body that are looked at."""
MOST_FOR_REGEX: Final = 1024 * 1024
LONGEST_REGEX: Final = 1000
LONGEST_VALUE: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Received:
    """What extractions look at."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: str
    """As text; empty where it is none."""
    truncated: bool = False
    """Whether there is more of it."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What came of one rule: a value, or why there is none."""

    variable: str
    value: str | None
    problem: str = ""
    others: int = 0
    """How many more places the rule names: the first counts."""


def extract_all(rules: Sequence[Extraction], received: Received) -> list[Extracted]:
    """What the rules that are switched on find, in order."""
    return [extract(rule, received) for rule in rules if rule.enabled]


def extract(rule: Extraction, received: Received) -> Extracted:
    """What one rule finds."""
    name = rule.variable.strip()
    if not re.fullmatch(r"[^\W\d][\w.-]*", name):
        return Extracted(name, None, "a variable has a name of letters, digits, _, . and -")
    try:
        value, others = _found(rule, received)
    except _NotFound as error:
        return Extracted(name, None, f"{error}")
    if len(value) > LONGEST_VALUE:
        return Extracted(name, None, f"what was found is longer than {LONGEST_VALUE:,} characters")
    return Extracted(name, value, "", others)


def check(rule: Extraction) -> str:
    """What is wrong with a rule whatever the response; empty where nothing is."""
    try:
        if rule.source == "jsonpath":
            parse(rule.expression.strip())
        elif rule.source == "regex":
            _pattern(rule.expression)
        elif rule.source == "header" and not rule.expression.strip():
            return "the name of a header is missing"
    except (BadPath, _NotFound) as error:
        return f"{error}"
    return ""


class _NotFound(Exception):
    """There is no value; the message says why."""


def _found(rule: Extraction, received: Received) -> tuple[str, int]:
    match rule.source:
        case "status":
            return str(received.status), 0
        case "header":
            name = rule.expression.strip()
            values = [value for found, value in received.headers if found.lower() == name.lower()]
            if not values:
                raise _NotFound(f"the response has no header {name}" if name else "the name of a header is missing")
            return values[0], len(values) - 1
        case "jsonpath":
            return _by_path(rule.expression.strip(), received)
        case "regex":
            return _by_regex(rule.expression, received)


def _by_path(path: str, received: Received) -> tuple[str, int]:
    try:
        query = parse(path)
    except BadPath as error:
        raise _NotFound(f"{path} is no JSONPath: {error}") from None
    if received.truncated or len(received.body) > MOST_BODY:
        raise _NotFound(f"the body is longer than what is looked at ({MOST_BODY // 1024 // 1024} MiB)")
    fault = json_check.check(received.body)
    if fault is not None:
        raise _NotFound(f"the body is no JSON: {fault}")
    try:
        nodes = select(query, json.loads(received.body, parse_float=Decimal))
        first = next(nodes, None)
        if first is None:
            raise _NotFound(f"{path} finds nothing in the body")
        return said(first[1]), sum(1 for _ in nodes)
    except RecursionError:
        raise _NotFound("the body is nested too deep") from None


def said(value: Any) -> str:
    """A value of JSON as a variable has it: texts as they are, all else as JSON, numbers with every digit."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return str(value)
    return _json(value)


def _json(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list):
        return f"[{','.join(map(_json, value))}]"
    if isinstance(value, dict):
        return (
            f"{{{','.join(f'{json.dumps(name, ensure_ascii=False)}:{_json(inner)}' for name, inner in value.items())}}}"
        )
    return json.dumps(value, ensure_ascii=False)


def _by_regex(expression: str, received: Received) -> tuple[str, int]:
    pattern = _pattern(expression)
    found = pattern.search(received.body, 0, MOST_FOR_REGEX)
    if found is None:
        more = f" (of its first {MOST_FOR_REGEX // 1024 // 1024} MiB)" if len(received.body) > MOST_FOR_REGEX else ""
        raise _NotFound(f"the expression matches nothing in the body{more}")
    value = found[1] if pattern.groups else found[0]
    if value is None:
        raise _NotFound("its first group took no part in the match")
    return value, 0


def _pattern(expression: str) -> re.Pattern[str]:
    if not expression or len(expression) > LONGEST_REGEX:
        raise _NotFound(f"a regular expression has 1 to {LONGEST_REGEX} characters")
    try:
        return re.compile(expression)
    except (re.error, RecursionError, OverflowError) as error:
        raise _NotFound(f"this is no regular expression: {error}") from None
