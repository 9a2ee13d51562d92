"""`thoth network …`: which subcommands there are, and what they take. Each imports what it needs when it runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from thoth_ls.cli.arguments import number
from thoth_ls.cli.completing import PLUGIN_ID
from thoth_ls.cli.given import text
from thoth_ls.cli.plugins import Subcommand, add_id, add_subcommands

ENDING = (
    "TARGET is [scheme://]host[:port] as in plugin.toml, for instance https://api.example.com, *.example.com or"
    " http://localhost:8080; for TCP tcp://host:port."
)


def add_network(parser: argparse.ArgumentParser) -> None:
    """Gives the parser of `thoth network` its subcommands; without one the decisions are listed."""
    add_subcommands(parser, SUBCOMMANDS[0], SUBCOMMANDS)


def _add_list(parser: argparse.ArgumentParser) -> None:
    # Suppressed, so that the parser of the subcommand does not take back what stood before its name.
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
    said = "with those for the current folder alone"
    parser.add_argument("--workspace", action="store_true", default=argparse.SUPPRESS, help=said)


def _add_target(parser: argparse.ArgumentParser) -> None:
    add_id(parser)
    parser.add_argument("target", metavar="TARGET", type=text, help="what it may reach, see below")
    parser.add_argument("--workspace", action="store_true", help="for the current folder alone (default: everywhere)")
    parser.epilog = ENDING


def _add_allow(parser: argparse.ArgumentParser) -> None:
    _add_target(parser)
    parser.add_argument(
        "--local", action="store_true", help="TARGET is on this machine or in your own network: one host and one port"
    )
    checked = parser.add_mutually_exclusive_group()
    checked.add_argument(
        "--ca-file", metavar="FILE", type=Path, help="believe certificates by those in this file (PEM), too"
    )
    checked.add_argument(
        "--insecure", action="store_true", help="do not check certificates: whoever is on the way can pose as TARGET"
    )


def _add_log(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plugin", metavar=PLUGIN_ID, type=text, help="of this plugin alone")
    parser.add_argument("--count", metavar="N", type=_count, default=20, help="the newest N (default: 20)")
    parser.add_argument("--json", action="store_true", help="print a JSON object a line")


def _count(given: str) -> int:
    value = number(given)
    if not 1 <= value <= 1_000_000:
        raise argparse.ArgumentTypeError("must be between 1 and 1,000,000")
    return value


async def _list(options: argparse.Namespace) -> int:
    from thoth_ls.cli.network_decisions import list_decisions

    return await list_decisions(as_json="json" in options, workspace="workspace" in options)


async def _allow(options: argparse.Namespace) -> int:
    from thoth_ls.cli.network_decisions import allow

    return await allow(
        options.id,
        options.target,
        workspace=options.workspace,
        local=options.local,
        ca_file=options.ca_file,
        insecure=options.insecure,
    )


async def _deny(options: argparse.Namespace) -> int:
    from thoth_ls.cli.network_decisions import deny

    return await deny(options.id, options.target, workspace=options.workspace)


async def _forget(options: argparse.Namespace) -> int:
    from thoth_ls.cli.network_decisions import forget

    return await forget(options.id, options.target, workspace=options.workspace)


async def _log(options: argparse.Namespace) -> int:
    from thoth_ls.cli.network_log import print_log

    return await print_log(options.plugin, options.count, as_json=options.json)


SUBCOMMANDS = (
    Subcommand("list", "List what was decided about the network, by plugin", _list, _add_list),
    Subcommand("allow", "Allow a plugin to reach a host", _allow, _add_allow),
    Subcommand("deny", "Never let a plugin reach a host, and never ask about it", _deny, _add_target),
    Subcommand("forget", "Forget what was decided, so that it is asked again", _forget, _add_target),
    Subcommand("log", "Print what plugins did on the network", _log, _add_log),
)
