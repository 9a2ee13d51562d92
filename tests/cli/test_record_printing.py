"""Records that commands of plugins return, as they are printed."""

import pytest

from thoth_ls.cli.record_printing import print_records
from thoth_ls.lsp.client import RequestFailed

DEEP = '{"x":' + '{"a":' * 700 + "1" + "}" * 701


@pytest.mark.parametrize("form", ["table", "csv"])
def test_records_too_deep_for_cells_are_refused(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With a sentence, and nothing else printed."""
    with pytest.raises(RequestFailed, match=f"nested too deeply for --format {form}; --format ndjson"):
        print_records(['{"x":1}', DEEP], form)
    assert capsys.readouterr().out == ""


def test_they_are_printed_as_they_are_where_nobody_looks_into_them(capfd: pytest.CaptureFixture[str]) -> None:
    """As JSON lines."""
    print_records([DEEP], "ndjson")
    assert capfd.readouterr().out == f"{DEEP}\n"
