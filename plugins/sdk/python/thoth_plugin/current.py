"""Which instance is being served. A component has one; the fake host of tests may have many, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from types import TracebackType

    from thoth_plugin.instance import Instance


class Host(Protocol):
    """The other side: the real host behind the component's imports, or the fake one of tests."""

    def call(self, interface: str, function: str, *arguments: Any) -> Any:
        """What a function of the contract returns, names as in WIT, records as dicts; raises HostError."""

    def write_log(self, text: str) -> None:
        """Writes lines to the plugin's log."""


_entered: list[Instance] = []


class Entered:
    """A block in which an instance is the current one."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def __enter__(self) -> None:
        _entered.append(self._instance)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _entered.pop()


def instance() -> Instance:
    """The instance that is being served."""
    if not _entered:
        raise RuntimeError(
            "There is no host here: what asks it for something belongs in a handler, a command or the like, not at the"
            " top of a module (in tests: inside `with host:`)."
        )
    return _entered[-1]


def host_call(interface: str, function: str, *arguments: Any) -> Any:
    """Calls the host for the current instance; raises HostError."""
    return instance().host.call(interface, function, *arguments)
