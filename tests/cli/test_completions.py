"""Completion: what could come next, and the shells themselves, running the scripts they are given.

Tests of a shell that is not installed are skipped.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import install_counter

COUNTER = "org.thoth.fixture.counter"
PATIENCE = 60.0


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A home with a plugin that has commands and may run, and `thoth` on the path."""
    folder = tmp_path_factory.mktemp("completions")
    install_counter(folder / "home", COUNTER)
    script = folder / "bin" / "thoth"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m thoth_ls.cli.main "$@"\n')
    script.chmod(0o755)
    root = str(Path(__file__).parent.parent.parent)
    made = {**os.environ, "THOTH_HOME": str(folder / "home"), "HOME": str(folder), "PYTHONPATH": root}
    made |= {"PATH": f"{script.parent}{os.pathsep}{os.environ['PATH']}", "XDG_CONFIG_HOME": str(folder)}
    assert run(made, "thoth", "plugins", "grant", COUNTER, "headless").returncode == 0
    return made


def run(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """Runs a program to its end."""
    return subprocess.run(
        command,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
        cwd=environment["HOME"],
    )


def listed(environment: dict[str, str], *words: str) -> dict[str, str]:
    """What `thoth` says could come, with what it means."""
    done = run(environment, "thoth", "completions", "--list", "--", *words)
    assert (done.returncode, done.stderr) == (0, "")
    return dict(line.split("\t") for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["pl"], ["plugins", "plugin"]),
        (["cou"], ["counter"]),
        (["org."], [COUNTER]),
        (["counter", ""], ["greet", "count", "big", "nothing", "fail", "trap", "spin", "nonsense"]),
        (["counter", "co"], ["count"]),
        ([COUNTER, "co"], ["count"]),
        (["counter", "greet", "-"], ["-h", "--help", "--format", "--output-format", "-s", "--shout"]),
        (["counter", "greet", "--s"], ["--shout"]),
        (["counter", "greet", "--format", ""], ["table", "json", "csv", "ndjson"]),
        (["counter", "greet", "--format=c"], ["--format=csv"]),
        (["counter", "greet", "--format", "=", "c"], ["csv"]),
        (["counter", "greet", "--format", "="], ["table", "json", "csv", "ndjson"]),
        (["counter", "greet", "--shout", ""], ["-h", "--help", "--format", "--output-format", "-s", "--shout"]),
        (["counter", "greet", "--", "-"], []),
        (["counter", "unknown", ""], []),
        (["unknown", ""], []),
        (["open", ""], [":files"]),
        (["open", "x", "--plugin", "org"], [COUNTER]),
        (["open", "x", "--for"], ["--format"]),
        (["plugins", "in"], ["info"]),
        (["plugins", "info", "org"], [COUNTER]),
        (["plugins", "--json", "inf"], ["info"]),
        (["completions", ""], ["bash", "zsh", "fish"]),
        (["help", "counter", "co"], ["count"]),
        (["help", "cou"], ["counter"]),
    ],
)
def test_what_could_come_next(environment: dict[str, str], words: list[str], expected: list[str]) -> None:
    """Commands, plugins, their commands, options and values, as far as they are known."""
    assert list(listed(environment, *words)) == expected


def test_everything_is_offered_at_the_beginning_with_its_meaning(environment: dict[str, str]) -> None:
    """Thoth's own words and the plugins that have commands."""
    found = listed(environment, "")
    assert {"open", "info", "plugins", "completions", "help", "counter"} <= set(found)
    assert found["counter"] == "Greets, counts, and shows what happens when a command fails"


def test_nothing_is_started_for_a_completion(environment: dict[str, str]) -> None:
    """Once the commands are known, a completion is an answer from a file: no server, no plugin."""
    listed(environment, "")
    code = "import sys; from thoth_ls.cli.main import main; main(); assert not {'pydantic', 'pygls'} & set(sys.modules)"
    done = run(environment, sys.executable, "-c", code, "completions", "--list", "--", "counter", "")
    assert (done.returncode, done.stderr) == (0, "")
    assert "greet" in done.stdout


def shell(name: str) -> str:
    """A shell, or a skipped test."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


BASH = """
source <(thoth completions bash)
complete -p thoth
COMP_WORDS=({words})
COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
_thoth thoth "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD-1]}}"
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
ZSH = """
compdef() {{ print "compdef $*"; }}
compadd() {{ while [[ $1 != -a ]]; do shift; done; print -l -- "${{(@P)2}}"; }}
_files() {{ print files; }}
source <(thoth completions zsh)
words=({words})
CURRENT=$#words
_thoth
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("thoth cou", ["counter"]),
        ("thoth counter gre", ["greet"]),
        ("thoth counter greet --sh", ["--shout"]),
        ("thoth plugins info 'org'", [COUNTER]),
    ],
)
@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_shells_complete(environment: dict[str, str], name: str, words: str, expected: list[str]) -> None:
    """Each with the script it was given, run by the shell itself."""
    program = shell(name)
    if name == "bash":
        done = run(environment, program, "--norc", "-c", BASH.format(words=words))
        assert done.stdout.splitlines()[0] == "complete -F _thoth thoth"
        found = done.stdout.splitlines()[1:]
    elif name == "zsh":
        done = run(environment, program, "-f", "-c", ZSH.format(words=words))
        assert done.stdout.splitlines()[0] == "compdef _thoth thoth"
        found = done.stdout.splitlines()[1:]
    else:
        line = f"thoth completions fish | source; complete -C {words.replace(chr(39), '')!r}"
        done = run(environment, program, "--no-config", "-c", line)
        found = [line.split("\t")[0] for line in done.stdout.splitlines()]
    assert done.stderr == ""
    assert found == expected


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_shells_complete_names_of_files(environment: dict[str, str], name: str) -> None:
    """Where a file is wanted, the shell does what it does for files."""
    program = shell(name)
    Path(environment["HOME"], "numbers of mine.csv").write_text("a\n1\n")
    if name == "bash":
        assert (
            "numbers of mine.csv"
            in run(environment, program, "--norc", "-c", BASH.format(words="thoth open num")).stdout
        )
    elif name == "zsh":
        done = run(environment, program, "-f", "-c", ZSH.format(words="thoth open num"))
        assert done.stdout.splitlines()[1:] == ["files"]
    else:
        line = "thoth completions fish | source; complete -C 'thoth open num'"
        assert "numbers of mine.csv" in run(environment, program, "--no-config", "-c", line).stdout.replace("\\", "")


def test_a_command_goes_into_a_pipe_and_its_reader_may_leave(environment: dict[str, str]) -> None:
    """`| head` is no error."""
    done = run(environment, "sh", "-c", "thoth counter count 300000 | head -1; echo left")
    assert (done.stdout, done.stderr) == ('{"number":1,"even":false}\nleft\n', "")


def test_an_interrupt_ends_a_command_at_once(environment: dict[str, str]) -> None:
    """Ctrl-C while the plugin spins: 130, and nothing is left running."""
    process = subprocess.Popen(
        [sys.executable, "-c", SPINNING, "counter", "spin"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "asked\n"
    time.sleep(0.3)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 130
    assert time.monotonic() - began < 5
    assert process.stderr.read() == "thoth: interrupted\n"
    process.stderr.close()
    assert process.stdout is not None
    process.stdout.close()


SPINNING = """
import asyncio, sys
from thoth_ls.cli import main, session
from thoth_ls.lsp.client import ThothClient
connect, request = session.connect, ThothClient.request
session.connect = lambda settings: connect({**settings, "runtime": {"fuelPerCall": 10**15, "deadlineSeconds": 60}})
async def told(self, rpc, params=None):
    if rpc.method == "thoth/command/run":
        print("asked", file=sys.stderr, flush=True)
    return await request(self, rpc, params)
ThothClient.request = told
sys.exit(main.main())
"""
