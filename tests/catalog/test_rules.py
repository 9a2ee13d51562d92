"""The table of needs: complete over the contract, and nothing in it that is not there."""

import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from tests.wit.wit_package import wasm_tools
from thoth_ls.catalog.needs import ABOUT, NEEDS, RULES, STOPS, Rule
from thoth_ls.wire.permissions import Need

ROOT = Path(__file__).parents[2]


@cache
def imported() -> dict[str, dict[str, bool]]:
    """Every function that some world of `wit/` imports: interface → function → whether its type has an error.

    What worlds export is left out: `dataset-bus` uses a type of `data-producer`, so that one is listed as imported too.
    """
    done = subprocess.run(
        [wasm_tools(), "component", "wit", str(ROOT / "wit"), "--json"], check=True, capture_output=True, text=True
    )
    package = json.loads(done.stdout)
    exported = {item["interface"]["id"] for world in package["worlds"] for item in world["exports"].values()}
    found: dict[str, dict[str, bool]] = {}
    for world in package["worlds"]:
        for number in {item["interface"]["id"] for item in world["imports"].values()} - exported:
            interface = package["interfaces"][number]
            for name, function in interface["functions"].items():
                result = function.get("result")
                kind = package["types"][result]["kind"] if isinstance(result, int) else {}
                found.setdefault(interface["name"], {})[name] = isinstance(kind, dict) and "result" in kind
    return found


def test_every_import_of_the_contract_has_a_row() -> None:
    """An import without an entry cannot exist; nor an entry without an import."""
    assert {name: set(functions) for name, functions in RULES.items()} == {
        name: set(functions) for name, functions in imported().items()
    }


def test_an_interface_that_says_it_is_imported_is_imported_by_a_world() -> None:
    """So that none is forgotten because no world mentions it yet."""
    said = {
        path.stem
        for path in (ROOT / "wit").glob("*.wit")
        if re.search(r"^/// Host import", path.read_text("utf-8"), re.MULTILINE)
    }
    assert said == set(RULES)


@pytest.mark.parametrize(
    ("interface", "function"), [(name, function) for name, functions in RULES.items() for function in functions]
)
def test_a_refused_call_can_be_answered_or_is_known_not_to(interface: str, function: str) -> None:
    """Where the type has an error, that is the answer; a row brings one of its own only where it has none."""
    rule, has_error = RULES[interface][function], imported()[interface][function]
    if has_error or rule.need is None:
        assert rule.refused is STOPS
    if rule.need is None:
        assert rule.target is None


def test_calls_that_begin_a_connection_say_where_it_goes() -> None:
    """The scope of a grant is held against them by the guard, not by whoever opens the socket."""
    request = {"url": "https://example.com/a", "method": "GET", "headers": [], "body": None}
    expected = {
        ("http-client", "fetch"): ((request,), "https://example.com/a"),
        ("http-client", "submit"): ((request,), "https://example.com/a"),
        ("http-control", "submit"): ((request, "{}"), "https://example.com/a"),
        ("http-control", "fetch"): ((request, "{}"), "https://example.com/a"),
        ("websocket-control", "connect"): (("wss://example.com", [], "{}"), "wss://example.com"),
        ("websocket", "connect"): (("wss://example.com", []), "wss://example.com"),
        ("tcp-client", "connect"): (("::1", 5432, True), "[::1]:5432"),
    }
    found = {
        (interface, name): rule.target
        for interface, functions in RULES.items()
        for name, rule in functions.items()
        if rule.target is not None
    }
    assert set(found) == set(expected)
    for key, (arguments, target) in expected.items():
        assert found[key](arguments) == target


def test_every_need_is_told_to_people() -> None:
    """A need nobody can read about cannot be asked for."""
    assert list(ABOUT) == list(get_args(Need)) == list(NEEDS)
    assert len({about.title for about in ABOUT.values()}) == len(ABOUT)


def test_every_need_of_a_row_exists_and_targets_go_with_scopes() -> None:
    for functions in RULES.values():
        for rule in functions.values():
            assert isinstance(rule, Rule)
            assert rule.need is None or rule.need in ABOUT
            if rule.target is not None:
                assert rule.need is not None
                assert ABOUT[rule.need].scoped
