"""Tables of GitHub Flavored Markdown, parsed again by the rules of its specification."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plugins.exporters.conftest import Exporters, Raw
from thoth_ls.errors import PluginRefused

TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12) | st.text("|\\`*_[]<>&~\n x", max_size=8)
ROWS = st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(TEXT, min_size=n, max_size=n), max_size=8))
MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|<br>")


def cells(line: str) -> list[str]:
    """The cells of a line: split at pipes that are not escaped, blanks around them taken away, escapes undone."""
    assert line.startswith("| ")
    assert line.endswith(" |")
    parts = re.findall(r"\|((?:[^|\\]|\\.)*)", line)
    assert parts.pop() == ""
    return [MARKS.sub(lambda mark: mark[1] or "\n", part.strip(" ")) for part in parts]


def shown(text: str) -> str:
    """What a reader sees of a text: line breaks are one kind, blanks at the ends do not count."""
    return re.sub(r"\r\n|\r", "\n", text).strip(" ")


@given(rows=ROWS, pad=st.sampled_from(["true", "false"]))
def test_rows_come_back(exporters: Exporters, rows: list[list[str]], pad: str) -> None:
    """Whatever the cells hold, each row is one line and each cell one cell."""
    columns = [f"c{n}" for n in range(len(rows[0]) if rows else 2)]
    text = exporters.stream("markdown", columns, rows, {"pad": pad})
    head, ruler, *lines = text.split("\n")[:-1]
    assert cells(head) == columns
    assert all(re.fullmatch(r"-{3,}", cell) for cell in cells(ruler))
    assert [cells(line) for line in lines] == [[shown(cell) for cell in row] for row in rows]
    assert exporters.whole("markdown", columns, rows, {"pad": pad}) == text


def test_a_table(exporters: Exporters) -> None:
    """Padded, numbers to the right, wide characters counted twice."""
    columns = [("name", "text"), ("n", "integer")]
    rows = [["日本", Raw("1.50")], ["a|b", "20"], [None, Raw('{"a":1}')], ["x_y *z*", True]]
    assert exporters.stream("markdown", columns, rows, {"null": "-"}) == (
        "| name      |       n |\n"
        "| --------- | ------: |\n"
        "| 日本      |    1.50 |\n"
        "| a\\|b      |      20 |\n"
        '| -         | {"a":1} |\n'
        "| x_y \\*z\\* |    true |\n"
    )


def test_widths_come_from_the_first_rows(exporters: Exporters) -> None:
    """What is held back has a limit; later rows may stand out."""
    rows = [[str(n)] for n in range(1_500)] + [["x" * 50]]
    lines = exporters.stream("markdown", ["a"], rows, {"pad": "true"}, step=400).split("\n")
    assert len(lines) == len(rows) + 3
    assert {len(line) for line in lines[:1_002]} == {7}
    assert lines[-2] == f"| {'x' * 50} |"


def test_formatting_is_left_in_if_wanted(exporters: Exporters) -> None:
    """Pipes and line breaks are escaped in any case."""
    options = {"escape": "false", "pad": "false", "align": "false"}
    made = exporters.stream("markdown", [("a", "integer")], [["**b** | c\r\nd"]], options)
    assert made == "| a |\n| --- |\n| **b** \\| c<br>d |\n"


def test_cells_without_a_column_are_refused(exporters: Exporters) -> None:
    """Rather than lost."""
    with pytest.raises(PluginRefused, match="row 2 of the export has more cells than there are columns"):
        exporters.stream("markdown", ["a"], [["1"], ["1", "2"]])
