"""The values a command is called with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from thoth_ls.commands.schema import Flag, Positional
from thoth_ls.errors import InputInvalid

if TYPE_CHECKING:
    from thoth_ls.commands.schema import CliArg, CliSubcommand

MAX_CHARACTERS = 1 << 20
"""Of all values together."""


def invocation(plugin_id: str, command: CliSubcommand, values: Mapping[str, str | bool]) -> str:
    """`CliInvocation` as `plugin-cli.run` takes it; raises InputInvalid, which names the argument that does not fit.

    Every flag is there as a boolean, and an optional argument that was not given is not.
    """
    known = {arg.id: arg for arg in command.args}
    for name in values:
        if name not in known:
            has = f"it has {', '.join(known)}" if known else "it has none"
            raise InputInvalid(plugin_id, name, f"{command.name} has no argument {name[:100]!r}; {has}")
    checked: dict[str, str | bool] = {}
    for arg in command.args:
        value = _value(plugin_id, command, arg, values.get(arg.id))
        if value is not None:
            checked[arg.id] = value
    if sum(len(value) for value in checked.values() if isinstance(value, str)) > MAX_CHARACTERS:
        longest = max(checked, key=lambda name: len(str(checked[name])))
        said = f"the values of {command.name} are longer than {MAX_CHARACTERS:,} characters together"
        raise InputInvalid(plugin_id, longest, said)
    return json.dumps({"subcommand": command.name, "values": checked}, ensure_ascii=False)


def _value(plugin_id: str, command: CliSubcommand, arg: CliArg, value: str | bool | None) -> str | bool | None:
    """The value as the plugin is given it, None for none."""
    what = f"{command.name}: {shown(arg)}"
    if isinstance(arg.kind, Flag):
        if not isinstance(value, bool | None):
            raise InputInvalid(plugin_id, arg.id, f"{what} is a flag: it is given or not, and has no value")
        if arg.required and not value:
            raise InputInvalid(plugin_id, arg.id, f"{what} has to be given")
        return bool(value)
    if value is None:
        if arg.required:
            raise InputInvalid(plugin_id, arg.id, f"{what} is missing")
        return None
    if isinstance(value, bool):
        raise InputInvalid(plugin_id, arg.id, f"{what} needs a text as its value")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise InputInvalid(plugin_id, arg.id, f"{what} is not text: it has half a character in it") from None
    return value


def shown(arg: CliArg) -> str:
    """An argument as people write it."""
    kind = arg.kind
    return kind.value_name or arg.id if isinstance(kind, Positional) else f"--{kind.long}"
