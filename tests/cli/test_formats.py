"""What `thoth` prints, over real files and a real server: data that other programs read back."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_main import PATIENCE, environment
from thoth_ls.cli.formats import Compacting, compact

__all__ = ["environment"]

ROWS = [["Ann", "1.50", 'said "hi", then left'], ["Bo", "2", "two\nlines"], ["Cy", "", "Tōkyō 😀"]]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table with everything that has to be quoted."""
    path = tmp_path / "table.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["name", "size", "remark"], *ROWS])
    return path


def printed(thoth: Command, path: Path, *arguments: str) -> str:
    """What a command prints when all goes well."""
    done = thoth("open", str(path), *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def raw(path: Path, *arguments: str, **environment: str) -> bytes:
    """The same, byte for byte."""
    command = [sys.executable, "-m", "thoth_ls.cli.main", "open", str(path), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, timeout=PATIENCE, check=True).stdout


def test_json_is_an_array_of_records(table: Path, thoth: Command) -> None:
    """Numbers as they are written; all records unless it is said how many."""
    text = printed(thoth, table, "--json")
    assert [list(record.values()) for record in json.loads(text, parse_float=str, parse_int=str)] == ROWS
    assert '"size":1.50' in text
    assert json.loads(printed(thoth, table, "--format", "json", "--start", "4")) == []
    assert len(json.loads(printed(thoth, table, "--format", "json", "--count", "2"))) == 2


def test_ndjson_is_a_record_a_line(table: Path, thoth: Command) -> None:
    """Whatever is in it."""
    lines = printed(thoth, table, "--format", "ndjson", "--from", "2", "--rows", "2").splitlines()
    assert [json.loads(line)["name"] for line in lines] == ["Bo", "Cy"]


def test_csv_is_what_was_in_the_file(table: Path, environment: dict[str, str]) -> None:
    """RFC 4180, in UTF-8 whatever the terminal speaks."""
    out = raw(table, "--format", "csv", **{**environment, "PYTHONIOENCODING": "ascii"})
    assert out == table.read_bytes()


def test_long_cells_are_printed_whole(tmp_path: Path, thoth: Command) -> None:
    """A page holds their beginning only."""
    path, text = tmp_path / "long.csv", "ä€ " * 2_000
    path.write_text(f"a,b\n1,{text}\n", encoding="utf-8")
    assert list(csv.reader(io.StringIO(printed(thoth, path, "--format", "csv"))))[1][1] == text
    assert json.loads(printed(thoth, path, "--format", "ndjson"))["b"] == text


def test_more_rows_than_one_answer_holds(tmp_path: Path, thoth: Command) -> None:
    """In every format, each row once and in order."""
    path, count = tmp_path / "many.csv", 12_345
    path.write_text("id,square\n" + "".join(f"{number},{number * number}\n" for number in range(count)))
    lines = printed(thoth, path, "--format", "ndjson").splitlines()
    assert [json.loads(line)["id"] for line in lines] == list(range(count))
    assert printed(thoth, path, "--format", "csv").count("\n") == count + 1
    shown = printed(thoth, path, "--count", "all").splitlines()
    assert shown[-1].split() == ["12,345", "12344", str(12_344**2)]
    assert len([line for line in shown if line[:1] in " 123456789" and len(line.split()) == 3]) >= count


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--find", "tōkyō"], ["record 3, $.remark: Tōkyō 😀", "1 hit in 1 record"]),
        (["--find", "name"], ["record 1, name of $.name: name", "1 hit in 1 record"]),
        (["--find", "name", "--values"], None),
        (["--find", "^[AB]", "--regex", "--match-case", "--limit", "1"], None),
        (["--find", "2", "--whole-cell"], ["record 2, $.size: 2", "1 hit in 1 record"]),
        (["--find", "two", "--whole-word"], ["record 2, $.remark: two↵lines", "1 hit in 1 record"]),
        (["--path", "$[?@ > 1.5]"], ["record 2, $.size: 2", "1 hit in 1 record"]),
        (["--path", "$.name", "--start", "3"], ["record 3, $.name: Cy", "1 hit in 1 record"]),
    ],
)
def test_what_is_found_is_listed(table: Path, thoth: Command, arguments: list[str], expected: list[str] | None) -> None:
    """Record, path and preview; at the end how many."""
    done = thoth("open", str(table), *arguments)
    if "--values" in arguments:
        assert (done.returncode, done.stdout) == (1, "nothing found\n")
        return
    if "--limit" in arguments:
        expected = ["record 1, $.name: Ann", "1 hit in 1 record; stopped at the limit of 1"]
    assert (done.returncode, done.stdout.splitlines()) == (0, expected)


def test_records_that_are_found_can_be_passed_on(table: Path, thoth: Command) -> None:
    """A text gives the records it is in, a path the values it leads to, CSV the rows of both."""
    found = printed(thoth, table, "--find", "Cy", "--format", "ndjson")
    assert [record["remark"] for record in map(json.loads, found.splitlines())] == ["Tōkyō 😀"]
    assert json.loads(printed(thoth, table, "--path", "$.name", "--json")) == ["Ann", "Bo", "Cy"]
    assert printed(thoth, table, "--path", "$.size", "--format", "ndjson").split() == ["1.50", "2", '""']
    out = printed(thoth, table, "--find", "lines", "--format", "csv")
    rows = list(csv.reader(io.StringIO(out, newline="")))
    assert rows == [["name", "size", "remark"], ROWS[1]]


def test_nothing_found_is_exit_code_1(table: Path, thoth: Command) -> None:
    """As grep has it; what is printed is still well formed."""
    for arguments, said in (([], "nothing found\n"), (["--json"], "[]\n"), (["--format", "ndjson"], "")):
        done = thoth("open", str(table), "--find", "nowhere", *arguments)
        assert (done.returncode, done.stdout, done.stderr) == (1, said, "")


def test_info_tells_what_is_known(tmp_path: Path, thoth: Command) -> None:
    """For people and for programs."""
    path = tmp_path / "ragged.csv"
    path.write_text("a,b\n1,2\n3\n")
    done = thoth("info", str(path))
    assert done.returncode == 0
    assert "2 rows, 2 columns" in done.stdout
    assert "bytes of memory, made in" in done.stdout
    assert "1 malformed row:" in done.stdout
    facts = json.loads(thoth("info", "--json", str(path)).stdout)
    assert (facts["records"], [column["type"] for column in facts["columns"]]) == (2, ["integer", "integer"])
    assert (facts["problems"]["total"], facts["problems"]["first"][0]["record"]) == (1, 1)
    assert facts["plugin"]["id"] == "com.thoth.csv-loader"
    assert facts["sizeBytes"] == path.stat().st_size
    assert facts["indexBytes"] > 0


def test_what_is_one_is_not_called_many(tmp_path: Path, thoth: Command) -> None:
    """Rows, columns and malformed rows."""
    path = tmp_path / "one.json"
    path.write_text('{"a":1')
    lines = thoth("info", str(path)).stdout.splitlines()
    assert lines[2].startswith("1 row, 1 column; ")
    assert "1 malformed row:" in lines


@pytest.mark.parametrize("arguments", [["info"], ["open"], ["open", "--find", "1"], ["open", "--option", "x=\x1b[2J"]])
def test_nothing_in_a_file_commands_the_terminal(tmp_path: Path, thoth: Command, arguments: list[str]) -> None:
    """Names of columns, values, paths and what a plugin says are printed without control characters."""
    path = tmp_path / "odd\x1b[2J.json"
    path.write_text('[{"\\u001b[31m\\nname": "\\u001b]0;title\\u0007 1"}, {"\\u009b31m": x}]')
    done = thoth(arguments[0], str(path), *arguments[1:])
    assert "[31m" in done.stdout or "unknown option" in done.stderr
    assert not {char for char in done.stdout + done.stderr if char < " " or "\x7f" <= char < "\xa0"} - {"\n"}


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
@pytest.mark.parametrize("arguments", ["--format ndjson", "--format csv", "--count all", "--find x"])
def test_a_reader_that_has_seen_enough_ends_it(tmp_path: Path, environment: dict[str, str], arguments: str) -> None:
    """`| head` leaves no traceback and no error."""
    path = tmp_path / "many.csv"
    path.write_text("id,text\n" + "1,x\n" * 200_000)
    command = [sys.executable, "-m", "thoth_ls.cli.main", "open", str(path), *arguments.split()]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(PATIENCE) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("arguments", [["--format", "ndjson"], ["--find", "(x|xx)+$", "--regex"]])
def test_an_interrupt_ends_what_streams(tmp_path: Path, environment: dict[str, str], arguments: list[str]) -> None:
    """In the middle of printing, and inside a value over which an expression takes too long."""
    path = tmp_path / "many.csv"
    path.write_text(f"id,text\n0,x\n1,{'x' * 60}!\n" + "1,x\n" * 400_000)
    command = [sys.executable, "-m", "thoth_ls.cli.main", "open", str(path), *arguments]
    process = subprocess.Popen(
        command,
        env={**environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (130, "thoth: interrupted\n")


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1_000])
def test_blanks_go_and_nothing_else_does(size: int) -> None:
    """Wherever the text is divided into parts."""
    text = '{ "a b\\"\\\\" : [ 1.50 , -2E+5, "x\\n y" ] ,\n\t"\\\\": "" , "k" :null }'
    expected = '{"a b\\"\\\\":[1.50,-2E+5,"x\\n y"],"\\\\":"","k":null}'
    compacting = Compacting()
    assert "".join(compacting.feed(text[at : at + size]) for at in range(0, len(text), size)) == expected
    assert compact(text) == expected


def test_json_is_printed_as_it_stands_in_the_file(tmp_path: Path, thoth: Command) -> None:
    """No number is rounded, no member lost; a line of JSON lines has no blanks between its parts."""
    records = ['{"id": 12345678901234567890, "x": 1.50, "x": 2E+5}', '{\n  "id": "a  b",\n  "deep": [[], {}]\n}']
    path = tmp_path / "records.json"
    path.write_text(f"[{', '.join(records)}]")
    assert printed(thoth, path, "--format", "json") == "[\n" + ",\n".join(records) + "\n]\n"
    lines = printed(thoth, path, "--format", "ndjson").splitlines()
    assert lines == ['{"id":12345678901234567890,"x":1.50,"x":2E+5}', '{"id":"a  b","deep":[[],{}]}']
    table = list(csv.reader(io.StringIO(printed(thoth, path, "--format", "csv"), newline="")))
    assert table[0] == ["id", "x", "deep"]
    assert [row[0] for row in table[1:]] == ["12345678901234567890", "a  b"]
    done = thoth("open", str(path), "--path", "$[?@ > 12345678901234567889]")
    assert done.stdout.splitlines()[0] == "record 1, $.id: 12345678901234567890"
    done = thoth("open", str(path), "--find", "deep", "--keys")
    assert done.stdout.splitlines() == ["record 2, name of $.deep: deep", "1 hit in 1 record"]


def test_a_record_that_is_too_large_for_one_answer_is_printed_in_parts(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    """Whole, and the ones around it as well."""
    path = tmp_path / "large.ndjson"
    with path.open("w") as file:
        file.write('{"id": 1}\n{"items": [')
        file.write(", ".join(f'"{"p" * 1_000}{number}"' for number in range(70_000)))
        file.write(']}\n{"id": 3}\n')
    lines = raw(path, "--format", "ndjson", **environment).splitlines()
    assert [lines[0], lines[2]] == [b'{"id":1}', b'{"id":3}']
    assert len(json.loads(lines[1])["items"]) == 70_000
