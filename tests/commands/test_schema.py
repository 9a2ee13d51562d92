"""A plugin's commands are believed only where every rule of the contract holds."""

import copy
import json
from typing import Any

import pytest

from thoth_ls.commands.schema import MAX_ARGUMENTS, MAX_CHARACTERS, MAX_COMMANDS, Flag, Option, Positional, read_schema
from thoth_ls.errors import PluginInvalid

PLUGIN = "com.example.counter"
GOOD: dict[str, Any] = {
    "id": "counter",
    "about": "Greets and counts",
    "examples": ["thoth counter greet Ada"],
    "subcommands": [
        {
            "name": "greet",
            "about": "Says hello",
            "args": [
                {
                    "id": "name",
                    "help": "Whom",
                    "required": True,
                    "kind": {"kind": "positional", "value-name": "NAME"},
                },
                {
                    "id": "from",
                    "help": "Who",
                    "required": False,
                    "kind": {"kind": "option", "long": "from", "short": "f", "value-name": "NAME"},
                },
                {"id": "shout", "help": "Loud", "required": False, "kind": {"kind": "flag", "long": "shout"}},
            ],
            "examples": [],
        },
        {"name": "count.to_ten-times", "about": "", "args": [], "examples": []},
    ],
}


def changed(path: str, value: Any) -> str:
    """The good schema with one value replaced; `…` takes it away."""
    schema = copy.deepcopy(GOOD)
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    at: Any = schema
    for step in steps:
        at = at[step]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return json.dumps(schema)


def problem(text: object) -> str:
    """Why a text is no schema."""
    with pytest.raises(PluginInvalid) as caught:
        read_schema(PLUGIN, text)
    assert str(caught.value).startswith(f"plugin {PLUGIN}: plugin-cli.schema ")
    return str(caught.value)


def test_a_good_schema_is_read_whole() -> None:
    """Names, kinds and examples; a short name may be absent."""
    schema = read_schema(PLUGIN, json.dumps(GOOD))
    assert [command.name for command in schema.subcommands] == ["greet", "count.to_ten-times"]
    name, origin, shout = schema.subcommands[0].args
    assert name.kind == Positional.model_validate({"kind": "positional", "value-name": "NAME"})
    assert isinstance(origin.kind, Option)
    assert (origin.kind.long, origin.kind.short) == ("from", "f")
    assert isinstance(shout.kind, Flag)
    assert shout.kind.short is None
    told = schema.commands(PLUGIN, "Counter")[0]
    assert [argument.kind for argument in told.arguments] == ["positional", "option", "flag"]
    assert (told.plugin_id, told.arguments[2].value_name) == (PLUGIN, None)


def test_members_of_a_later_contract_are_left_alone() -> None:
    """A plugin may say more than this host knows."""
    assert read_schema(PLUGIN, changed("subcommands.0.hidden", True)).id == "counter"


@pytest.mark.parametrize(
    "place", ["id", "subcommands.0.name", "subcommands.0.args.0.id", "subcommands.0.args.1.kind.long"]
)
@pytest.mark.parametrize("value", ["", "two words", "ä", "a/b", "a\n", "x" * 65, 5, None, ["a"]])
def test_names_are_ascii_and_not_empty(place: str, value: Any) -> None:
    """ASCII letters, digits and `. _ -`; the line says which name."""
    assert place.rpartition(".")[0].removesuffix(".kind") in problem(changed(place, value))


@pytest.mark.parametrize("short", ["", "ff", "-", "é", "²", " ", 1])
@pytest.mark.parametrize("number", [1, 2])
def test_a_short_name_is_one_ascii_letter_or_digit(number: int, short: Any) -> None:
    """Neither more nor another sign."""
    assert f"subcommands.0.args.{number}.kind" in problem(changed(f"subcommands.0.args.{number}.kind.short", short))


@pytest.mark.parametrize(
    "place",
    [
        *("id", "about", "examples", "subcommands", "subcommands.0.name", "subcommands.0.about", "subcommands.0.args"),
        *("subcommands.0.examples", "subcommands.0.args.0.id", "subcommands.0.args.0.help"),
        *("subcommands.0.args.0.required", "subcommands.0.args.0.kind", "subcommands.0.args.0.kind.kind"),
        *("subcommands.0.args.0.kind.value-name", "subcommands.0.args.1.kind.long", "subcommands.0.args.2.kind.long"),
    ],
)
def test_members_that_are_missing_are_named(place: str) -> None:
    """Every member of the contract but `short` has to be there, and be of its type."""
    last = place.rpartition(".")[2]
    assert last in problem(changed(place, ...))
    assert last in problem(changed(place, 1.5))


def test_there_is_at_least_one_command() -> None:
    """A plugin without commands should not say that it has some."""
    assert "subcommands: " in problem(changed("subcommands", []))


def test_a_kind_that_is_not_known_is_refused() -> None:
    """Nobody could tell how to give such an argument."""
    assert "subcommands.0.args.0.kind" in problem(changed("subcommands.0.args.0.kind.kind", "environment"))


@pytest.mark.parametrize(
    ("place", "value", "first"),
    [
        ("subcommands.1.name", "greet", "subcommands.0.name"),
        ("subcommands.0.args.2.id", "name", "subcommands.0.args.0.id"),
        ("subcommands.0.args.2.kind.long", "from", "subcommands.0.args.1.kind.long"),
        ("subcommands.0.args.2.kind.short", "f", "subcommands.0.args.1.kind.short"),
    ],
)
def test_nothing_has_the_name_of_another(place: str, value: str, first: str) -> None:
    """The line names both places."""
    assert f"\n{place}: {value!r} stands at {first} already" in problem(changed(place, value))


def test_every_problem_has_a_line_of_its_own() -> None:
    """An author mends all at once; a hundred lines would hide the rest."""
    schema = copy.deepcopy(GOOD)
    schema["subcommands"] = [{**schema["subcommands"][1], "name": "?"} for _ in range(30)]
    lines = problem(json.dumps(schema)).splitlines()
    assert lines[1] == "subcommands.0.name: must be 1 to 64 of the letters A to Z, digits, `.`, `_` and `-`"
    assert lines[-1] == "and 20 more"
    assert len(lines) == 12


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is not JSON"),
        ("{", "it is not JSON"),
        ("[1]", "the schema: "),
        ("NaN", "NaN is no number"),
        ("[" * 100_000, "nested too deeply"),
        ('{"id":"a","id":"b"}', "'id' stands twice"),
        ('{"id":' + "9" * 5_000 + "}", "it is not JSON"),
        (5, "did not return text"),
        (None, "did not return text"),
        ('"' + "x" * MAX_CHARACTERS + '"', "more than 1 MiB"),
    ],
)
def test_what_is_no_schema_at_all_is_refused(text: object, said: str) -> None:
    """Hostile JSON ends in one sentence."""
    assert said in problem(text)


def test_a_schema_has_bounds() -> None:
    """Thousands of commands or arguments are nobody's."""
    command, argument = GOOD["subcommands"][1], GOOD["subcommands"][0]["args"][0]
    many = [{**command, "name": f"c{number}"} for number in range(MAX_COMMANDS + 1)]
    assert "subcommands: " in problem(changed("subcommands", many))
    arguments = [{**argument, "id": f"a{number}"} for number in range(MAX_ARGUMENTS + 1)]
    assert "subcommands.0.args: " in problem(changed("subcommands.0.args", arguments))
    assert "about: " in problem(changed("about", "x" * 4_001))
    assert "about: " in problem(changed("about", "\ud800"))
