"""JSONPath (RFC 9535): the library `jsonpath-rfc9535`, made exact and stoppable.

The library parses, checks types and walks. What it does to values is ours, because as it comes it compares numbers as
floats, takes the value being filtered for the root of a filter inside a filter, holds `?@` for false where the value is
0 or "", goes no deeper than 100 levels, and lets a regular expression run for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import regex
from iregexp_check import check
from jsonpath_rfc9535 import JSONPathEnvironment, JSONPathNode, JSONPathNodeList, JSONPathQuery
from jsonpath_rfc9535.exceptions import JSONPathError, JSONPathSyntaxError
from jsonpath_rfc9535.filter_expressions import (
    NOTHING,
    ComparisonExpression,
    Expression,
    FilterContext,
    FloatLiteral,
    IntegerLiteral,
    LogicalExpression,
    RelativeFilterQuery,
    RootFilterQuery,
)
from jsonpath_rfc9535.function_extensions import ExpressionType, FilterFunction
from jsonpath_rfc9535.parse import Parser
from jsonpath_rfc9535.segments import JSONPathRecursiveDescentSegment, JSONPathSegment
from jsonpath_rfc9535.tokens import TokenStream

from thoth_ls.documents.search.exact import equal, less, number
from thoth_ls.documents.search.stopping import Stop
from thoth_ls.errors import QueryInvalid

REGEX_SECONDS = 0.25
"""Longest time for one value and one regular expression in a filter."""


class TooSlow(Exception):
    """A regular expression took too long over one value."""


def compile_path(query: str, stop: Stop) -> JSONPathQuery:
    """The query, ready to be applied until `stop` is asked; raises QueryInvalid with the place of a mistake."""
    try:
        return _Environment(stop).compile(query)
    except JSONPathError as error:
        place = f" at character {error.token.index + 1}" if error.token is not None else ""
        raise QueryInvalid(f"This is no JSONPath: {error.args[0]}{place}.") from None
    except RecursionError:
        raise QueryInvalid("This JSONPath is nested too deeply.") from None


class _Environment(JSONPathEnvironment):
    """How our queries are read and applied."""

    def __init__(self, stop: Stop) -> None:
        self.stop = stop
        self.parser_class = _Parser
        super().__init__()

    def setup_function_extensions(self) -> None:
        super().setup_function_extensions()
        self.function_extensions["match"] = _Matching(whole=True)
        self.function_extensions["search"] = _Matching(whole=False)


class _Parser(Parser):
    """Builds our expressions in place of the library's."""

    def parse_query(self, stream: TokenStream, *, in_filter: bool = False) -> Iterator[JSONPathSegment]:
        for segment in super().parse_query(stream, in_filter=in_filter):
            if isinstance(segment, JSONPathRecursiveDescentSegment):
                yield Descent(env=segment.env, token=segment.token, selectors=segment.selectors)
            else:
                yield segment

    def parse_integer_literal(self, stream: TokenStream) -> Expression:
        return self._number(stream, IntegerLiteral)

    def parse_float_literal(self, stream: TokenStream) -> Expression:
        return self._number(stream, FloatLiteral)

    def _number(self, stream: TokenStream, kind: type[IntegerLiteral | FloatLiteral]) -> Expression:
        text = stream.current.value
        digits = text.removeprefix("-")
        if digits.startswith("0") and digits[1:2].isdigit():
            raise JSONPathSyntaxError("a number cannot begin with 0", token=stream.current)
        return kind(stream.current, number(text))

    def parse_infix_expression(self, stream: TokenStream, left: Expression) -> Expression:
        made = super().parse_infix_expression(stream, left)
        if isinstance(made, ComparisonExpression):
            return _Comparison(made.token, made.left, made.operator, made.right)
        assert isinstance(made, LogicalExpression)
        return _Logical(made.token, made.left, made.operator, made.right)

    def parse_relative_query(self, stream: TokenStream) -> Expression:
        made = super().parse_relative_query(stream)
        assert isinstance(made, RelativeFilterQuery)
        return _Relative(made.token, made.query)

    def parse_root_query(self, stream: TokenStream) -> Expression:
        made = super().parse_root_query(stream)
        assert isinstance(made, RootFilterQuery)
        return _Root(made.token, made.query)


class Descent(JSONPathRecursiveDescentSegment):
    """A value and all below it, in the library's order, but without a frame of Python for every level."""

    __slots__ = ()

    def resolve(self, nodes: Iterable[JSONPathNode]) -> Iterator[JSONPathNode]:
        for node in nodes:
            for inner in self._visit(node):
                for selector in self.selectors:
                    yield from selector.resolve(inner)

    def _visit(self, node: JSONPathNode, depth: int = 1) -> Iterator[JSONPathNode]:
        stop: Stop = self.env.stop  # type: ignore[attr-defined]
        yield node
        stack = [_containers(node)]
        while stack:
            stop.check()
            inner = next(stack[-1], None)
            if inner is None:
                stack.pop()
                continue
            yield inner
            stack.append(_containers(inner))


def _containers(node: JSONPathNode) -> Iterator[JSONPathNode]:
    value = node.value
    if isinstance(value, dict):
        return (node.new_child(inner, name, node) for name, inner in value.items() if isinstance(inner, (dict, list)))
    if isinstance(value, list):
        return (node.new_child(inner, at, node) for at, inner in enumerate(value) if isinstance(inner, (dict, list)))
    return iter(())


def resolve(segments: Sequence[JSONPathSegment], start: Any, root: Any) -> Iterable[JSONPathNode]:
    """What segments find from `start` on, while `$` in their filters stands for `root`."""
    nodes: Iterable[JSONPathNode] = [JSONPathNode(value=start, location=(), parent=None, root=root)]
    for segment in segments:
        nodes = segment.resolve(nodes)
    return nodes


def _found(query: JSONPathQuery, start: object, context: FilterContext) -> JSONPathNodeList:
    """What a query inside a filter finds; `$` in filters further inside stays what it is here."""
    context.env.stop.check()  # type: ignore[attr-defined]
    return JSONPathNodeList(resolve(query.segments, start, context.root))


class _Relative(RelativeFilterQuery):
    __slots__ = ()

    def evaluate(self, context: FilterContext) -> object:
        return _found(self.query, context.current, context)


class _Root(RootFilterQuery):
    __slots__ = ()

    def evaluate(self, context: FilterContext) -> object:
        return _found(self.query, context.root, context)


class _Logical(LogicalExpression):
    """Looks at its right side only where that matters."""

    __slots__ = ()

    def evaluate(self, context: FilterContext) -> bool:
        left = _holds(self.left.evaluate(context))
        if self.operator == "&&":
            return left and _holds(self.right.evaluate(context))
        return left or _holds(self.right.evaluate(context))


class _Comparison(ComparisonExpression):
    """Compares as RFC 9535, 2.3.5.2.2 says."""

    __slots__ = ()

    def evaluate(self, context: FilterContext) -> bool:
        left, right = _value(self.left.evaluate(context)), _value(self.right.evaluate(context))
        match self.operator:
            case "==":
                return _equal(left, right)
            case "!=":
                return not _equal(left, right)
            case "<":
                return less(left, right)
            case ">":
                return less(right, left)
            case "<=":
                return less(left, right) or _equal(left, right)
            case _:
                return less(right, left) or _equal(left, right)


def _value(found: object) -> object:
    """The one value a singular query found, or Nothing."""
    if isinstance(found, JSONPathNodeList):
        return found[0].value if found else NOTHING
    return found


def _equal(left: object, right: object) -> bool:
    if left is NOTHING or right is NOTHING:
        return left is right
    return equal(left, right)


def _holds(found: object) -> bool:
    """Whether a part of a filter is true: a query by finding something, a function by its result."""
    return len(found) > 0 if isinstance(found, JSONPathNodeList) else found is True


class _Matching(FilterFunction):
    """`match` and `search`, with an end to their time; what is no I-Regexp (RFC 9485) matches nothing."""

    arg_types = [ExpressionType.VALUE, ExpressionType.VALUE]  # noqa: RUF012 - the library's own declaration
    return_type = ExpressionType.LOGICAL

    def __init__(self, *, whole: bool) -> None:
        self._whole = whole

    def __call__(self, text: object, pattern: object) -> bool:
        if not isinstance(text, str) or not isinstance(pattern, str):
            return False
        compiled = _expression(pattern)
        if compiled is None:
            return False
        call = compiled.fullmatch if self._whole else compiled.search
        try:
            return call(text, timeout=REGEX_SECONDS, concurrent=True) is not None
        except TimeoutError:
            raise TooSlow from None


@lru_cache(maxsize=256)
def _expression(pattern: str) -> Any:
    """The pattern in the library's dialect, None where it is no I-Regexp."""
    if not check(pattern):
        return None
    try:
        return regex.compile(_translated(pattern), regex.VERSION1)
    except regex.error:
        return None


def _translated(pattern: str) -> str:
    """The dot of RFC 9485 is anything but the two line breaks."""
    parts: list[str] = []
    escaped = inside = False
    for char in pattern:
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == "." and not inside:
            char = r"[^\n\r]"  # noqa: PLW2901
        elif char in "[]":
            inside = char == "["
        parts.append(char)
    return "".join(parts)
