"""Texts of queries, taken apart."""

import re
from decimal import Decimal
from typing import Final, NoReturn, cast

from rest.jsonpath.functions import RETURNS, TAKES
from rest.jsonpath.query import (
    All,
    Any,
    Argument,
    Call,
    Comparable,
    Comparison,
    Constant,
    Filter,
    Index,
    Logical,
    Name,
    Not,
    Query,
    Segment,
    Selector,
    Slice,
    Test,
    Wildcard,
)
from rest.jsonpath.quoted import BadPath, quoted

LONGEST: Final = 10_000
DEEPEST: Final = 100
_BLANK: Final = re.compile(r"[ \t\n\r]*")
_SHORT_NAME: Final = re.compile("[A-Za-z_\x80-\ud7ff\ue000-\U0010ffff][A-Za-z0-9_\x80-\ud7ff\ue000-\U0010ffff]*")
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]*")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_FUNCTION: Final = re.compile(r"([a-z][a-z0-9_]*)\(")
_OPERATOR: Final = re.compile("==|!=|<=|>=|<|>")
_WORD: Final = re.compile(r"(true|false|null)(?![A-Za-z0-9_(])")
_MOST: Final = 2**53 - 1


def parse(text: str) -> Query:
    """The query a text is; raises BadPath."""
    if len(text) > LONGEST:
        raise BadPath(LONGEST, f"it is longer than {LONGEST:,} characters")
    parser = _Parser(text)
    query = parser.query()
    if parser.at < len(text):
        parser.fail("the path ended before this")
    return query


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._depth = 0

    def query(self) -> Query:
        if not self._take("$"):
            self.fail("a path begins with $")
        return Query(self._segments())

    def fail(self, why: str) -> NoReturn:
        raise BadPath(self.at, why)

    def _segments(self) -> tuple[Segment, ...]:
        found: list[Segment] = []
        while True:
            start = self.at
            self._blank()
            if self._take(".."):
                if self.text[self.at : self.at + 1] == "[":
                    found.append(Segment(self._brackets(), descendants=True))
                else:
                    found.append(Segment((self._short(),), descendants=True))
            elif self._take("."):
                found.append(Segment((self._short(),)))
            elif self.text[self.at : self.at + 1] == "[":
                found.append(Segment(self._brackets()))
            else:
                self.at = start
                return tuple(found)

    def _short(self) -> Selector:
        if self._take("*"):
            return Wildcard()
        if (found := self._match(_SHORT_NAME)) is None:
            self.fail("a name, or *, should stand here; other names are written in brackets and quotes")
        return Name(found[0])

    def _brackets(self) -> tuple[Selector, ...]:
        self._deeper()
        self.at += 1
        found: list[Selector] = []
        while True:
            self._blank()
            found.append(self._selector())
            self._blank()
            if self._take("]"):
                self._depth -= 1
                return tuple(found)
            if not self._take(","):
                self.fail("a comma or ] should stand here")

    def _selector(self) -> Selector:
        sign = self.text[self.at : self.at + 1]
        if sign in ("'", '"'):
            return Name(self._string(sign))
        if self._take("*"):
            return Wildcard()
        if self._take("?"):
            self._blank()
            return Filter(self._logical())
        return self._index_or_slice()

    def _index_or_slice(self) -> Selector:
        start = self._integer()
        before = self.at
        self._blank()
        if not self._take(":"):
            self.at = before
            if start is None:
                self.fail("a name in quotes, a number, a range, * or ? should stand here")
            return Index(start)
        self._blank()
        end = self._integer()
        before = self.at
        self._blank()
        step = None
        if self._take(":"):
            self._blank()
            step = self._integer()
        else:
            self.at = before
        return Slice(start, end, step)

    def _integer(self) -> int | None:
        if (found := self._match(_INTEGER)) is None:
            if self.text[self.at : self.at + 1] == "-":
                self.fail("this is no number")
            return None
        if self.text[self.at : self.at + 1].isdigit() or abs(int(found[0][:20])) > _MOST:
            self.fail("this is no number that an index can be")
        return int(found[0])

    def _logical(self) -> Logical:
        self._deeper()
        found = [self._both()]
        while self._after_blank("||"):
            found.append(self._both())
        self._depth -= 1
        return found[0] if len(found) == 1 else Any(tuple(found))

    def _both(self) -> Logical:
        found = [self._basic()]
        while self._after_blank("&&"):
            found.append(self._basic())
        return found[0] if len(found) == 1 else All(tuple(found))

    def _basic(self) -> Logical:
        self._blank()
        if self._take("!"):
            self._blank()
            if self._take("("):
                return Not(self._rest_of_parentheses())
            return Not(self._test(self._operand()))
        if self._take("("):
            return self._rest_of_parentheses()
        left = self._operand()
        before = self.at
        self._blank()
        if (operator := self._match(_OPERATOR)) is None:
            self.at = before
            return self._test(left)
        self._blank()
        right = self._operand()
        for side in (left, right):
            self._comparable(side)
        return Comparison(operator[0], left, right)  # type: ignore[arg-type] # the pattern has these alone

    def _rest_of_parentheses(self) -> Logical:
        inner = self._logical()
        self._blank()
        if not self._take(")"):
            self.fail(") should stand here")
        return inner

    def _test(self, operand: Comparable) -> Test:
        if isinstance(operand, Constant):
            self.fail("a value says neither yes nor no: compare it with something")
        if isinstance(operand, Call) and RETURNS[operand.name] == "value":
            self.fail(f"{operand.name}() says neither yes nor no: compare it with something")
        return Test(operand)

    def _comparable(self, operand: Comparable) -> None:
        if isinstance(operand, Query) and not operand.is_singular:
            self.fail("a path that may select several values cannot be compared")
        if isinstance(operand, Call) and RETURNS[operand.name] != "value":
            self.fail(f"{operand.name}() says yes or no already")

    def _operand(self) -> Comparable:
        sign = self.text[self.at : self.at + 1]
        if sign in ("'", '"'):
            return Constant(self._string(sign))
        if sign in ("$", "@") and sign:
            self.at += 1
            return Query(self._segments(), relative=sign == "@")
        if (word := self._match(_WORD)) is not None:
            return Constant({"true": True, "false": False, "null": None}[word[1]])
        if (found := self._match(_FUNCTION)) is not None:
            return self._call(found[1])
        if (number := self._match(_NUMBER)) is None:
            self.fail("a path ($ or @), a value or a function should stand here")
        return Constant(Decimal(number[0]))

    def _call(self, name: str) -> Call:
        takes = TAKES.get(name)
        if takes is None:
            self.fail(f"there is no function {name}(); there are {', '.join(TAKES)}")
        found: list[Argument] = []
        self._blank()
        while not self._take(")"):
            if found:
                if not self._take(","):
                    self.fail("a comma or ) should stand here")
                self._blank()
            found.append(self._argument())
            self._blank()
        if len(found) != len(takes):
            self.fail(f"{name}() takes {len(takes)} {'value' if len(takes) == 1 else 'values'}, not {len(found)}")
        for kind, given in zip(takes, found, strict=True):
            self._check_argument(name, kind, given)
        return Call(name, tuple(found))

    def _argument(self) -> Argument:
        inner = self._logical() if self.text[self.at : self.at + 1] in ("!", "(") else self._operand()
        before = self.at
        self._blank()
        if self._match(_OPERATOR) or self.text.startswith(("&&", "||"), self.at):
            self.fail("no function takes a comparison")
        self.at = before
        return inner

    def _check_argument(self, name: str, kind: str, given: Argument) -> None:
        if kind == "nodes":
            if not isinstance(given, Query):
                self.fail(f"{name}() takes a path")
        elif isinstance(given, Query):
            if not given.is_singular:
                self.fail(f"{name}() takes one value, and the path may select several: put value(…) around it")
        elif isinstance(given, Call):
            if RETURNS[given.name] != "value":
                self.fail(f"{name}() takes a value, and {given.name}() says yes or no")
        elif not isinstance(given, Constant):
            self.fail(f"{name}() takes a value")

    def _string(self, quote: str) -> str:
        said, self.at = quoted(self.text, self.at + 1, quote)
        return said

    def _after_blank(self, sign: str) -> bool:
        before = self.at
        self._blank()
        if self._take(sign):
            return True
        self.at = before
        return False

    def _blank(self) -> None:
        self.at = cast("re.Match[str]", _BLANK.match(self.text, self.at)).end()

    def _take(self, sign: str) -> bool:
        if self.text.startswith(sign, self.at):
            self.at += len(sign)
            return True
        return False

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            self.fail(f"it is nested more than {DEEPEST} deep")
