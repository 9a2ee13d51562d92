"""What a plugin consists of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thoth_plugin.commands import Command
    from thoth_plugin.datasets import Table
    from thoth_plugin.exporter import Exporter
    from thoth_plugin.loader import Loader
    from thoth_plugin.nodes import Node
    from thoth_plugin.panel import Panel
    from thoth_plugin.renderer import Renderer
    from thoth_plugin.source import DataSource


@dataclass(frozen=True, slots=True)
class Info:
    """What `plugin.toml` says."""

    id: str = "org.example.plugin"
    name: str = "Plugin"
    version: str = "0.0.0"
    description: str = ""
    author: str | None = None
    homepage: str | None = None
    icon: str | None = None
    capabilities: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Plugin:
    """All that `plugin` was given."""

    panel: Callable[[], Panel] | None = None
    commands: Sequence[Command] = ()
    about: str = ""
    loader: Callable[[], Loader] | None = None
    exporter: Callable[[], Exporter] | None = None
    renderer: Callable[[], Renderer] | None = None
    settings: Callable[[], Node] | None = None
    producer: Callable[[], Table] | None = None
    source: Callable[[], DataSource] | None = None
    info: Info = field(default_factory=Info)

    def with_info(self, info: Info) -> Plugin:
        """The same under another name."""
        return replace(self, info=info)


_made: list[Plugin] = []


def plugin(
    *,
    panel: Callable[[], Panel] | None = None,
    commands: Sequence[Command] = (),
    about: str = "",
    loader: Callable[[], Loader] | None = None,
    exporter: Callable[[], Exporter] | None = None,
    renderer: Callable[[], Renderer] | None = None,
    settings: Callable[[], Node] | None = None,
    producer: Callable[[], Table] | None = None,
    source: Callable[[], DataSource] | None = None,
) -> Plugin:
    """Says what the plugin consists of; called once, at the end of `src/main.py`.

    `panel`, `loader`, `exporter`, `renderer` and `source` are classes (or functions that make one), `settings` draws
    the page of settings, `producer` makes a table on demand, `about` is a sentence over the commands. What is given
    here has to be among the `capabilities` of `plugin.toml`.
    """
    made = Plugin(panel, commands, about, loader, exporter, renderer, settings, producer, source)
    _made.append(made)
    return made


def last_made() -> Plugin:
    """What the plugin's main module has said; LookupError where it has said nothing."""
    if not _made:
        raise LookupError("src/main.py does not call thoth.plugin(…), so there is no plugin")
    return _made[-1]
