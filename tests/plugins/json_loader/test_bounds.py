"""No call runs out of fuel or memory, whatever it is given: a call that meets much that is odd stops in time."""

import pytest

from .conftest import JsonPlugin

MIB = 1 << 20
ODD = {
    "words": (b"tru\n" * (3 * MIB), "lines", 3 * MIB),
    "brackets that close nothing": (b"[" + b"}" * (12 * MIB), "array", 1),
    "commas": (b"[" + b"," * (12 * MIB), "array", 12 * MIB),
    "comments": (b"[" + b"/**/" * (3 * MIB), "array", 0),
    "escapes": (b'["' + b"\\q" * (6 * MIB), "array", 1),
    "bytes that are not UTF-8": (b'"\xff"\n' * (3 * MIB), "lines", 3 * MIB),
    "missing brackets": (b"[" + b'{"a":1,' * (2 * MIB), "array", 2 * MIB),
    "depth and what matches nothing": (b"[" * (9 * MIB) + b"}a" * (4 * MIB), "document", 1),
    "kinds in turn": (b'{"a":' * (4 * MIB) + b"]{]" * (3 * MIB), "document", 1),
    "deep lines": ((b"[" * 200_000 + b"\n") * 60, "lines", 60),
    "zeros": (b"[" + bytes(12 * MIB), "array", 1),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_all_through_is_read_in_bounded_calls(json_plugin: JsonPlugin, name: str) -> None:
    """The largest steps there are."""
    data, form, records = ODD[name]
    opened = json_plugin.open(data, {"format": form}).read_on((1 << 30,))
    assert opened.progress.records == records
    problems, total = opened.problems()
    assert len(problems) == min(total, 10_000)
    assert total > 0
