"""`file-dialog`: a plugin gets the one file a person picked, and what it says in the dialog is harmless."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.catalog.plugins import found
from tests.clock import Clock
from tests.manager.host_calls import FakeCaller, call
from thoth_ls.calling import INVALID, IO_FAILED, NOT_ALLOWED, TOO_MANY, HostRefusal
from thoth_ls.catalog.plugin import Plugin
from thoth_ls.manager import dialogs as dialogs_module
from thoth_ls.manager.dialogs import PATIENCE, REST_SECONDS, FileDialogs
from thoth_ls.wire.dialogs import FileDialogParams


class Person:
    """Picks what the test says; None cancels."""

    def __init__(self) -> None:
        self.picks: Path | str | None = None
        self.shown: list[FileDialogParams] = []
        self.at_once = 0
        self.gate: asyncio.Event | None = None
        self.withdrawn = 0

    async def __call__(self, params: FileDialogParams) -> str | None:
        self.shown.append(params)
        self.at_once += 1
        assert self.at_once == 1, "one dialog at a time"
        try:
            if self.gate is not None:
                await self.gate.wait()
        except asyncio.CancelledError:
            self.withdrawn += 1
            raise
        finally:
            self.at_once -= 1
        return self.picks.as_uri() if isinstance(self.picks, Path) else self.picks


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def clock() -> Clock:
    return Clock(0)


@pytest.fixture
async def dialogs(person: Person, clock: Clock) -> FileDialogs:
    return FileDialogs(person, clock)


@pytest.fixture
def plugin(tmp_path: Path) -> Plugin:
    return found(tmp_path / "plugin", {"file-dialog": {"reason": "r"}})


@pytest.fixture
def functions(dialogs: FileDialogs, plugin: Plugin) -> Any:
    return dialogs.imports(plugin, FakeCaller())


async def test_the_file_that_was_picked_is_read(functions: Any, person: Person, tmp_path: Path) -> None:
    person.picks = tmp_path / "grüße #1.sql"
    person.picks.write_text("select 'ä'", "utf-8")
    opened = await call(functions["open-file"], "Query to run", ["sql", ".txt"])
    assert opened == {"path": str(person.picks), "contents": "select 'ä'"}
    (shown,) = person.shown
    assert shown == FileDialogParams(
        mode="open", plugin_name="Example", title="Query to run", default_name="", extensions=["sql", "txt"]
    )


async def test_what_is_saved_is_written_where_the_person_said(functions: Any, person: Person, tmp_path: Path) -> None:
    person.picks = tmp_path / "there" / "out.csv"
    person.picks.parent.mkdir()
    person.picks.write_text("before")
    assert await call(functions["save-file"], "Save", "out.csv", ["csv"], "a,ä\n") == str(person.picks)
    assert person.picks.read_bytes() == "a,ä\n".encode()
    assert person.shown[0].default_name == "out.csv"


async def test_cancelling_is_no_error_and_touches_nothing(functions: Any, person: Person, tmp_path: Path) -> None:
    assert await call(functions["open-file"], "", []) is None
    assert await call(functions["save-file"], "", "x", [], "text") is None
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240


async def test_what_the_plugin_says_cannot_pass_for_our_words(
    dialogs: FileDialogs, person: Person, tmp_path: Path
) -> None:
    plugin = found(tmp_path, {}, name="Thoth\u202e asks")
    functions = dialogs.imports(plugin, FakeCaller())
    await call(functions["save-file"], "a\n\u202eb" + "x" * 500, "../../etc\\pass\0wd", [], "")
    (shown,) = person.shown
    assert (shown.plugin_name, shown.default_name) == ("Thoth asks", "pass wd")
    assert shown.title.startswith("a b")
    assert len(shown.title) == 200


@pytest.mark.parametrize("name", ["..", ".", "", "C:", "a/", "/"])
async def test_a_name_that_is_none_is_left_out(functions: Any, person: Person, name: str) -> None:
    await call(functions["save-file"], "", name, [], "")
    assert person.shown[0].default_name == ""


@pytest.mark.parametrize("extensions", [["*"], [""], ["a b"], ["../x"], ["x"] * 51, ["x" * 200]])
async def test_extensions_that_are_none_are_refused(functions: Any, person: Person, extensions: list[str]) -> None:
    with pytest.raises(HostRefusal) as told:
        await call(functions["open-file"], "", extensions)
    assert told.value.code == INVALID
    assert person.shown == []


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_bytes(b"\xff\xfe"), "is not text in UTF-8"),
        (lambda path: path.mkdir(), "is not a file|cannot be read"),
        (lambda path: None, "cannot be read"),
        (lambda path: path.write_bytes(b"x" * 2_000_000), "is larger than 1 MiB"),
    ],
)
async def test_what_cannot_be_read_is_told(
    functions: Any,
    person: Person,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Path], Any],
    said: str,
) -> None:
    monkeypatch.setattr(dialogs_module, "MOST_BYTES", 1 << 20)
    person.picks = tmp_path / "picked"
    make(person.picks)
    with pytest.raises(HostRefusal, match=said) as told:
        await call(functions["open-file"], "", [])
    assert told.value.code == IO_FAILED


async def test_too_much_to_save_is_said_before_anybody_is_asked(
    functions: Any, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs_module, "MOST_BYTES", 3)
    with pytest.raises(HostRefusal, match="4 bytes are too much to save: 3 are allowed") as told:
        await call(functions["save-file"], "", "x", [], "üü")
    assert told.value.code == INVALID
    assert person.shown == []


async def test_only_files_of_this_machine_are_taken(functions: Any, person: Person) -> None:
    for uri in ("vscode-vfs://github/x", "http://example.org/x", "file://elsewhere/x"):
        person.picks = uri
        with pytest.raises(HostRefusal, match=r"only files on disk|on another machine"):
            await call(functions["open-file"], "", [])


async def test_where_nobody_can_be_asked_that_is_said(plugin: Plugin) -> None:
    with pytest.raises(HostRefusal, match="nobody to ask for a file") as told:
        await call(FileDialogs(None).imports(plugin, FakeCaller())["open-file"], "", [])
    assert told.value.code == NOT_ALLOWED


async def test_dialogs_wait_for_each_other(dialogs: FileDialogs, person: Person, plugin: Plugin) -> None:
    person.gate = asyncio.Event()
    asking = [asyncio.create_task(dialogs.pick(plugin, "open", str(number))) for number in range(3)]
    await asyncio.sleep(0)
    person.gate.set()
    assert await asyncio.gather(*asking) == [None] * 3
    assert [shown.title for shown in person.shown] == ["0", "1", "2"]


async def test_a_guest_that_is_stopped_takes_its_dialog_back(
    dialogs: FileDialogs, person: Person, plugin: Plugin
) -> None:
    person.gate = asyncio.Event()
    caller = FakeCaller()
    running = asyncio.create_task(call(dialogs.imports(plugin, caller)["open-file"], "", []))
    async with asyncio.timeout(5):
        while not person.shown:  # noqa: ASYNC110 - it is asked for on a thread
            await asyncio.sleep(0.01)
    caller.stop()
    with pytest.raises(HostRefusal, match="was ended"):
        await running
    async with asyncio.timeout(5):
        while not person.withdrawn:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert caller.waited == [None]


async def test_a_plugin_that_asks_again_and_again_gets_a_rest(
    dialogs: FileDialogs, person: Person, clock: Clock, plugin: Plugin, tmp_path: Path
) -> None:
    """Each plugin by itself; a file that is picked begins anew."""
    other = found(tmp_path / "other", {}, plugin_id="org.example.other")
    for _ in range(PATIENCE - 1):
        await dialogs.pick(plugin, "open", "")
    person.picks = tmp_path / "x"
    await dialogs.pick(plugin, "open", "")
    person.picks = None
    for _ in range(PATIENCE):
        await dialogs.pick(plugin, "open", "")
    before = len(person.shown)
    with pytest.raises(HostRefusal, match="were cancelled; the next may be shown in 60 s") as told:
        await dialogs.pick(plugin, "save", "")
    assert told.value.code == TOO_MANY
    assert len(person.shown) == before
    await dialogs.pick(other, "open", "")
    clock.now += REST_SECONDS
    assert await dialogs.pick(plugin, "open", "") is None
