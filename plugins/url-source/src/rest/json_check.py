"""Whether a text is JSON, and if not, where it stops being that and what would help."""

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from rest.templates import blanked


@dataclass(frozen=True, slots=True)
class Fault:
    """Where and why a text is no JSON."""

    line: int
    """From 1."""
    column: int
    """From 1, in characters."""
    message: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.message}"


def check(text: str) -> Fault | None:
    """What is wrong with a text as JSON (RFC 8259); None where nothing is."""
    try:
        json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        return Fault(error.lineno, error.colno, _explained(text, error))
    except _Constant as constant:
        line, column = _place(text, constant.args[0])
        return Fault(
            line, column, f"{constant.args[0]} is no value of JSON: null, or a text in quotes, may stand for it"
        )
    except RecursionError:
        return Fault(1, 1, "it is nested too deep to be checked")
    except ValueError as error:  # a number with thousands of digits
        return Fault(1, 1, f"{error}")
    return None


def check_template(text: str) -> Fault | None:
    """As `check`, for a text with variables, whose values may be anything: they are taken for numbers."""
    return check(blanked(text))


def parse(text: str) -> Any:
    """The value; raises ValueError with place and reason."""
    fault = check(text)
    if fault is not None:
        raise ValueError(f"{fault}")
    return json.loads(text)


class _Constant(Exception):
    pass


def _no_constant(name: str) -> NoReturn:
    raise _Constant(name)


def _place(text: str, word: str) -> tuple[int, int]:
    """Line and column of a word outside of texts in quotes."""
    quoted = False
    at = 0
    while at < len(text):
        sign = text[at]
        if quoted and sign == "\\":
            at += 1
        elif sign == '"':
            quoted = not quoted
        elif not quoted and text.startswith(word, at):
            break
        at += 1
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def _explained(text: str, error: json.JSONDecodeError) -> str:
    """What a person can do about it."""
    here = text[error.pos : error.pos + 1]
    before = text[: error.pos].rstrip()[-1:]
    if not text.strip():
        return "there is nothing"
    if here == "":
        return "it ends too early: a bracket, a brace or a quote is not closed"
    if (here in "}]" and before == ",") or error.msg.startswith("Illegal trailing comma"):
        return "the comma before this has nothing behind it"
    if here == "'":
        return "JSON has double quotes"
    if text.startswith(("//", "/*"), error.pos) or here == "#":
        return "JSON has no comments"
    return _by_message(error.msg, here)


def _by_message(said: str, here: str) -> str:
    known = {
        "Expecting property name enclosed in double quotes": "a name in double quotes, or }, should stand here",
        "Expecting ':' delimiter": "a colon should stand here",
        "Expecting ',' delimiter": "a comma, or the end of the list or object, should stand here",
        "Unterminated string starting at": "the text that begins here has no closing quote",
        "Extra data": "the value ended before this",
        "Expecting value": "a value should stand here",
    }
    if said.startswith("Invalid control character"):
        return "a line break or control character stands in a text: write \\n or \\u00XX"
    if said.startswith("Invalid \\"):
        return "a backslash is followed by what it does not go with: write \\\\ for a backslash"
    return known.get(said, said) + (f", not {here!r}" if said in known and said.startswith("Expecting") else "")
