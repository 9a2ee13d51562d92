"""The built exporters, driven as exports drive them, with far less memory than a user's setting allows."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from thoth_ls.paths import Paths
from thoth_ls.runtime.instance import PluginInstance
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.marshal import Case
from thoth_ls.runtime.runtime import PluginRuntime

MEMORY = 128 << 20
Options = dict[str, str]


class Exporters:
    """One instance of each exporter. Calls run to their end before they return."""

    def __init__(self, folder: Path) -> None:
        self._runner = asyncio.Runner()
        self._runtime = PluginRuntime(Paths.under(folder), Limits(memory_bytes=MEMORY), lambda *_: None)
        self._instances: dict[str, PluginInstance] = {}

    def call(self, name: str, interface: str, function: str, *arguments: Any) -> Any:
        """Any export of the plugin `com.thoth.<name>-export`."""
        if name not in self._instances:
            plugin = self._runtime.catalog.get(f"com.thoth.{name}-export")
            assert plugin is not None, "build the plugins first: make plugins"
            self._instances[name] = self._runner.run(self._runtime.instance(plugin))
        return self._runner.run(self._instances[name].call(interface, function, *arguments))

    def stream(
        self,
        name: str,
        columns: Sequence[str | tuple[str, str]],
        items: Sequence[Any],
        options: Options | None = None,
        step: int = 3,
    ) -> str:
        """The file made of rows or records given `step` at a time: values, or `Raw` JSON text."""
        pairs = list((options or {}).items())
        described = [
            {"name": c, "type": "text"} if isinstance(c, str) else dict(zip(("name", "type"), c, strict=True))
            for c in columns
        ]
        pieces = [self.call(name, "streaming-exporter", "begin", json.dumps(described, ensure_ascii=False), pairs)]
        for at in range(0, len(items), step):
            text = f"[{','.join(map(encode, items[at : at + step]))}]"
            pieces.append(self.call(name, "streaming-exporter", "write", text))
        pieces.append(self.call(name, "streaming-exporter", "finish"))
        assert all(isinstance(piece, Case) and piece.name == "text" for piece in pieces)
        return "".join(piece.value for piece in pieces)

    def whole(
        self, name: str, columns: Sequence[str], rows: Sequence[Sequence[str]], options: Options | None = None
    ) -> str:
        """The file the published interface makes of a table."""
        text = json.dumps({"columns": columns, "rows": rows}, ensure_ascii=False)
        made = self.call(name, "exporter", "run", text, list((options or {}).items()))
        return bytes(made).decode()

    def close(self) -> None:
        self._runner.run(self._runtime.close())
        self._runner.close()


class Raw(str):
    """JSON text, to be passed on as it is."""

    __slots__ = ()


def encode(item: Any) -> str:
    """A value as JSON text; of rows with `Raw` cells, these as they are."""
    if isinstance(item, Raw):
        return item
    if isinstance(item, list):
        return f"[{','.join(map(encode, item))}]"
    return json.dumps(item, ensure_ascii=False)


@pytest.fixture(scope="session")
def exporters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exporters]:
    """The plugins as `make plugins` built them."""
    made = Exporters(tmp_path_factory.mktemp("exporters"))
    yield made
    made.close()
