"""`thoth export`, over real files and a real server: files that other programs read."""

from __future__ import annotations

import csv
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_main import PATIENCE

ROWS = [["Ann", "1.50", 'said "hi", then left'], ["Bo", "2", "two\nlines"], ["Cy", "", "Tōkyō 😀"]]


@pytest.fixture(autouse=True)
def environment(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of their own for processes."""
    monkeypatch.setenv("THOTH_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table with everything that has to be quoted."""
    path = tmp_path / "table.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["name", "size", "remark"], *ROWS])
    return path


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A table that takes some seconds."""
    path = tmp_path / "large.csv"
    path.write_text("a,b\n" + "".join(f"{n},value {n}\n" for n in range(2_000_000)))
    return path


def command(*arguments: str | Path) -> list[str]:
    """A process of its own."""
    return [sys.executable, "-m", "thoth_ls.cli.main", "export", *map(str, arguments)]


def test_the_ending_says_in_which_format(table: Path, tmp_path: Path, thoth: Command) -> None:
    """Or a choice of that name."""
    for name, read in (
        ("out.json", lambda text: [list(item.values()) for item in json.loads(text, parse_float=str, parse_int=str)]),
        (
            "out.ndjson",
            lambda text: [
                list(json.loads(line, parse_float=str, parse_int=str).values()) for line in text.splitlines()
            ],
        ),
    ):
        done = thoth("export", table, "--to", tmp_path / name)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(f"3 records written to {tmp_path / name} (")
        assert read((tmp_path / name).read_text("utf-8")) == ROWS
    for name, begins in (("out.md", "| name | "), ("out.sql", "CREATE TABLE"), ("out.CSV", "name,size,remark\n")):
        assert thoth("export", table, "--to", tmp_path / name).returncode == 0
        assert (tmp_path / name).read_text("utf-8").startswith(begins)


def test_options_rows_and_columns(table: Path, tmp_path: Path, thoth: Command) -> None:
    """By name or number, in the order given."""
    out = tmp_path / "out.csv"
    cases: list[tuple[list[str], list[list[str]]]] = [
        (["--rows", "2-3", "--columns", "size,name"], [["size", "name"], ["2", "Bo"], ["", "Cy"]]),
        (["--rows", "2", "--columns", "#1"], [["name"], ["Bo"]]),
        (["--rows", "3-"], [["name", "size", "remark"], ROWS[2]]),
        (["--rows", "-1"], [["name", "size", "remark"], ROWS[0]]),
        (["--rows", "9-"], [["name", "size", "remark"]]),
        (["--set", "header=false", "--find", "tōkyō"], [ROWS[2]]),
        (["--set", "header=false", "--path", "$[?@ == 'Bo']"], [ROWS[1]]),
        (["--find", "^B", "--regex", "--values"], [["name", "size", "remark"], ROWS[1]]),
    ]
    for arguments, expected in cases:
        done = thoth("export", table, "--to", out, "--force", *arguments)
        assert (done.returncode, done.stderr) == (0, ""), arguments
        with out.open(newline="", encoding="utf-8") as file:
            assert list(csv.reader(file)) == expected, arguments


def test_nothing_found_is_exit_code_1(table: Path, tmp_path: Path, thoth: Command) -> None:
    """As with `thoth open --find`; the file is there all the same."""
    done = thoth("export", table, "--to", tmp_path / "out.csv", "--find", "no such text")
    assert (done.returncode, done.stdout[:9]) == (1, "0 records")
    assert (tmp_path / "out.csv").read_text() == "name,size,remark\n"


def test_what_goes_wrong_is_said_in_a_sentence(table: Path, tmp_path: Path, thoth: Command) -> None:
    """With exit code 1, and nothing written."""
    there = tmp_path / "there.csv"
    there.write_text("mine")
    for arguments, said in (
        (["--to", there], "--force replaces it"),
        (["--to", table, "--force"], "the file that is being exported"),
        (
            ["--to", tmp_path / "x.foo"],
            "no exporter writes files ending in .foo; --with names one of: com.thoth.csv-export",
        ),
        (["--to", tmp_path / "x"], "no exporter can be told from the name"),
        (["--to", tmp_path / "x.csv", "--with", "com.none"], "no exporter is called com.none"),
        (
            ["--to", tmp_path / "x.csv", "--columns", "name,none"],
            "there is no column none; there are name, size, remark",
        ),
        (["--to", tmp_path / "x.csv", "--set", "delimiter=bar"], "'delimiter' is one of 'comma'"),
        (["--to", tmp_path / "none" / "x.csv"], "there is no folder"),
        (["--to", tmp_path / "x.csv", "--find", "(", "--regex"], "no regular expression"),
    ):
        done = thoth("export", table, *arguments)
        assert (done.returncode, done.stdout) == (1, ""), arguments
        assert said in done.stderr
        assert done.stderr.count("\n") == 1
    assert there.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["table.csv", "there.csv"]


def test_wrong_usage_is_exit_code_2(table: Path, thoth: Command) -> None:
    """With a sentence of what is wrong."""
    for arguments, said in (
        ([], "needs FILE and --to OUT"),
        ([table], "needs FILE and --to OUT"),
        ([table, "--to", "-"], "needs --with ID"),
        ([table, "--to", "x.csv", "--rows", "5-2"], "ends before it begins"),
        ([table, "--to", "x.csv", "--rows", "0"], "counted from 1"),
        ([table, "--to", "x.csv", "--rows", "-"], "is not A-B"),
        ([table, "--to", "x.csv", "--rows", "1", "--find", "a"], "exclude each other"),
        ([table, "--to", "x.csv", "--regex"], "--regex goes with --find"),
        ([table, "--to", "x.csv", "--set", "x"], "is not KEY=VALUE"),
    ):
        done = thoth("export", *arguments)
        assert (done.returncode, said in done.stderr) == (2, True), (arguments, done.stderr)


def test_exporters_are_listed_with_their_options(thoth: Command) -> None:
    """As they are to be typed."""
    done = thoth("export", "--list")
    assert done.returncode == 0
    assert (
        "com.thoth.csv-export  CSV (.csv)\n    delimiter=comma  Delimiter [comma, semicolon, tab, pipe]\n"
        in done.stdout
    )


def test_standard_output_gets_the_bytes_of_the_file_and_nothing_else(table: Path) -> None:
    """A pipe that is closed early is no error."""
    done = subprocess.run(
        command(table, "--to", "-", "--with", "csv", "--set", "line-end=CRLF"),
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    assert (done.stdout, done.stderr) == (table.read_bytes(), b"")
    piped = subprocess.run(
        f"{' '.join(command(table, '--to', '-', '--with', 'csv'))} | head -c 5",
        shell=True,
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    assert (piped.stdout, piped.stderr) == (b"name,", b"")


def test_an_interrupt_leaves_nothing_behind(large: Path, tmp_path: Path) -> None:
    """Neither a file nor a process."""
    process = subprocess.Popen(
        command(large, "--to", tmp_path / "out.csv"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    wait_for_part(tmp_path)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (130, b"thoth: interrupted\n")
    assert [path.name for path in tmp_path.iterdir()] == ["large.csv"]


def test_a_killed_server_leaves_no_half_file(large: Path, tmp_path: Path) -> None:
    """What it left is removed by the next export into that folder."""
    process = subprocess.Popen(
        command(large, "--to", tmp_path / "out.csv"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    part = wait_for_part(tmp_path)
    os.kill(int(part.split("-")[2]), signal.SIGKILL)
    _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, b"the server has ended" in said) == (1, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([part, "large.csv"])
    done = subprocess.run(
        command(large, "--to", tmp_path / "out.csv", "--rows", "1"), capture_output=True, timeout=PATIENCE, check=True
    )
    assert done.stderr == b""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["large.csv", "out.csv"]


def test_a_terminal_is_shown_progress(large: Path, tmp_path: Path) -> None:
    """On standard error, and gone at the end."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command(large, "--to", tmp_path / "out.csv"), stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    said = b""
    while True:
        try:
            got = os.read(ours, 65536)
        except OSError:  # how Linux says that nobody holds the other end
            break
        if not got:
            break
        said += got
    printed, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, printed[:25]) == (0, b"2,000,000 records written")
    assert b" records, " in said
    assert b" %  " in said
    assert said.endswith(b"\r\x1b[K")


def wait_for_part(folder: Path) -> str:
    """The name of the file that is being written."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = [path for path in folder.iterdir() if path.name.endswith(".part")]
        if found and found[0].stat().st_size:
            return found[0].name
        time.sleep(0.005)
    raise AssertionError("nothing is being written")
