"""The component's side: the host behind its imports, and its exports, all of them wrapped.

Only the entry module that the builder writes imports this, and hands over the modules of the plugin's world. An
exception that leaves an export ends the instance, so none does, whatever it is.
"""

from __future__ import annotations

import gc
import sys
from dataclasses import asdict, is_dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar

from thoth_plugin import development, faults, log
from thoth_plugin.definition import Plugin, last_made
from thoth_plugin.errors import HostError, PluginError
from thoth_plugin.instance import Instance
from thoth_plugin.json_text import guard_reading, is_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from thoth_plugin.definition import Info

DEEPEST_CALLS: Final = 250
"""Python counts calls, and not the stack of the guest, of which there is 1 MiB; a call by way of C, such as `sorted`,
takes more than a thousandth of it. With Python's own thousand, recursion without an end would end the instance."""

Function = TypeVar("Function", bound="Callable[..., Any]")


class World:
    """What the component is made of; `install` fills it while it is built."""

    begin: Callable[[], Instance]
    """Makes the instance, where it is made when the first export is called (`development`)."""
    instance: Instance | None = None
    imports: Mapping[str, Any]
    """Modules of `wit_world.imports`, by interface."""
    exports: Mapping[str, Any]
    err: type[Exception]
    error: Any
    """The record `plugin-error`."""


def install(info: Info, imports: Mapping[str, Any], exports: Mapping[str, Any], err: type[Exception]) -> None:
    """Makes the instance of what the plugin's main module has said."""
    World.instance = Instance(last_made().with_info(info), _Host())
    _know(imports, exports, err)


def install_development(imports: Mapping[str, Any], exports: Mapping[str, Any], err: type[Exception]) -> None:
    """The same for a component whose program is read when it is first called."""
    development.prepare()
    _know(imports, exports, err)
    World.begin = staticmethod(lambda: development.begin(_Host()))


def _know(imports: Mapping[str, Any], exports: Mapping[str, Any], err: type[Exception]) -> None:
    guard_reading()
    World.imports, World.exports, World.err = imports, exports, err
    World.error = imports["types"].PluginError
    gc.collect()
    gc.freeze()  # what was imported never becomes garbage: looking through all of it takes 10 ms each time


def _served() -> Instance:
    """The instance."""
    if World.instance is None:
        World.instance = World.begin()
    return World.instance


class _Host:
    """The real host."""

    def call(self, interface: str, function: str, *arguments: Any) -> Any:
        """Calls an import; raises HostError."""
        module = World.imports.get(interface)
        if module is None:
            raise HostError(
                f"{interface} is not in this plugin's world: declare its permission in plugin.toml and build it anew",
                403,
            )
        try:
            found = getattr(module, function.replace("-", "_"))(*_lowered(interface, function, clean(arguments)))
        except World.err as error:
            told: Any = error.value  # type: ignore[attr-defined]
            if isinstance(told, str):
                raise HostError(told) from None
            raise HostError(told.message, told.code) from None
        return asdict(found) if is_dataclass(found) and not isinstance(found, type) else found

    def write_log(self, text: str) -> None:
        """Writes to standard error, which is the plugin's log."""
        sys.stderr.write(text)
        sys.stderr.flush()


def clean(value: Any) -> Any:
    """A value without half characters (JSON may hold lone surrogates), which end the instance at the border."""
    if isinstance(value, str):
        return value if is_whole(value) else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list | tuple):
        return type(value)([clean(each) for each in value])
    if isinstance(value, dict):
        return {name: clean(each) for name, each in value.items()}
    return value


def _lowered(interface: str, function: str, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """Arguments with records of the world in place of dicts."""
    if interface == "http-control" and function in ("submit", "fetch"):
        request, options = arguments
        return World.imports["http-client"].HttpRequest(**request), options
    if interface == "signals":
        key, value, status, ttl = arguments
        return key, value, World.imports["signals"].Status[status.upper()], ttl
    if interface == "dataset-bus" and function in ("publish", "update"):
        name, columns, rows = arguments
        return name, [_column(each) for each in columns], rows
    return arguments


def _column(column: Mapping[str, str]) -> Any:
    return World.imports["data-producer"].DatasetColumn(column["name"], column["type-hint"])


def failing(function: Function) -> Function:
    """An export with a `result`: whatever goes wrong becomes its `plugin-error`."""

    @wraps(function)
    def wrapped(self: Any, *arguments: Any) -> Any:
        try:
            instance = _served()
            with instance.entered():
                return clean(function(self, instance, *arguments))
        except PluginError as error:
            failure = World.error(error.code, clean(error.message))
        except BaseException as error:  # noqa: BLE001 - what leaves an export ends the instance
            failure = World.error(0, clean(_said(error, function.__name__)))
        finally:
            sys.stdout.flush()
        raise World.err(failure)

    return wrapped  # type: ignore[return-value]


def quiet(fallback: Callable[[], Any]) -> Callable[[Function], Function]:
    """An export that cannot fail: whatever goes wrong is logged, and `fallback()` returned."""

    def decorate(function: Function) -> Function:
        @wraps(function)
        def wrapped(self: Any, *arguments: Any) -> Any:
            try:
                instance = _served()
                with instance.entered():
                    return clean(function(self, instance, *arguments))
            except BaseException as error:  # noqa: BLE001 - what leaves an export ends the instance
                said = _said(error, function.__name__)
                if isinstance(error, PluginError):  # others are in the log by now, with their traceback
                    _log_error(f"{function.__name__}: {said}")
                return fallback()
            finally:
                sys.stdout.flush()

        return wrapped  # type: ignore[return-value]

    return decorate


def _said(error: BaseException, doing: str) -> str:
    with _reporting().entered():
        return faults.told(error, doing)


def _log_error(message: str) -> None:
    with _reporting().entered():
        log.error(message)


def _reporting() -> Instance:
    """Whose log it is: an empty plugin's where there is no instance, for making it is what has failed."""
    return World.instance or Instance(Plugin(), _Host())


def nothing() -> None:
    """What a function without a result returns."""
    return
