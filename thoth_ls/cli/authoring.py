"""`thoth plugin …`: writing a plugin, from nothing to one that runs. Each imports what it needs when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thoth_ls.cli.plugins import Subcommand, add_subcommands

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

KINDS = ("panel", "loader", "exporter", "renderer", "command", "theme")
LANGUAGES = ("python", "zig")
"""Those of `thoth_ls.authoring.starting`, which takes a moment to import; a test compares them."""


def add_plugin(parser: argparse.ArgumentParser) -> None:
    """Gives the parser of `thoth plugin` its subcommands."""
    add_subcommands(parser, None, SUBCOMMANDS)


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="FOLDER", type=Path, nargs="?", default=Path(), help="the plugin's folder (default: this one)"
    )


def _add_build(parser: argparse.ArgumentParser) -> None:
    _add_folder(parser)
    parser.epilog = (
        "Writes plugin.wasm beside plugin.toml, and judges both as `thoth plugins validate` does. Exit codes: 0 when"
        " the plugin can be used, 1 when it cannot."
    )


def _add_test(parser: argparse.ArgumentParser) -> None:
    _add_folder(parser)
    parser.add_argument("arguments", metavar="ARGUMENT", nargs="*", help="for pytest, after `--`")


def split_for_pytest(given: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words of a command line for Thoth, and those of `thoth plugin test` for pytest, behind its first `--`.

    argparse would take the first of them for the folder where there is none.
    """
    if [*given[:2]] != ["plugin", "test"] or "--" not in given:
        return [*given], []
    at = given.index("--")
    return [*given[:at]], [*given[at + 1 :]]


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="what people call it, for instance “Weather”")
    parser.add_argument("--kind", choices=KINDS, required=True, help="what it is to do")
    parser.add_argument("--lang", choices=LANGUAGES, help="the language it is written in (default: python)")
    parser.add_argument("--folder", type=Path, help="where to put it (default: a folder of its name, here)")
    parser.add_argument("--id", help="a domain of yours backwards and a name (default: com.example.NAME)")
    parser.add_argument("--author", help="who writes it (default: as git knows you)")


async def _new(options: argparse.Namespace) -> int:
    from thoth_ls.cli.plugin_new import new_plugin

    return await new_plugin(options)


async def _build(options: argparse.Namespace) -> int:
    from thoth_ls.cli.plugin_build import build_folder

    return await build_folder(options.folder)


async def _test(options: argparse.Namespace) -> int:
    from thoth_ls.cli.plugin_test import run_tests

    return await run_tests(options.folder, options.arguments)


async def _dev(options: argparse.Namespace) -> int:
    from thoth_ls.cli.plugin_dev import develop

    return await develop(options.folder)


SUBCOMMANDS = (
    Subcommand("build", "Build the plugin in a folder, and say what is wrong with it", _build, _add_build),
    Subcommand("new", "Begin a plugin: a manifest, a program, a test", _new, _add_new),
    Subcommand("test", "Run a plugin's tests", _test, _add_test),
    Subcommand("dev", "Build a plugin and run its tests on each change, until interrupted", _dev, _add_folder),
)
