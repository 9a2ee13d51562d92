"""Commands of plugins with `plugin-cli`: what there are, and running one."""

from typing import Annotated, Literal

from pydantic import Field

from thoth_ls.wire.base import Wire
from thoth_ls.wire.documents import Count, ProgressToken


class CommandArgument(Wire):
    """One argument of a command."""

    id: str
    help: str
    required: bool
    kind: Literal["positional", "option", "flag"]
    """Given by its place, as `--long VALUE`, or as `--long` alone."""
    long: str | None
    short: str | None
    value_name: str | None


class PluginCommand(Wire):
    """One command of one plugin."""

    plugin_id: str
    plugin_name: str
    name: str
    """Unique within the plugin."""
    about: str
    arguments: list[CommandArgument]
    examples: list[str]


class CommandProblem(Wire):
    """Why a plugin's commands cannot be told."""

    plugin_id: str
    message: str


class ListCommandsParams(Wire):
    """Asks for the commands of every enabled plugin, or of one."""

    plugin_id: str | None = None
    """Null for all plugins."""


class CommandList(Wire):
    """Commands of enabled plugins, by plugin and in the plugins' own order."""

    commands: list[PluginCommand]
    problems: list[CommandProblem]


class RunCommandParams(Wire):
    """Runs a command of a plugin; cancelling the request stops it."""

    plugin_id: str
    name: str
    values: dict[str, str | bool]
    """By argument id; flags that are left out are false."""
    work_done_token: ProgressToken | None = None
    show: bool = True
    """Whether the records are wanted as a file that can be opened; else as text."""
    limit: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    """Most records wanted in `text`."""


class RunCommandResult(Wire):
    """What a command returned."""

    records: Count
    """All the command returned, also where `text` holds fewer."""
    uri: str | None
    """A file of JSON records, one a line, for `thoth/document/open`; gone when the server ends. Null where there are no
    records, or `show` was false."""
    text: str | None
    """Where `show` was false, or there is one short record: the records as JSON text, an object a line, their numbers
    with all the digits they came with."""
