"""Plugins in Python as `thoth plugin dev` runs them, in one component for all: every template, and what goes wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.authoring.conftest import ROOT
from thoth_ls.authoring.building.development import development_component, install_development, put_program
from thoth_ls.authoring.building.kit import Kit
from thoth_ls.authoring.building.sources import sources_of
from thoth_ls.authoring.starting import KINDS, Kind, Start, start
from thoth_ls.catalog.development import program_folder
from thoth_ls.catalog.manifest import Capability
from thoth_ls.errors import PluginRefused, ThothError
from thoth_plugin.testing.real import RealHost

KIT = Kit.beside(ROOT, ROOT / "build")
KEPT = ROOT / "build" / "harness"
"""What is compiled is kept there, for other tests and the next run."""


@pytest.fixture(scope="module")
def component(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A development build that exports what any kind needs: made once for all of them."""
    folder = tmp_path_factory.mktemp("everything")
    start(Start(folder, "Everything", "loader"))
    manifest = (folder / "plugin.toml").read_text()
    every = [str(capability) for capability in Capability if capability != "theme"]
    manifest = manifest.replace('["file-loader"]', json.dumps(every))
    (folder / "plugin.toml").write_text(f'{manifest}[exporter]\noutput_extension = "txt"\n')
    return development_component(sources_of(folder), KIT)


Hosting = Callable[..., AbstractContextManager[RealHost]]


@pytest.fixture
def hosting(component: Path, tmp_path: Path) -> Hosting:
    """Hosts a plugin of a kind, a new one or one with other files in its `src/`."""

    @contextmanager
    def host(kind: Kind, files: Mapping[str, str] = {}) -> Iterator[RealHost]:
        written, folder = tmp_path / "written", tmp_path / "plugin"
        start(Start(written, 'Odd "Name" Ä', kind, author='O\'Hara "X"'))
        for name, text in files.items():
            (written / "src" / name).write_text(text)
        folder.mkdir()
        shutil.copy(written / "plugin.toml", folder)
        put_program(sources_of(written), folder)
        (program_folder(folder) / "src" / "leak.txt").symlink_to(written / "plugin.toml")
        install_development(component, folder)
        with RealHost(folder, kept=KEPT) as running:
            yield running

    return host


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "theme"])
def test_every_template_in_python_runs_in_the_real_host(hosting: Hosting, tmp_path: Path, kind: Kind) -> None:
    """As a component, by the way the editor takes."""
    with hosting(kind) as host:
        CHECKS[kind](host, tmp_path)


def test_a_program_that_is_wrong_is_shown_in_its_panel(hosting: Hosting) -> None:
    """With the traceback from its own first line on; its state waits for the program that comes next."""
    with hosting("panel", {"main.py": "import json\nfrom other import x\n", "other.py": "x = 1\ny = z\n"}) as host:
        panel = host.open(state={"count": 3})
        assert "src/main.py cannot be run" in panel.text
        assert "NameError: name 'z' is not defined" in panel.text
        assert 'File "src/other.py", line 2' in panel.text
        assert "importlib" not in panel.text
        assert panel.state() == {"count": 3}
        assert 'File "src/main.py", line 2' in host.log


def test_a_program_that_cannot_be_read_is_shown_with_its_place(hosting: Hosting) -> None:
    """In commands as well."""
    with hosting("command", {"main.py": "def greet(:\n"}) as host:
        with pytest.raises(ThothError, match=r"src/main.py cannot be run: SyntaxError: invalid syntax"):
            host.run("greet", name="Ada")
        assert 'File "src/main.py", line 1' in host.log


LOOK = """
import os

import thoth_plugin as thoth

@thoth.command("look", "Looks around")
def look():
    import fractions, xml.etree.ElementTree
    found = {"root": ",".join(sorted(os.listdir("/plugin"))), "half": str(fractions.Fraction(1, 2))}
    for path in ("/plugin/../plugin.toml", "/plugin/src/leak.txt", "/etc/passwd", "/"):
        try:
            found[path] = open(path).read()
        except OSError as error:
            found[path] = type(error).__name__
    try:
        open("/plugin/src/main.py", "w")
    except OSError as error:
        found["writing"] = type(error).__name__
    return found

thoth.plugin(commands=[look])
"""


def test_a_guest_may_read_its_program_and_nothing_else(hosting: Hosting) -> None:
    """Neither what is beside it nor what a link leads to, and write nothing; late imports find all of Python."""
    with hosting("command", {"main.py": LOOK}) as host:
        (found,) = host.run("look")
    assert (found.pop("root"), found.pop("half")) == ("plugin.json,src", "1/2")
    assert set(found) == {"/plugin/../plugin.toml", "/plugin/src/leak.txt", "/etc/passwd", "/", "writing"}
    assert all(told.endswith("Error") for told in found.values()), found


WRONG = """
import thoth_plugin as thoth

def wrong(*given, **named):
    {act}

def spoilt(base):
    own = {{name: wrong for name, value in vars(base).items() if callable(value) and not name.startswith("_")}}
    return type("Spoilt", (base,), own | dict.fromkeys(("extensions", "name", "extension", "feed"), 5))

thoth.plugin(
    panel=spoilt(thoth.Panel), loader=spoilt(thoth.Loader), exporter=spoilt(thoth.Exporter), settings=wrong,
    renderer=spoilt(thoth.Renderer), source=spoilt(thoth.DataSource), producer=wrong,
    commands=[thoth.command("go", "Goes")(wrong)],
)
"""
WRONG_VALUES = ("None", "5", "'x'", "[wrong]")
EVENT = {"widget_id": "a", "kind": "click", "value": ""}
EXPORTS: dict[str, dict[str, list[Any]]] = {
    "plugin-meta": {"get-info": []},
    "plugin-settings": {"render-settings": []},
    "plugin-cli": {"schema": [], "run": ['{"subcommand":"go","values":{}}']},
    "ui-component": {"render-ui": [], "handle-event": [EVENT], "render-sidebar": []},
    "tab-host": {"tab-title": [], "tab-icon": [], "get-state": [], "init-with-state": ["{}"], "on-tab-focused": []}
    | {"on-tab-blurred": [], "on-tab-closed": []},
    "file-loader": {"supported-extensions": [], "open": ["/data/x"], "get": [0], "get-range": [0, 1], "raw-bytes": [0]},
    "file-viewer": {"preferred-display": [], "render-record": ["{}"], "column-headers": []},
    "exporter": {"name": [], "output-extension": [], "available-options": [], "run": ['{"columns":[],"rows":[]}', []]},
    "streaming-exporter": {"wants": [[]], "begin": ["[]", []], "write": ["[]"], "finish": []},
    "data-renderer": {"name": [], "render": ['{"columns":[],"rows":[]}']},
    "data-producer": {"provide-dataset": []},
    "data-source": {"required-config": [], "connect": [[]], "schema": ["h"], "query": ["h", "q"], "close": ["h"]}
    | {"render-pane": ["h"]},
    "plugin-lifecycle": {"on-setting-change": ["[]"], "on-close": []},
}


@pytest.mark.parametrize(
    "act", ["raise ValueError('on purpose')", "return None", "return 5", "return 'x'", "return [wrong]"]
)
def test_no_export_ends_its_instance(hosting: Hosting, act: str) -> None:
    """Whatever the author's methods raise or return: it is refused with a sentence, or has no effect, and is logged."""
    with hosting("panel", {"main.py": WRONG.format(act=act)}) as host:

        async def call_all() -> list[str]:
            runtime = host.server.services.runtime
            instance = await runtime.instance(runtime.catalog.runnable(host.plugin_id))
            assert instance.exports == EXPORTS.keys()
            said = []
            for interface, functions in EXPORTS.items():
                for function, arguments in functions.items():
                    try:
                        await instance.call(interface, function, *arguments)
                    except PluginRefused as refused:
                        said.append(str(refused))
            await instance.close()
            return said

        said = host.server.call(call_all())
        assert said
        if act.startswith("raise"):
            assert host.log.count("ValueError: on purpose") >= 20
            assert 'File "src/main.py", line 5, in wrong' in host.log
            assert any("write" in each or "writing" in each for each in said)
        elif act == "return None":
            assert any("has to return text (str) or bytes, not None: is a `return` missing?" in each for each in said)
            assert any("open has to return a whole number (int), not None" in each for each in said)


def panel(host: RealHost, folder: Path) -> None:
    """It counts, and goes on where it was."""
    opened = host.open()
    opened.click("more")
    assert 'Odd "Name" Ä' in opened.title
    assert "Clicked 1 times" in host.open(state=opened.state()).text


def loader(host: RealHost, folder: Path) -> None:
    """A record a line."""
    file = folder / "a.oddname"
    file.write_bytes(b"one\n\xc3\xa4")
    opened = host.open_file(file)
    assert (opened.columns, opened.records) == (["line"], [{"line": "one"}, {"line": "ä"}])


def exporter(host: RealHost, folder: Path) -> None:
    """Options as well."""
    assert host.export([{"a": 1, "b": "x"}, {"a": 2}]) == b"a: 1\nb: x\n\na: 2\nb: \n\n"
    assert host.export([{"a": 1}], separator="=") == b"a=1\n\n"


def renderer(host: RealHost, folder: Path) -> None:
    """Cells that hold something."""
    assert "1 of 2" in host.render([{"a": 1}, {"b": "x"}]).text


def command(host: RealHost, folder: Path) -> None:
    """Its records."""
    assert host.run("greet", name="Ada", shout=True) == [{"greeting": "HELLO, ADA!"}]


CHECKS: dict[str, Callable[[RealHost, Path], None]] = {
    check.__name__: check for check in (panel, loader, exporter, renderer, command)
}
