"""The page about security says what is true of the code: its ranges, its limits, their defaults."""

import ast
import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from tests.security.page import PAGE, rows
from thoth_ls.net.ranges import EMBEDDINGS, ISATAP, RANGES
from thoth_ls.runtime.limits import Limits
from thoth_ls.settings import NetworkSettings, PluginsSettings, RuntimeSettings

UNITS = {
    "": 1, "bytes": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "ms": 0.001, "s": 1, "minutes": 60,
    "characters": 1, "a minute": 1, "instructions": 1,
}  # fmt: skip
NO_NUMBER = {"enabled", "blocked", "require_https", "use_proxy", "dev_folders"}
SECTIONS: dict[str, type[BaseModel]] = {
    "network": NetworkSettings,
    "runtime": RuntimeSettings,
    "plugins": PluginsSettings,
}


def number(text: str) -> float:
    found = re.fullmatch(r"([\d,.]+) ?(.*)", text)
    assert found, f"no number: {text}"
    return float(found[1].replace(",", "")) * UNITS[found[2]]


def setting(name: str) -> float:
    _, section, alias = name.split(".")
    model = SECTIONS[section]
    field = next(each for each, info in model.model_fields.items() if info.alias == alias)
    unit = next((size for end, size in (("megabytes", 1 << 20), ("gigabytes", 1 << 30)) if field.endswith(end)), 1)
    return float(model.model_fields[field].default) * unit


def constant(name: str) -> float:
    module, _, attribute = name.rpartition(".")
    if module == "Limits":
        return float(getattr(Limits(), attribute))
    return float(getattr(importlib.import_module(f"thoth_ls.{module}"), attribute))


def test_the_ranges_are_those_of_the_code() -> None:
    assert rows("Addresses") == [
        [f"`{network}`", kind, name, source] for network, kind, name, source in sorted(RANGES, key=by_version)
    ]


def by_version(row: tuple[str, Any, str, str]) -> bool:
    return ":" in row[0]


def test_the_forms_of_ipv4_in_ipv6_are_those_of_the_code() -> None:
    expected = [
        [f"`{each.network}`", each.name, each.source, ", ".join(sorted(each.passes)) or "nothing"]
        for each in EMBEDDINGS
    ]
    last = ["any, by its interface id", ISATAP.name, ISATAP.source, ", ".join(sorted(ISATAP.passes))]
    assert rows("Addresses", 1) == [*expected, last]


@pytest.mark.parametrize("row", rows("Limits"), ids=lambda row: row[2])
def test_a_limit_is_what_the_code_has(row: list[str]) -> None:
    name = row[2].strip("`")
    held = setting(name) if name.startswith("thoth.") else constant(name)
    assert number(row[1]) == pytest.approx(held)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_setting_that_limits_is_listed(section: str) -> None:
    listed = {row[2].strip("`") for row in rows("Limits")}
    fields = SECTIONS[section].model_fields
    assert {f"thoth.{section}.{info.alias}" for name, info in fields.items() if name not in NO_NUMBER} <= listed


def test_every_switch_of_the_network_is_told_of() -> None:
    for name in NO_NUMBER & NetworkSettings.model_fields.keys():
        assert f"`thoth.network.{NetworkSettings.model_fields[name].alias}`" in PAGE


@pytest.mark.parametrize("row", rows("Attacks that are tests"), ids=lambda row: row[0])
def test_an_attack_is_a_test(row: list[str]) -> None:
    tests = Path(__file__).parent / row[1].strip("`")
    defined = {node.name for node in ast.walk(ast.parse(tests.read_text("utf-8"))) if hasattr(node, "name")}
    assert {f"test_{name}" for name in re.findall(r"`(\w+)`", row[2])} <= defined
