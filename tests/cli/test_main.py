"""`thoth`, from a terminal: one clear sentence when something is wrong, and the right exit code."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from thoth_ls.documents.processes import process_lives

PATIENCE = 60.0


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Folders of its own, and nothing that the terminal of whoever runs the tests would change."""
    return {**os.environ, "THOTH_HOME": str(tmp_path / "home"), "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A small file."""
    path = tmp_path / "table.csv"
    path.write_text("name,size\nMünchen,1\nTōkyō,2\n", encoding="utf-8")
    return path


def run_process(*arguments: str | bytes, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "thoth_ls.cli.main", *arguments],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=PATIENCE,
        check=False,
    )


def test_a_file_is_printed_as_a_table(table: Path, environment: dict[str, str]) -> None:
    """Columns, row count and rows; nothing on standard error."""
    done = run_process("open", str(table), **environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 rows, 2 columns" in done.stdout
    assert "München" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone.csv"], "gone.csv"),
        (["."], "folder"),
        (["table.csv", "--plugin", "no.such"], "no.such"),
        (["table.csv", "--option", "delimiter=many"], "delimiter"),
        (["table.csv", "--option", "encoding=klingon"], "klingon"),
        (["table.csv", "--option", "colour=red"], "colour"),
        (["table.csv", "--path", "$["], "no JSONPath"),
        (["table.csv", "--find", "(", "--regex"], "no regular expression"),
    ],
)
def test_what_fails_is_one_sentence(table: Path, thoth: Command, arguments: list[str], said: str) -> None:
    """Exit code 1 and one line that names the culprit."""
    arguments = [str(table.parent / item) if item in ("gone.csv", "table.csv", ".") else item for item in arguments]
    done = thoth("open", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("thoth: ")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rows", "many"], "'many' is not a whole number"),
        (["--rows", "-1"], "must be 0 or more"),
        (["--format", "xml"], "invalid choice: 'xml'"),
        (["--regex"], "--regex goes with --find"),
        (["--path", "$", "--whole-word"], "--whole-word goes with --find"),
        (["--find", "a", "--keys", "--values"], "exclude each other"),
        (["--find", "a", "--path", "$"], "not allowed with"),
        (["--limit", "5"], "--limit goes with --find or --path"),
        (["--find", "a", "--limit", "0"], "must be 1 or more"),
        (["--from", "x"], "'x' is not a whole number"),
        (["--from", "0"], "counted from 1"),
        (["--from", "9" * 30], "there are no rows so far down"),
        (["--option", "x"], "'x' is not KEY=VALUE"),
        (["--find", ""], "there is nothing to find in an empty text"),
        (["--find", b"\xff"], "is not text"),
        (["--option", b"delimiter=\xff"], "is not text"),
        (["--plugin", b"\xff"], "is not text"),
    ],
)
def test_wrong_usage_is_explained(table: Path, thoth: Command, arguments: list[str | bytes], said: str) -> None:
    """Exit code 2, and the last line says what is wrong with which argument."""
    done = thoth("open", str(table), *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_an_error_of_a_process_is_its_exit_code(table: Path, environment: dict[str, str]) -> None:
    """Once for what is wrong with the file, once for wrong usage."""
    failed = run_process("open", str(table), "--option", "colour=red", **environment)
    assert (failed.returncode, failed.stdout, failed.stderr.count("\n")) == (1, "", 1)
    wrong = run_process("open", str(table), "--rows", "many", **environment)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "Traceback" not in failed.stderr + wrong.stderr


def test_a_terminal_that_cannot_show_everything_gets_the_rest(table: Path, environment: dict[str, str]) -> None:
    """What its encoding lacks becomes a question mark."""
    done = run_process("open", str(table), **{**environment, "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "M?nchen" in done.stdout


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are text there")
def test_a_name_that_is_no_text_is_opened(table: Path, environment: dict[str, str]) -> None:
    """Names on disk may be any bytes."""
    odd = os.fsencode(table.parent) + b"/\xff.csv"
    Path(os.fsdecode(odd)).write_bytes(table.read_bytes())
    done = run_process("open", odd, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 rows" in done.stdout


def _big(folder: Path) -> Path:
    """A file that takes seconds to read."""
    path = folder / "big.csv"
    with path.open("w") as file:
        file.write("a,b\n")
        for _ in range(400):
            file.write('1,"x ""quoted"" y"\n' * 20_000)
    return path


def _heed_interrupts() -> None:
    """A shell that runs the tests in the background has told them to ignore Ctrl-C, which children inherit."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _start_reading(path: Path, environment: dict[str, str]) -> tuple[subprocess.Popen[str], int]:
    """The command, and its server's process id, once the server has begun to read the file."""
    process = subprocess.Popen(
        [sys.executable, "-m", "thoth_ls.cli.main", "open", str(path)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=_heed_interrupts if sys.platform != "win32" else None,
    )
    links = Path(environment["THOTH_HOME"]) / "temp" / "open"
    while process.poll() is None:
        found = list(links.glob("*-*/*")) if links.exists() else []
        if found:
            return process, int(found[0].parent.name.partition("-")[0])
        time.sleep(0.01)
    raise AssertionError(process.communicate())


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_an_interrupt_ends_command_and_server(tmp_path: Path, environment: dict[str, str]) -> None:
    """Exit code 130, one line, no traceback of either, and no process left behind."""
    process, server = _start_reading(_big(tmp_path), environment)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (130, "thoth: interrupted\n")
    assert not process_lives(server)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_server_that_dies_is_said(tmp_path: Path, environment: dict[str, str]) -> None:
    """Nobody waits for an answer that cannot come."""
    process, server = _start_reading(_big(tmp_path), environment)
    os.kill(server, signal.SIGKILL)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert said.startswith("thoth: the server has ended")
    assert said.count("\n") == 1
