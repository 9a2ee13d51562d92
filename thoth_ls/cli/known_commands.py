"""The commands of plugins as they were last told, so that help and completion need not run the plugins.

They are kept in Thoth's cache folder with the hash of each plugin. What is kept is believed while no file that decides
it has changed; after that, only plugins whose hash is another are asked again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thoth_ls import __version__
from thoth_ls.paths import Paths, private

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from thoth_ls.lsp.client import ThothClient
    from thoth_ls.wire.plugins import PluginInfo

CLI = "cli"
MAX_BYTES = 64 << 20
CODE = ("plugin.toml", "plugin.wasm")
"""What decides which commands a plugin has."""
Stamp = list[int] | None


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a command, as in `wire.commands.CommandArgument`."""

    id: str
    help: str
    required: bool
    kind: str
    long: str | None
    short: str | None
    value_name: str | None


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a plugin."""

    name: str
    about: str
    arguments: list[Argument]
    examples: list[str]


@dataclass(frozen=True, slots=True)
class KnownPlugin:
    """One installed plugin and its commands, of which those without the capability have none."""

    id: str
    name: str
    description: str
    state: str
    digest: str | None = None
    problem: str | None = None
    """Why its commands cannot be told."""
    commands: list[Command] = field(default_factory=list)
    runs: bool = False
    """Whether it is made to be run from the command line."""


@dataclass(frozen=True, slots=True)
class Known:
    """All installed plugins, by id."""

    plugins: list[KnownPlugin]

    def named(self, word: str) -> list[KnownPlugin]:
        """The plugins of that id, or whose id ends in that part."""
        exact = [plugin for plugin in self.plugins if plugin.id.lower() == word.lower()]
        return exact or [plugin for plugin in self.plugins if plugin.runs and last_part(plugin.id) == word.lower()]

    def words(self, taken: Iterable[str]) -> dict[str, KnownPlugin]:
        """How to call each plugin with commands: by the last part of its id where nothing else is called so."""
        runs = [plugin for plugin in self.plugins if plugin.runs and plugin.state != "disabled"]
        parts = [last_part(plugin.id) for plugin in runs]
        free = {part for part in parts if parts.count(part) == 1} - set(taken)
        return {part if (part := last_part(plugin.id)) in free else plugin.id: plugin for plugin in runs}


def last_part(plugin_id: str) -> str:
    """`counter` of `com.example.Counter`."""
    return plugin_id.rpartition(".")[2].lower()


def read_known(paths: Paths) -> Known | None:
    """What is kept and still true; None where nothing is. Takes milliseconds and starts nothing."""
    kept = _read(paths)
    if kept is None or any(_stamp(path) != stamp for path, stamp in kept["watched"].items()):
        return None
    return Known([_plugin(plugin) for plugin in kept["plugins"]])


async def ask_known(client: ThothClient, paths: Paths) -> Known:
    """What the server says, which is kept; plugins that are what they were are not run."""
    from thoth_ls.lsp.client import RequestFailed
    from thoth_ls.wire.commands import ListCommandsParams
    from thoth_ls.wire.methods import COMMANDS, PLUGINS

    kept = _read(paths)
    earlier = {plugin["digest"]: _plugin(plugin) for plugin in kept["plugins"]} if kept is not None else {}
    infos: Sequence[PluginInfo] = (await client.request(PLUGINS)).plugins
    usable = {info.id.lower() for info in infos if info.state != "unusable"}
    watched = {path: _stamp(path) for path in _watched(paths, infos)}  # before they are asked: later changes are seen
    found: list[KnownPlugin] = []
    for info in infos:
        if info.state == "unusable" and info.id.lower() in usable:
            continue  # another one of the same id is used instead
        runs = CLI in info.capabilities
        known = KnownPlugin(info.id, info.name, info.description, info.state, problem=info.problem, runs=runs)
        if runs and info.state == "enabled":
            digest = _digest(info)
            before = earlier.get(digest)
            if before is not None and before.problem is None:
                commands, problem = before.commands, None
            else:
                try:
                    answer = await client.request(COMMANDS, ListCommandsParams(plugin_id=info.id))
                    commands, problem = [_command(item.model_dump()) for item in answer.commands], None
                except RequestFailed as error:
                    commands, problem = [], str(error)
            known = KnownPlugin(info.id, info.name, info.description, info.state, digest, problem, commands, runs)
        found.append(known)
    _write(paths, {"version": __version__, "watched": watched, "plugins": [asdict(plugin) for plugin in found]})
    return Known(found)


def _watched(paths: Paths, infos: Iterable[PluginInfo]) -> list[str]:
    """Files and folders that change whenever something else would be told."""
    folders = [Path(info.folder) for info in infos]
    roots = {*(folder.parent for folder in folders), paths.plugins}
    state = [paths.state / name for name in ("plugins.json", "permissions.json")]
    code = [folder / name for folder in folders for name in CODE]
    return sorted(str(path) for path in {*roots, *state, *code})


def _stamp(path: str) -> Stamp:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return [found.st_mtime_ns, found.st_size, found.st_ino]


def _digest(info: PluginInfo) -> str:
    made = hashlib.sha256(info.id.encode())
    for name in CODE:
        with contextlib.suppress(OSError):
            made.update(Path(info.folder, name).read_bytes())
    return made.hexdigest()


def _file(paths: Paths) -> Path:
    return paths.cache / "commands.json"


def _read(paths: Paths) -> dict[str, Any] | None:
    try:
        with _file(paths).open("rb") as file:
            kept = json.loads(file.read(MAX_BYTES))
        fits = kept["version"] == __version__ and all(
            isinstance(_plugin(item), KnownPlugin) for item in kept["plugins"]
        )
        return kept if fits and isinstance(kept["watched"], dict) else None
    except (OSError, ValueError, RecursionError, TypeError, KeyError, AttributeError):
        return None  # not there, or of another version: it is made anew


def _write(paths: Paths, kept: dict[str, Any]) -> None:
    """Replaces the file as a whole; a cache that cannot be written is only slow."""
    with contextlib.suppress(OSError):
        private(paths.cache)
        temporary = _file(paths).with_suffix(f".{os.getpid()}.tmp")
        temporary.write_text(json.dumps(kept), "utf-8")
        temporary.replace(_file(paths))


def _plugin(kept: dict[str, Any]) -> KnownPlugin:
    return KnownPlugin(**{**kept, "commands": [_command(item) for item in kept["commands"]]})


def _command(kept: dict[str, Any]) -> Command:
    arguments = [Argument(**item) for item in kept["arguments"]]
    return Command(kept["name"], kept["about"], arguments, kept["examples"])
