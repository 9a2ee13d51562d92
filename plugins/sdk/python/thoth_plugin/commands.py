"""Commands that run without a panel: from the palette, and as `thoth NAME …`."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from thoth_plugin.errors import PluginError
from thoth_plugin.json_text import dumps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Argument:
    """What a command is called with. Made by `positional`, `option` and `flag`."""

    id: str
    help: str
    required: bool
    kind: Mapping[str, str]

    def schema(self) -> dict[str, Any]:
        """As `plugin-cli.schema` has it."""
        return {"id": self.id, "help": self.help, "required": self.required, "kind": dict(self.kind)}


def positional(id: str, help: str, *, required: bool = True, value_name: str = "") -> Argument:
    """A value by its place."""
    return Argument(id, help, required, {"kind": "positional", "value-name": value_name or id.upper()})


def option(id: str, help: str, *, short: str = "", required: bool = False, value_name: str = "") -> Argument:
    """`--id VALUE`."""
    kind = {"kind": "option", "long": id, "value-name": value_name or id.upper()}
    return Argument(id, help, required, kind | ({"short": short} if short else {}))


def flag(id: str, help: str, *, short: str = "") -> Argument:
    """`--id`: True where it is given."""
    return Argument(id, help, False, {"kind": "flag", "long": id} | ({"short": short} if short else {}))


@dataclass(frozen=True, slots=True)
class Command:
    """One command; still the function it was made of."""

    name: str
    about: str
    arguments: Sequence[Argument]
    run: Callable[..., Any]
    examples: Sequence[str] = field(default=())

    def __call__(self, *values: Any, **named: Any) -> Any:
        return self.run(*values, **named)

    def schema(self) -> dict[str, Any]:
        """As `plugin-cli.schema` has it."""
        arguments = [argument.schema() for argument in self.arguments]
        return {"name": self.name, "about": self.about, "args": arguments, "examples": [*self.examples]}

    def given(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments the function is called with: ids with `_` for `-`; what was not given keeps its default."""
        return {
            argument.id.replace("-", "_"): values[argument.id] for argument in self.arguments if argument.id in values
        }


def command(
    name: str, about: str, *arguments: Argument, examples: Sequence[str] = ()
) -> Callable[[Callable[..., Any]], Command]:
    """Makes a function a command, to be given to `plugin(commands=[…])`.

    It is called with the arguments by name (`-` as `_`); optional ones need a default. It returns a dict, a list of
    dicts or None, and may be a coroutine.
    """

    def make(function: Callable[..., Any]) -> Command:
        parameters = inspect.signature(function).parameters
        for argument in arguments:
            wanted = argument.id.replace("-", "_")
            parameter = parameters.get(wanted)
            if parameter is None:
                raise TypeError(
                    f"the function of the command {name!r} has no parameter {wanted!r} for its argument {argument.id!r}"
                )
            optional = not argument.required and argument.kind["kind"] != "flag"
            if optional and parameter.default is parameter.empty:
                raise TypeError(f"{wanted!r} of the command {name!r} may be absent, so it needs a default")
        return Command(name, about, arguments, function, examples)

    return make


def schema_of(commands: Sequence[Command], program: str, about: str) -> str:
    """What `plugin-cli.schema` returns."""
    if not commands:
        raise PluginError("this plugin has no commands: give some to thoth.plugin(commands=[…])")
    subcommands = [each.schema() for each in commands]
    return dumps({"id": program, "about": about, "examples": [], "subcommands": subcommands})


def records_of(result: object) -> str:
    """What `plugin-cli.run` returns for what a command returned."""
    records = [] if result is None else [result] if isinstance(result, dict) else result
    if not isinstance(records, list | tuple) or not all(isinstance(each, dict) for each in records):
        raise PluginError(f"a command returns a dict or a list of dicts, not {type(result).__name__}")
    return dumps({"records": records})
