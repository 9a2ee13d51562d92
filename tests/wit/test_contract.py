"""The contract: exactly the published names and types, everything documented, one interface a file."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from .wit_package import REPOSITORY, WitPackage

WIT = REPOSITORY / "wit"
RELEASED = WIT / "released" / "0.1.0"
TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "contract.toml").read_text("utf-8"))
ADDITIONS = {
    *("paged-loader", "tree-loader", "segmented-loader", "streaming-exporter"),
    *("theme-provider", "theme-provider-plugin"),
    *("http-control", "websocket-control", "network-plugin"),
    *("paged-file-viewer-plugin", "tree-file-viewer-plugin", "streaming-exporter-plugin"),
}
"""What is ours, beside the published package."""


@cache
def package(folder: Path) -> WitPackage:
    return WitPackage(folder)


def sorted_worlds(table: dict[str, Any]) -> dict[str, dict[str, list[str]]]:
    return {name: {way: sorted(world[way]) for way in world} for name, world in table.items()}


def test_the_table_has_the_published_package_and_our_additions_only() -> None:
    """23 interfaces and 11 worlds are published; anything else is named as ours."""
    assert len(TABLE["interfaces"].keys() - ADDITIONS) == 23
    assert len(TABLE["worlds"].keys() - ADDITIONS) == 11
    assert TABLE["interfaces"].keys() | TABLE["worlds"].keys() > ADDITIONS


@pytest.mark.parametrize("folder", [WIT, RELEASED], ids=["wit", "released-0.1.0"])
def test_the_package_is_named_as_published(folder: Path) -> None:
    """Guests import and export by this name; another version would not link."""
    assert package(folder).name == "thoth:plugin@0.1.0"


def test_the_interfaces_are_those_of_the_table() -> None:
    """An interface more or less is a change of the contract."""
    assert package(WIT).interfaces().keys() == TABLE["interfaces"].keys()


@pytest.mark.parametrize("name", TABLE["interfaces"])
def test_every_type_and_function_is_as_in_the_table(name: str) -> None:
    """Names, order of fields and cases, parameters and results are what a compiled plugin relies on."""
    assert package(WIT).interfaces()[name] == TABLE["interfaces"][name]


def test_every_world_imports_and_exports_what_the_table_says() -> None:
    """A host that offers more or asks for more than a world's table would not load its plugins."""
    assert package(WIT).worlds() == sorted_worlds(TABLE["worlds"])


def test_every_item_is_documented() -> None:
    """Interfaces, types, fields, cases, functions and worlds say what they are."""
    assert package(WIT).undocumented() == []


def test_one_interface_a_file_named_after_it() -> None:
    """Who looks for an interface finds it by its file name."""
    for file in WIT.glob("*.wit"):
        interfaces = re.findall(r"^interface ([a-z-]+) \{", file.read_text("utf-8"), re.MULTILINE)
        expected = [] if file.stem.endswith("worlds") else [file.stem]
        assert interfaces == expected


def test_nothing_that_was_released_has_changed() -> None:
    """Later additions stand beside what is released; a plugin built against 0.1.0 keeps loading."""
    released, current = package(RELEASED), package(WIT)
    for name, items in released.interfaces().items():
        assert current.interfaces()[name] == items
    for name, world in released.worlds().items():
        assert current.worlds()[name] == world
