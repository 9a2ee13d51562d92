"""The facade: from an installed plugin to rows."""

import asyncio
import json
import shutil
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from thoth_ls.documents.source import Query
from thoth_ls.errors import FileUnreadable, NoLoader, PluginInvalid, PluginNotFound
from thoth_ls.paths import Paths
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.runtime import PluginRuntime
from thoth_ls.runtime.sandbox import Sandbox

LINE_LOADER = Path(__file__).parent.parent.parent / "build" / "fixtures" / "line-loader.wasm"
MANIFEST = """
id = "{id}"
name = "Lines"
version = "0.1.0"
description = "A record a line"
author = "Tests"
capabilities = ["file-loader"]
[[file-loader]]
supported-extensions = ["{extension}"]
"""


class Stage:
    """A user's plugins and a runtime over them."""

    def __init__(self, root: Path) -> None:
        self.paths = Paths.under(root / "home")
        self.bundled = root / "bundled"
        self.files = root
        self.compiled: list[tuple[str, bool]] = []
        self.runtime = PluginRuntime(
            self.paths,
            Limits(),
            lambda plugin_id, level, text: None,
            lambda name, begins: self.compiled.append((name, begins)),
            bundled_folders=[self.bundled],
        )

    def install(
        self, plugin_id: str, extension: str = "txt", *, bundled: bool = False, any_extension: bool = False
    ) -> Path:
        """The line loader under another name."""
        assert LINE_LOADER.exists(), "build the fixtures first: make plugins"
        folder = (self.bundled if bundled else self.paths.plugins) / plugin_id
        folder.mkdir(parents=True)
        more = "any-extension = true\n" if any_extension else ""
        (folder / "plugin.toml").write_text(MANIFEST.format(id=plugin_id, extension=extension) + more)
        shutil.copy(LINE_LOADER, folder / "plugin.wasm")
        return folder

    def file(self, name: str, text: str = "one\ntwo\nthree\n") -> Path:
        """A file to open."""
        path = self.files / name
        path.write_text(text)
        return path


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage that is cleared afterwards."""
    stage = Stage(tmp_path)
    yield stage
    await stage.runtime.close()


async def test_a_file_is_opened_by_a_plugin_of_the_published_contract(stage: Stage) -> None:
    """From the name of the file to rows, in a sandbox that holds this file alone."""
    stage.install("org.example.lines")
    source = await stage.runtime.loaders.choose("notes.TXT", None).source(stage.file("notes.TXT"))
    assert (source.plugin_id, source.plugin_name, source.sandbox) == ("org.example.lines", "Lines", "file")
    progress = await source.open({})
    assert (progress.records, progress.done) == (3, True)
    assert [column.name for column in (await source.describe()).columns] == ["line"]
    assert json.loads(await source.page(1, 10)) == [["two"], ["three"]]
    assert (await source.find(Query("TH", match_case=False, whole_cell=False), 0, 10**6)).matches == [(2, 0)]
    assert (await source.cell(0, 0, 0, 100)).text == "one"
    await source.close()
    assert not any((stage.paths.temp / "open").iterdir())


async def test_loaders_are_chosen_by_extension(stage: Stage) -> None:
    """Compression is taken off the name first; bundled plugins go first, then the id decides."""
    stage.install("org.example.b", "csv")
    stage.install("org.example.a", "csv")
    stage.install("org.example.t", "txt")
    stage.install("org.example.z", "csv", bundled=True)
    choose = stage.runtime.loaders.choose
    for name in ("x.csv", "X.CSV", "x.csv.gz", "x.y.CSV.ZST", ".csv"):
        assert choose(name, None).plugin_id == "org.example.z"
    assert choose("x.csv", "org.example.b").plugin_id == "org.example.b"
    assert choose("x.unknown", "org.example.t").plugin_id == "org.example.t"
    assert choose("x.txt", None).extensions == ["txt"]
    for name in ("csv", "x.xlsx", "x.gz", ""):
        with pytest.raises(NoLoader, match="files ending in csv, txt can be opened"):
            choose(name, None)


async def test_candidates_come_in_the_order_they_are_tried_in(stage: Stage) -> None:
    """What a setting names, what is made for the extension, what judges by the content, and the rest."""
    stage.install("org.example.csv", "csv")
    stage.install("org.example.a")
    stage.install("org.example.b", any_extension=True)
    stage.install("org.example.c")

    def order(name: str) -> list[str]:
        return [f"{item.loader.plugin_id[12:]} {item.match}" for item in stage.runtime.loaders.candidates(name).items]

    assert order("x.TXT.gz") == ["a name", "b name", "c name", "csv other"]
    assert order("x.odd") == ["b content", "a other", "c other", "csv other"]
    assert stage.runtime.loaders.candidates("x.TXT.gz").extension == "txt"
    stage.runtime.loaders.preferred = {"txt": "org.example.c", "odd": "org.example.csv", "csv": "org.example.none"}
    assert order("x.txt") == ["c setting", "a name", "b name", "csv other"]
    assert order("x.odd") == ["csv setting", "b content", "a other", "c other"]
    assert stage.runtime.loaders.choose("x.odd", None).plugin_id == "org.example.csv"
    assert stage.runtime.loaders.candidates("x.txt").notes == []


async def test_a_setting_that_names_no_usable_plugin_costs_itself_alone(stage: Stage) -> None:
    """It becomes a note; the file opens as if it were not there."""
    stage.install("org.example.csv", "csv")
    stage.runtime.loaders.preferred = {"csv": "org.example.none"}
    found = stage.runtime.loaders.candidates("x.csv")
    assert found.items[0].loader.plugin_id == "org.example.csv"
    (note,) = found.notes
    assert note.startswith("The plugin that thoth.files.loaders names for .csv cannot be used: ")
    assert note.endswith("org.example.none: it is not installed.")


async def test_a_plugin_asked_for_has_to_be_usable(stage: Stage) -> None:
    """The answer says what is wrong with it."""
    (stage.install("org.example.broken") / "plugin.wasm").unlink()
    with pytest.raises(PluginNotFound, match=r"plugin org\.example\.none: it is not installed"):
        stage.runtime.loaders.choose("x.csv", "org.example.none")
    with pytest.raises(PluginInvalid, match=r"neither a plugin\.wasm nor"):
        stage.runtime.loaders.choose("x.csv", "org.example.broken")
    with pytest.raises(NoLoader, match="no plugin opens files"):
        stage.runtime.loaders.choose("x.txt", None)


async def test_all_plugins_are_listed_with_their_problems(stage: Stage) -> None:
    """And found anew when asked for."""
    stage.install("org.example.a")
    (stage.install("org.example.b") / "plugin.toml").write_text("api = '9'")
    assert [(plugin.id, plugin.problem is None) for plugin in stage.runtime.catalog.all] == [
        ("org.example.a", True),
        ("org.example.b", False),
    ]
    stage.install("org.example.c")
    assert len(stage.runtime.catalog.all) == 2
    stage.runtime.adopt(stage.runtime.discover())
    assert len(stage.runtime.catalog.all) == 3


async def test_a_plugin_is_compiled_once_for_all_who_wait(stage: Stage) -> None:
    """Opening three files at once compiles once, off the event loop, even if the first one gives up."""
    stage.install("org.example.lines")
    loader = stage.runtime.loaders.choose("x.txt", None)
    files = [stage.file(f"{n}.txt") for n in range(3)]
    tasks = [asyncio.create_task(loader.source(file)) for file in files]
    await asyncio.sleep(0)
    tasks[0].cancel()
    sources = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(sources[0], asyncio.CancelledError)
    assert [type(source).__name__ for source in sources[1:]] == ["PlainSource", "PlainSource"]
    assert stage.compiled == [("Lines", True), ("Lines", False)]


async def test_a_plugin_that_cannot_be_loaded_is_tried_again(stage: Stage) -> None:
    """A failure is not remembered: the file may have been put right."""
    wasm = stage.install("org.example.lines") / "plugin.wasm"
    loader = stage.runtime.loaders.choose("x.txt", None)
    wasm.write_bytes(b"nonsense")
    with pytest.raises(PluginInvalid, match="is not WebAssembly"):
        await loader.source(stage.file("x.txt"))
    shutil.copy(LINE_LOADER, wasm)
    await (await loader.source(stage.file("x.txt"))).close()


async def test_what_cannot_be_opened_leaves_nothing_behind(stage: Stage) -> None:
    """Neither a folder nor a thread."""
    before = set(threading.enumerate())  # a guest of another test may still be asleep inside the host
    stage.install("org.example.lines")
    with pytest.raises(FileUnreadable):
        await stage.runtime.loaders.choose("x.txt", None).source(stage.files)
    new = set(threading.enumerate()) - before
    assert not any(thread.name.startswith("plugin ") for thread in new)


async def test_an_open_withdrawn_while_the_link_is_made_leaves_no_link(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user's file must not stay linked after the tab was closed."""
    stage.install("org.example.lines")
    loader = stage.runtime.loaders.choose("x.txt", None)
    make = stage.runtime.sandboxes.make
    entered, go_on = threading.Event(), threading.Event()
    made: list[Path] = []

    def slowly(path: Path) -> Sandbox:
        entered.set()
        go_on.wait(20)
        sandbox = make(path)
        made.append(sandbox.folder)
        return sandbox

    monkeypatch.setattr(stage.runtime.sandboxes, "make", slowly)
    opening = asyncio.ensure_future(loader.source(stage.file("x.txt")))
    await asyncio.to_thread(entered.wait, 20)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    go_on.set()
    async with asyncio.timeout(20):
        while not made or made[0].exists():  # noqa: ASYNC110 - a folder does not tell
            await asyncio.sleep(0.01)


async def test_closing_the_runtime_ends_every_instance(stage: Stage) -> None:
    """Nothing runs on after the server was told to stop."""
    stage.install("org.example.lines")
    source = await stage.runtime.loaders.choose("x.txt", None).source(stage.file("x.txt"))
    await source.open({})
    running = [thread for thread in threading.enumerate() if thread.name == "plugin org.example.lines"]
    assert running
    await stage.runtime.close()
    for thread in running:
        await asyncio.to_thread(thread.join, 10)
        assert not thread.is_alive()


async def test_limits_can_change_for_what_comes_later(stage: Stage) -> None:
    """A setting changed while files are open holds for files opened afterwards."""
    stage.install("org.example.lines")
    loader = stage.runtime.loaders.choose("x.txt", None)
    before = await loader.source(stage.file("x.txt"))
    stage.runtime.limits = Limits(memory_bytes=1)
    await before.open({})
    after = await loader.source(stage.file("x.txt"))
    with pytest.raises(Exception, match="memory limit"):
        await after.open({})
