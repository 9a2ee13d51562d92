"""The nodes that a query selects."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, assert_never

from rest.jsonpath import query as q
from rest.jsonpath.functions import NOTHING, RETURNS, TAKES, call

Location = tuple[str | int, ...]
Node = tuple[Location, Any]


def select(query: q.Query, root: Any) -> Iterator[Node]:
    """Where a query finds something, and what, in the order of RFC 9535."""
    return _query(query, ((), root), root)


def normalized(location: Location) -> str:
    """A place as a path that selects it alone (RFC 9535, 2.7)."""
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f"['{_escaped(part)}']" for part in location)


def _query(query: q.Query, start: Node, root: Any) -> Iterator[Node]:
    nodes: Iterator[Node] = iter([start])
    for segment in query.segments:
        nodes = _segment(segment, nodes, root)
    return nodes


def _segment(segment: q.Segment, nodes: Iterator[Node], root: Any) -> Iterator[Node]:
    for node in nodes:
        for one in _descendants(node) if segment.descendants else (node,):
            for selector in segment.selectors:
                yield from _selected(selector, one, root)


def _descendants(node: Node) -> Iterator[Node]:
    """The node and all below it, each before its children."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(list(_children(current))))


def _children(node: Node) -> Iterator[Node]:
    location, value = node
    if isinstance(value, dict):
        for name, inner in value.items():
            yield (*location, name), inner
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield (*location, at), inner


def _selected(selector: q.Selector, node: Node, root: Any) -> Iterator[Node]:
    location, value = node
    match selector:
        case q.Name(name):
            if isinstance(value, dict) and name in value:
                yield (*location, name), value[name]
        case q.Index(index):
            if isinstance(value, list) and -len(value) <= index < len(value):
                at = index % len(value)
                yield (*location, at), value[at]
        case q.Wildcard():
            yield from _children(node)
        case q.Slice(start, end, step):
            if isinstance(value, list) and step != 0:
                for at in range(len(value))[slice(start, end, step)]:
                    yield (*location, at), value[at]
        case q.Filter(logical):
            for child in _children(node):
                if _holds(logical, child, root):
                    yield child
        case _:
            assert_never(selector)


def _holds(logical: q.Logical, current: Node, root: Any) -> bool:
    match logical:
        case q.Comparison(operator, left, right):
            return _compared(operator, _value(left, current, root), _value(right, current, root))
        case q.Test(q.Query() as query):
            return next(_nodes(query, current, root), None) is not None
        case q.Test(q.Call() as function):
            return bool(_called(function, current, root))
        case q.Not(inner):
            return not _holds(inner, current, root)
        case q.All(parts):
            return all(_holds(part, current, root) for part in parts)
        case q.Any(parts):
            return any(_holds(part, current, root) for part in parts)
    raise AssertionError(logical)


def _value(operand: q.Comparable, current: Node, root: Any) -> Any:
    match operand:
        case q.Constant(value):
            return value
        case q.Query():
            found = next(_nodes(operand, current, root), None)
            return NOTHING if found is None else found[1]
        case q.Call():
            return _called(operand, current, root)
        case _:
            assert_never(operand)


def _called(function: q.Call, current: Node, root: Any) -> Any:
    assert function.name in RETURNS
    given: list[Any] = []
    for kind, argument in zip(TAKES[function.name], function.arguments, strict=True):
        if kind == "nodes":
            assert isinstance(argument, q.Query)
            given.append([value for _, value in _nodes(argument, current, root)])
        else:
            assert isinstance(argument, q.Constant | q.Query | q.Call)
            given.append(_value(argument, current, root))
    return call(function.name, given)


def _nodes(query: q.Query, current: Node, root: Any) -> Iterator[Node]:
    return _query(query, current if query.relative else ((), root), root)


def _compared(operator: str, left: Any, right: Any) -> bool:
    match operator:
        case "==":
            return equal(left, right)
        case "!=":
            return not equal(left, right)
        case "<":
            return _less(left, right)
        case ">":
            return _less(right, left)
        case "<=":
            return _less(left, right) or equal(left, right)
        case _:
            return _less(right, left) or equal(left, right)


def equal(left: Any, right: Any) -> bool:
    """Whether two values of JSON are the same: 1 and 1.0 are, 1 and true are not."""
    if left is NOTHING or right is NOTHING:
        return left is right
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float | Decimal) and isinstance(right, int | float | Decimal):
        return left == right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(left[name], right[name]) for name in left)
    return type(left) is type(right) and bool(left == right)


def _less(left: Any, right: Any) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return False
    if isinstance(left, int | float | Decimal) and isinstance(right, int | float | Decimal):
        return left < right
    return isinstance(left, str) and isinstance(right, str) and left < right


def _escaped(name: str) -> str:
    known = {"\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "'": "\\'", "\\": "\\\\"}
    return "".join(known.get(sign, f"\\u{ord(sign):04x}" if sign < " " else sign) for sign in name)
