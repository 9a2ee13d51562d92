"""The commands a plugin says it has: `CliSchema` of `plugin-cli`, believed only after it has been checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from thoth_ls.commands.strict_json import NotJson, decoded
from thoth_ls.errors import PluginInvalid
from thoth_ls.wire.commands import CommandArgument, PluginCommand

SCHEMA = "plugin-cli.schema"
MAX_CHARACTERS = 1 << 20
MAX_COMMANDS = 500
MAX_ARGUMENTS = 100
PROBLEMS_TOLD = 10
_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError("must be 1 to 64 of the letters A to Z, digits, `.`, `_` and `-`")
    return text


def _short(text: str) -> str:
    if len(text) != 1 or not (text.isascii() and text.isalnum()):
        raise ValueError("must be exactly one ASCII letter or digit")
    return text


Name = Annotated[str, AfterValidator(_name)]
Short = Annotated[str, AfterValidator(_short)]
Said = Annotated[str, Field(max_length=4_000)]
Examples = Annotated[list[Said], Field(max_length=50)]


class _Given(BaseModel):
    """What a plugin says; members that are not known yet are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, defer_build=True)


class Positional(_Given):
    """An argument given by its place."""

    kind: Literal["positional"]
    value_name: Annotated[Said, Field(alias="value-name")]


class Option(_Given):
    """An argument given as `--long VALUE`."""

    kind: Literal["option"]
    long: Name
    short: Short | None = None
    value_name: Annotated[Said, Field(alias="value-name")]


class Flag(_Given):
    """An argument given as `--long` alone."""

    kind: Literal["flag"]
    long: Name
    short: Short | None = None


class CliArg(_Given):
    """One argument of a command."""

    id: Name
    help: Said
    required: bool
    kind: Annotated[Positional | Option | Flag, Field(discriminator="kind")]

    def wire(self) -> CommandArgument:
        """The argument as the client is told."""
        kind = self.kind
        return CommandArgument(
            id=self.id,
            help=self.help,
            required=self.required,
            kind=kind.kind,
            long=None if isinstance(kind, Positional) else kind.long,
            short=None if isinstance(kind, Positional) else kind.short,
            value_name=None if isinstance(kind, Flag) else kind.value_name,
        )


class CliSubcommand(_Given):
    """One command."""

    name: Name
    about: Said
    args: Annotated[list[CliArg], Field(max_length=MAX_ARGUMENTS)]
    examples: Examples

    def problems(self, place: str) -> Iterator[str]:
        """What is wrong with the arguments taken together."""
        given = [(f"{place}.args.{number}", arg) for number, arg in enumerate(self.args)]
        named = [(at, arg.kind) for at, arg in given if not isinstance(arg.kind, Positional)]
        yield from _twice((f"{at}.id", arg.id) for at, arg in given)
        yield from _twice((f"{at}.kind.long", kind.long) for at, kind in named)
        yield from _twice((f"{at}.kind.short", kind.short) for at, kind in named if kind.short is not None)


class CliSchema(_Given):
    """All commands of a plugin."""

    id: Name
    about: Said
    examples: Examples
    subcommands: Annotated[list[CliSubcommand], Field(min_length=1, max_length=MAX_COMMANDS)]

    def problems(self) -> Iterator[str]:
        """What is wrong with the commands taken together."""
        placed = [(f"subcommands.{number}", command) for number, command in enumerate(self.subcommands)]
        yield from _twice((f"{place}.name", command.name) for place, command in placed)
        for place, command in placed:
            yield from command.problems(place)

    def command(self, name: str) -> CliSubcommand | None:
        """The command of that name."""
        return next((command for command in self.subcommands if command.name == name), None)

    def commands(self, plugin_id: str, plugin_name: str) -> list[PluginCommand]:
        """The commands as the client is told."""
        return [
            PluginCommand(
                plugin_id=plugin_id,
                plugin_name=plugin_name,
                name=command.name,
                about=command.about,
                arguments=[arg.wire() for arg in command.args],
                examples=command.examples,
            )
            for command in self.subcommands
        ]


def read_schema(plugin_id: str, text: object) -> CliSchema:
    """The commands that `plugin-cli.schema` returned; raises PluginInvalid with a line for each thing that is wrong."""
    if not isinstance(text, str):
        raise PluginInvalid(plugin_id, f"{SCHEMA} did not return text")
    if len(text) > MAX_CHARACTERS:
        raise PluginInvalid(plugin_id, f"{SCHEMA} returned more than {MAX_CHARACTERS >> 20} MiB")
    try:
        schema = CliSchema.model_validate(decoded(text))
    except NotJson as error:
        raise PluginInvalid(plugin_id, f"{SCHEMA} returned no commands: {error}") from None
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)
        raise _invalid(plugin_id, [_line(item["loc"], item["msg"]) for item in wrong]) from None
    problems = list(schema.problems())
    if problems:
        raise _invalid(plugin_id, problems)
    return schema


def _invalid(plugin_id: str, problems: list[str]) -> PluginInvalid:
    more = len(problems) - PROBLEMS_TOLD
    lines = problems[:PROBLEMS_TOLD] + ([f"and {more} more"] if more > 0 else [])
    return PluginInvalid(plugin_id, "\n".join([f"{SCHEMA} returned commands that cannot be used:", *lines]))


def _line(place: tuple[int | str, ...], message: str) -> str:
    said = message.removeprefix("Value error, ")
    return f"{'.'.join(str(part) for part in place[:8]) or 'the schema'}: {said}"


def _twice(found: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A line for each text that stood at an earlier place already."""
    earlier: dict[str, str] = {}
    for place, text in found:
        if text in earlier:
            yield f"{place}: {text!r} stands at {earlier[text]} already"
        else:
            earlier[text] = place
