"""A plugin instance made of Python functions."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from thoth_ls.runtime.instance import PluginInstance
from thoth_ls.runtime.mailbox import Priority
from thoth_ls.runtime.plugin_source import OpenFile, PluginSource
from thoth_ls.runtime.sandbox import Sandbox
from thoth_ls.runtime.worker import Call

AnySource = TypeVar("AnySource", bound=PluginSource)


async def no_instance(restore: Callable[[Call], None]) -> PluginInstance:
    """For sources that need one instance only."""
    raise AssertionError("a further instance was asked for")


FILE = OpenFile("a.b", "A plugin", Sandbox("folder", Path("/nowhere"), "/data/x.csv", 77), no_instance)


class FakeInstance:
    """Answers calls with what the functions return, by `interface.function`; remembers calls and priorities."""

    def __init__(self, functions: dict[str, Callable[..., Any]]) -> None:
        self.functions = functions
        self.calls: list[tuple[Any, ...]] = []
        self.background: set[str] = set()
        self.closed = False

    async def call(
        self, interface: str, function: str, *arguments: Any, priority: Priority = Priority.INTERACTIVE
    ) -> Any:
        """What the function of that name returns."""
        if priority is Priority.BACKGROUND:
            self.background.add(function)
        return self.now(interface, function, *arguments)

    async def run(self, steps: Callable[..., Any], *, priority: Priority = Priority.INTERACTIVE) -> Any:
        """What several calls in one go return."""
        return steps(self.now)

    def now(self, interface: str, function: str, *arguments: Any) -> Any:
        """The same, as `restore` calls it."""
        self.calls.append((function, *arguments))
        return self.functions[f"{interface}.{function}"](*arguments)

    async def close(self) -> None:
        """Nothing is left to be closed."""
        self.closed = True


def attached(source: AnySource, instance: FakeInstance) -> AnySource:
    """The source with its instance."""
    source.attach(instance)
    return source
