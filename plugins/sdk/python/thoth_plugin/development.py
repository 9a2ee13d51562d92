"""Development builds: the program is read when an instance begins, and not when the component is made.

The builder's entry module of such a component calls `prepare` in place of importing the plugin. `thoth plugin dev` puts
the program where `FOLDER` is, and nothing else is there.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from thoth_plugin import log, ui
from thoth_plugin.definition import Info, Plugin, last_made
from thoth_plugin.errors import PluginError
from thoth_plugin.instance import Instance
from thoth_plugin.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from thoth_plugin.current import Host
    from thoth_plugin.nodes import Node

FOLDER: Final = "/plugin"
SOURCES: Final = f"{FOLDER}/src"
NOT_READ: Final = "src/main.py cannot be run"
"""How the log begins to tell of a program that is wrong; `thoth plugin dev` looks for it."""
_ABSENT: Final = frozenset(
    {"antigravity", "ensurepip", "idlelib", "lib2to3", "pydoc_data", "test", "this", "tkinter", "turtle", "turtledemo"}
    | {"venv", "_pyrepl", "__main__", "__phello__", "__hello__"}
)
"""Of the standard library: what does something when it is imported, or is of no use in a plugin."""


def prepare() -> None:
    """Imports all of the standard library and of this package that can be: later there is no way to."""
    for name in _everything(sys.stdlib_module_names - _ABSENT):
        with suppress(BaseException):  # what has no place in a sandbox fails in ways of its own
            importlib.import_module(name)
    package = importlib.import_module("thoth_plugin")
    for module in pkgutil.iter_modules(package.__path__, "thoth_plugin."):
        if module.name != "thoth_plugin.testing":
            importlib.import_module(module.name)


def begin(host: Host) -> Instance:
    """The instance of the program as it is now; of one that is wrong, an instance that says so wherever it is asked.

    Raises PluginError where there is no program.
    """
    info = _info()
    log.keep_sources({f"{SOURCES}/": "src/"}, [])
    sys.path.insert(0, SOURCES)
    try:
        importlib.import_module("main")
        plugin = last_made()
    except BaseException as error:  # noqa: BLE001 - whatever it is, its author is to read it
        said = f"{NOT_READ}: {type(error).__name__}: {error}"
        lines = "".join(_of_the_author(error)).replace(f'File "{SOURCES}/', 'File "src/').rstrip()
        host.write_log(f"error: {said}\n{lines}\n")
        return _Wrong(said, lines, host, info)
    return Instance(plugin.with_info(info), host)


def _info() -> Info:
    """What `plugin.toml` says; raises PluginError."""
    try:
        return Info(**json.loads(Path(FOLDER, "plugin.json").read_text("utf-8")))
    except Exception as error:
        said = f".build/development/plugin.json cannot be used: {type(error).__name__}: {error}"
        raise PluginError(f"{said}. `thoth plugin dev` makes it anew.") from error


def _everything(packages: Iterable[str]) -> Iterator[str]:
    """Modules, and those inside of packages."""
    for name in sorted(packages):
        yield name
        path = getattr(sys.modules.get(name), "__path__", None)
        if path is not None:
            inner = [module.name for module in pkgutil.iter_modules(path, f"{name}.")]
            yield from _everything(each for each in inner if not each.endswith((".__main__", ".tests")))


def _of_the_author(error: BaseException) -> list[str]:
    """The traceback from the author's first line on: how it came there is no business of theirs."""
    trace = error.__traceback__
    while trace is not None and not trace.tb_frame.f_code.co_filename.startswith(FOLDER):
        trace = trace.tb_next
    return traceback.format_exception(type(error), error, trace)


class _Wrong(Instance):
    """In place of a program that cannot be run."""

    def __init__(self, said: str, lines: str, host: Host, info: Info) -> None:
        def wrong() -> Any:
            raise PluginError(f"{said}. The traceback is in the plugin's log.")

        super().__init__(
            Plugin(
                panel=lambda: _WrongPanel(said, lines),
                loader=wrong,
                exporter=wrong,
                renderer=wrong,
                settings=wrong,
                producer=wrong,
                source=wrong,
                info=info,
            ),
            host,
        )
        self._wrong = wrong

    def cli_schema(self) -> str:
        """Raises PluginError."""
        self._wrong()
        return ""

    def cli_run(self, invocation: str) -> str:
        """Raises PluginError."""
        self._wrong()
        return ""


class _WrongPanel(Panel):
    """Shows what is wrong, and keeps the state for the program that comes next."""

    def __init__(self, said: str, lines: str) -> None:
        self._said = said
        self._lines = lines
        self._state: object = None

    def render(self) -> Node:
        """The traceback, in place of the panel."""
        return ui.column(
            ui.text(NOT_READ, variant="heading"),
            ui.text(self._said, color="error"),
            ui.code(self._lines, language="python"),
            ui.text("Once it is mended and saved, this panel is here again as it was.", variant="body-muted"),
            gap=8,
            padding=12,
        )

    def render_sidebar(self) -> Node:
        """The same."""
        return self.render()

    def save(self) -> object:
        """What was restored."""
        return self._state

    def restore(self, state: object) -> None:
        """Keeps it."""
        self._state = state
