"""Files, exports and drawings in the fake host, and what authors are told of values of a wrong type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import thoth_plugin as thoth
from thoth_plugin import ui
from thoth_plugin.definition import Plugin
from thoth_plugin.testing import FakeHost
from thoth_plugin.testing.tables import given


class Words(thoth.Loader):
    def open(self, path: str) -> int:
        self.words = Path(path).read_text("utf-8").split()
        return len(self.words)

    def get(self, index: int) -> dict[str, str]:
        return {"word": self.words[index]}

    def render_record(self, record: Any) -> ui.Node:
        return ui.text(record["word"].upper())


class Told(thoth.Exporter):
    """Writes down what it is told."""

    def options(self) -> Sequence[thoth.Option]:
        return [thoth.Option("end", "End", default=".")]

    def begin(self, columns: Sequence[Mapping[str, str]], options: Mapping[str, str]) -> str:
        self.end = options["end"]
        return " ".join(f"{column['name']}:{column['type']}" for column in columns)

    def write(self, rows: Sequence[Any]) -> bytes:
        return repr(rows).encode()

    def finish(self) -> str:
        return self.end


class Records(Told):
    feed = "records"


RECORDS = [{"a": 1, "b": True}, {"a": None, "c": [1]}, {"a": 2}]


def test_a_file_is_read_to_its_end(tmp_path: Path) -> None:
    """Headings are the keys of the first record; what the loader draws is there as well."""
    (tmp_path / "a.txt").write_text("one two")
    opened = FakeHost(Plugin(loader=Words)).open_file(tmp_path / "a.txt")
    assert (opened.columns, opened.records) == (["word"], [{"word": "one"}, {"word": "two"}])
    assert [tree.text for tree in opened.drawn] == ["ONE", "TWO"]


def test_records_are_exported_as_the_exporter_wants_them() -> None:
    """Types follow from values; a value that is absent is None."""
    written = FakeHost(Plugin(exporter=Told)).export(RECORDS)
    assert written == b"a:integer b:boolean c:json[[1, True, None], [None, None, [1]], [2, None, None]]."
    written = FakeHost(Plugin(exporter=Records)).export([{"a": 1.5}, {"a": 2}], end="!")
    assert written == b"a:float[{'a': 1.5}, {'a': 2}]!"
    assert FakeHost(Plugin(exporter=Told)).export([]) == b"."
    with pytest.raises(AssertionError, match="has the options \\['end'\\]"):
        FakeHost(Plugin(exporter=Told)).export([], ende="!")


def test_a_renderer_is_given_texts() -> None:
    """As the real host gives them."""

    class Joined(thoth.Renderer):
        def render(self, table: thoth.Table) -> ui.Node:
            return ui.text("|".join(cell for row in table.rows for cell in row))

    assert FakeHost(Plugin(renderer=Joined)).render(RECORDS).text == "1|true||||[1]|2||"
    assert given(RECORDS).names == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("open", r"open has to return a whole number \(int\), not None: is a `return` missing\?"),
        ("write", r"write has to return text \(str\) or bytes, not None: is a `return` missing\?"),
    ],
)
def test_a_forgotten_return_is_said(part: str, said: str, tmp_path: Path) -> None:
    """As in a component, where it would be a trap otherwise."""

    class Forgetful(Words, Told):
        def open(self, path: str) -> int:
            return None  # type: ignore[return-value]

        def write(self, rows: Sequence[Any]) -> bytes:
            return None  # type: ignore[return-value]

    host = FakeHost(Plugin(loader=Forgetful, exporter=Forgetful))
    with pytest.raises(thoth.PluginError, match=said):
        host.open_file(tmp_path / "x") if part == "open" else host.export(RECORDS)
    assert "Traceback" in host.log
