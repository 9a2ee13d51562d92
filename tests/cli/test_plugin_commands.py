"""`thoth PLUGIN COMMAND …`: commands of plugins from a terminal."""

import asyncio
import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Command, SharedClient, _start, install_counter
from thoth_ls.cli import known_commands
from thoth_ls.cli.known_commands import read_known
from thoth_ls.paths import Paths

COUNTER = "org.thoth.fixture.counter"
RIVALS = ("org.example.twin", "com.example.twin")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plugin with commands, two whose ids end alike, and one that cannot be run."""
    folder = tmp_path_factory.mktemp("thoth-home")
    for plugin_id in (COUNTER, *RIVALS, "org.example.open"):
        install_counter(folder, plugin_id)
    (install_counter(folder, "org.example.broken") / "plugin.wasm").write_bytes(b"\0asm no component")
    return folder


@pytest.fixture(scope="module")
def shared(runner: asyncio.Runner, home: Path) -> Iterator[SharedClient]:
    """A server that knows these plugins."""
    client = SharedClient()
    runner.run(_start(client, str(home)))
    yield client
    runner.run(client.leave())


@pytest.fixture
def granted(thoth: Command) -> Command:
    """A terminal at which the plugin may be run."""
    assert thoth("plugins", "grant", COUNTER, "headless").returncode == 0
    return thoth


def test_a_plugin_needs_to_be_allowed_to_run_without_an_editor(thoth: Command) -> None:
    """The refusal says how to allow it; help needs no permission."""
    done = thoth("counter", "greet", "Ada")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"thoth plugins grant {COUNTER} headless" in done.stderr
    assert thoth("counter", "--help").returncode == 0
    assert thoth("plugins", "grant", COUNTER, "headless").returncode == 0
    assert thoth("counter", "greet", "Ada").stdout == '{"greeting":"Hello, Ada!"}\n'
    assert thoth("plugins", "deny", COUNTER, "headless").returncode == 0
    assert thoth("counter", "greet", "Ada").returncode == 1


def test_records_are_printed_in_the_format_that_is_asked_for(granted: Command) -> None:
    """A table for people; without rounding for everything else; all of them with every digit."""
    lines = granted("counter", "count", "3", "--from", "2").stdout
    assert lines == '{"number":2,"even":true}\n{"number":3,"even":false}\n'
    assert json.loads(granted("counter", "count", "3", "-f2", "--format", "json").stdout) == [
        json.loads(line) for line in lines.splitlines()
    ]
    assert granted("counter", "count", "3", "--from=2", "--format=csv").stdout == "number,even\r\n2,true\r\n3,false\r\n"
    table = granted("counter", "count", "3", "--format", "table").stdout.splitlines()
    assert [line.split() for line in (table[0], *table[2:])] == [
        ["number", "even"],
        *(["1", "1", "false"], ["2", "2", "true"], ["3", "3", "false"]),
    ]
    big = granted("counter", "big", "--format", "csv").stdout.splitlines()[1]
    assert big == "12345678901234567890,1.10,1e-400,123456789012345678901234567890.5"
    assert "123456789012345678901234567890.5" in granted("counter", "big", "--format", "table").stdout


def test_no_records_are_said_in_a_table_and_nothing_elsewhere(granted: Command) -> None:
    """Programs get what no records are in their format."""
    said = {form: granted("counter", "nothing", "--format", form).stdout for form in ("table", "json", "csv", "ndjson")}
    assert said == {"table": "No results.\n", "json": "[]\n", "csv": "", "ndjson": ""}


def test_what_a_command_returns_cannot_control_the_terminal(granted: Command) -> None:
    """Escape sequences and line ends become signs in a table; data stays data."""
    name = "A\x1b[2Jda\nB"
    table = granted("counter", "greet", name, "--format", "table").stdout
    assert "Hello, A�[2Jda↵B!" in table
    assert "\x1b" not in table
    assert json.loads(granted("counter", "greet", name).stdout) == {"greeting": f"Hello, {name}!"}
    rows = list(csv.reader(io.StringIO(granted("counter", "greet", name, "--format", "csv").stdout, newline="")))
    assert rows == [["greeting"], [f"Hello, {name}!"]]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["counter"], 2, "required: COMMAND"),
        (["counter", "gret"], 2, "invalid choice: 'gret'"),
        (["counter", "greet"], 2, "required: NAME"),
        (["counter", "greet", "a", "b"], 2, "unrecognized arguments: b"),
        (["counter", "greet", "a", "--sho"], 2, "unrecognized arguments: --sho"),
        (["counter", "count", "3", "--from"], 2, "expected one argument"),
        (["counter", "count", "3", "--format", "xml"], 2, "invalid choice: 'xml'"),
        (["counter", "greet", b"\xff"], 2, "is not text"),
        (["counter", "count", "three"], 1, "a number is needed, of digits only"),
        (["counter", "fail"], 1, "always fails"),
        (["counter", "trap"], 1, "crashed"),
        (["counter", "nonsense"], 1, "record 1 is not an object"),
        (["twin", "greet", "a"], 2, "com.example.twin or org.example.twin"),
        (["broken", "greet"], 1, "org.example.broken"),
        (["nobody"], 2, "no command and no plugin 'nobody'"),
        (["com.thoth.csv-loader", "x"], 1, "it has no commands"),
        (["help", "counter", "gret"], 2, "there is no command"),
        (["help", "nobody"], 2, "no command and no plugin"),
        (["completions", "tcsh"], 2, "invalid choice"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_a_code(
    granted: Command, arguments: list[str | bytes], code: int, said: str
) -> None:
    """2 for words that do not fit, 1 for what failed; never a traceback."""
    done = granted(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_plugin_is_called_by_its_id_or_the_end_of_it(granted: Command) -> None:
    """Whatever the letters' case; two that end alike by their ids only."""
    assert granted(COUNTER, "greet", "a").returncode == 0
    assert granted("Counter", "greet", "a").returncode == 0
    assert granted("plugins", "grant", "com.example.twin", "headless").returncode == 0
    assert granted("com.example.twin", "greet", "a").returncode == 0


def test_the_words_of_thoth_belong_to_thoth(granted: Command) -> None:
    """A plugin named `open` is called by its id."""
    assert "FILE" in granted("open", "--help").stdout
    assert "thoth org.example.open" in granted("org.example.open", "--help").stdout
    assert "org.example.open" in granted("help").stdout


def test_help_is_made_of_what_the_plugin_says(granted: Command) -> None:
    """Commands, arguments and examples; the same by `help` and by `--help`."""
    listed = granted("help").stdout
    assert "counter " in listed
    assert "com.example.twin " in listed
    plugin = granted("help", "counter")
    assert (plugin.returncode, plugin.stdout) == (0, granted("counter", "--help").stdout)
    assert "Counts to a number, a record each" in plugin.stdout
    command = granted("help", "counter", "greet").stdout
    assert command == granted("counter", "greet", "--help").stdout
    for said in ("NAME", "Whom to greet", "-s, --shout", "thoth counter greet Ada", "--format {table,json,csv,ndjson}"):
        assert said in command
    assert granted("help", "open").stdout == granted("open", "--help").stdout


def test_a_plugin_that_is_switched_off_is_not_offered(granted: Command) -> None:
    """But said to be, where somebody calls it."""
    assert granted("plugins", "disable", "org.example.open").returncode == 0
    assert "org.example.open" not in granted("help").stdout
    done = granted("org.example.open", "greet", "a")
    assert (done.returncode, done.stdout) == (2, "")
    assert "thoth plugins enable org.example.open" in done.stderr
    assert granted("plugins", "enable", "org.example.open").returncode == 0
    assert "org.example.open" in granted("help").stdout


def test_of_two_plugins_of_one_id_the_one_that_is_used_is_called(granted: Command, home: Path) -> None:
    """The other one is listed, and stands in nobody's way."""
    shadow = install_counter(home, COUNTER, "shadow")
    try:
        assert granted("plugins", "reload", COUNTER).returncode == 0
        assert granted("plugins").stdout.count(COUNTER) >= 2
        assert granted("counter", "greet", "a").returncode == 0
    finally:
        shutil.rmtree(shadow)
        granted("plugins", "reload", COUNTER)


def test_commands_are_kept_until_the_plugin_is_another(
    granted: Command, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Help starts no plugin a second time; a plugin that changed is asked again, and it alone."""
    granted("help")
    paths = Paths.under(home)
    kept = read_known(paths)
    assert kept is not None
    assert [plugin.problem is None for plugin in kept.named("counter")] == [True]
    manifest = home / "data" / "plugins" / COUNTER / "plugin.toml"
    text = manifest.read_text("utf-8")
    manifest.write_text(text.replace("Greets, counts", "Counts, greets"), "utf-8")
    assert read_known(paths) is None
    (paths.cache / "commands.json").write_text('{"version": "0", "plugins": 5', "utf-8")
    assert read_known(paths) is None
    granted("help")
    assert read_known(paths) is not None
    manifest.write_text(text, "utf-8")
    monkeypatch.setattr(known_commands, "__version__", "99")
    assert read_known(paths) is None
