"""`thoth plugins …`: which subcommands there are, and what they take. Each imports what it needs when it runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NEEDS = (*("network", "tcp", "secure-storage", "file-dialog", "open-tabs", "read-datasets", "opened-file", "headless"),)
"""Those of `thoth_ls.wire.permissions`, which takes long to import; a test compares them."""
Run = Callable[[argparse.Namespace], Coroutine[Any, Any, int]]


@dataclass(frozen=True, slots=True)
class Subcommand:
    """One of them: `add` gives its parser the arguments, `run` does it and returns the exit code."""

    name: str
    help: str
    run: Run
    add: Callable[[argparse.ArgumentParser], None]


def add_subcommands(
    parser: argparse.ArgumentParser, default: Subcommand | None, subcommands: Sequence[Subcommand]
) -> None:
    """Gives a parser its subcommands; without one it does the default, whose arguments it takes itself."""
    title = "subcommands"
    if default is not None:
        default.add(parser)
        parser.set_defaults(run_subcommand=default.run)
        title = f"subcommands (default: {default.name})"
    commands = parser.add_subparsers(metavar="SUBCOMMAND", title=title, required=default is None)
    for subcommand in subcommands:
        added = commands.add_parser(subcommand.name, help=subcommand.help, description=f"{subcommand.help}.")
        subcommand.add(added)
        added.set_defaults(run_subcommand=subcommand.run)


async def run_subcommand(options: argparse.Namespace) -> int:
    """Does the subcommand that was chosen; returns its exit code."""
    run: Run = options.run_subcommand
    return await run(options)


def add_plugins(parser: argparse.ArgumentParser) -> None:
    """Gives the parser of `thoth plugins` its subcommands; without one the plugins are listed."""
    add_subcommands(parser, SUBCOMMANDS[0], SUBCOMMANDS)


def add_id(parser: argparse.ArgumentParser) -> None:
    """The plugin it is about, as `options.id`."""
    parser.add_argument("id", metavar="ID", help="id of the plugin, for instance com.thoth.csv-loader")


def _add_json(parser: argparse.ArgumentParser) -> None:
    # Suppressed, so that the parser of the subcommand does not take back what stood before its name.
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")


def _add_info(parser: argparse.ArgumentParser) -> None:
    add_id(parser)
    _add_json(parser)


def _add_switch(parser: argparse.ArgumentParser) -> None:
    add_id(parser)
    parser.add_argument(
        "--workspace", action="store_true", help="for the current folder alone (default: wherever nothing else is said)"
    )


def _add_uninstall(parser: argparse.ArgumentParser) -> None:
    add_id(parser)
    said = "delete what it stored, its settings, its secrets and what you decided about it, too"
    parser.add_argument("--delete-data", action="store_true", help=said)


async def _enable(options: argparse.Namespace) -> int:
    from thoth_ls.cli.plugin_life import switch

    return await switch(options.id, enabled=True, workspace=options.workspace)


async def _disable(options: argparse.Namespace) -> int:
    from thoth_ls.cli.plugin_life import switch

    return await switch(options.id, enabled=False, workspace=options.workspace)


async def _reload(options: argparse.Namespace) -> int:
    from thoth_ls.cli.plugin_life import reload

    return await reload(options.id)


async def _uninstall(options: argparse.Namespace) -> int:
    from thoth_ls.cli.plugin_life import uninstall

    return await uninstall(options.id, delete_data=options.delete_data)


async def _list(options: argparse.Namespace) -> int:
    from thoth_ls.cli.plugin_facts import list_plugins

    return await list_plugins("json" in options)


async def _info(options: argparse.Namespace) -> int:
    from thoth_ls.cli.plugin_facts import plugin_info

    return await plugin_info(options.id, "json" in options)


def _add_validate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="the folder with plugin.toml and plugin.wasm")
    _add_json(parser)
    parser.epilog = (
        "The component is compiled, and run once without any rights. Exit codes: 0 when the plugin can be used, 1 when"
        " it cannot, 2 for wrong usage."
    )


async def _validate(options: argparse.Namespace) -> int:
    from thoth_ls.cli.plugin_validate import validate_folder

    return await validate_folder(options.folder, "json" in options)


def _add_needs(parser: argparse.ArgumentParser) -> None:
    add_id(parser)
    parser.add_argument("needs", metavar="NEED", nargs="+", choices=NEEDS, help=f"one of {', '.join(NEEDS)}")


async def _grant(options: argparse.Namespace) -> int:
    from thoth_ls.cli.plugin_permissions import decide

    return await decide(options.id, options.needs, "granted")


async def _deny(options: argparse.Namespace) -> int:
    from thoth_ls.cli.plugin_permissions import decide

    return await decide(options.id, options.needs, "denied")


async def _forget(options: argparse.Namespace) -> int:
    from thoth_ls.cli.plugin_permissions import decide

    return await decide(options.id, options.needs, "ask")


SUBCOMMANDS = (
    Subcommand("list", "List the installed plugins", _list, _add_json),
    Subcommand("info", "Print all there is to know of a plugin", _info, _add_info),
    Subcommand("enable", "Switch a plugin on, in every window", _enable, _add_switch),
    Subcommand("disable", "Switch a plugin off, in every window", _disable, _add_switch),
    Subcommand("reload", "Have every window use a plugin as it lies in its folder now", _reload, add_id),
    Subcommand("uninstall", "Delete a plugin you have installed", _uninstall, _add_uninstall),
    Subcommand(
        "validate", "Judge a plugin folder: its manifest, its component, and what it needs", _validate, _add_validate
    ),
    Subcommand("grant", "Allow a plugin what it declares it needs", _grant, _add_needs),
    Subcommand("deny", "Refuse a plugin what it declares it needs", _deny, _add_needs),
    Subcommand("forget", "Forget what was decided, so that it is asked again", _forget, _add_needs),
)
