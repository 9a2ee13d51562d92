"""What a command is called with fits what it says it takes."""

import json
from typing import Any

import pytest

from tests.commands.test_schema import GOOD, PLUGIN
from thoth_ls.commands.arguments import MAX_CHARACTERS, invocation
from thoth_ls.commands.schema import read_schema
from thoth_ls.errors import InputInvalid

GREET = read_schema(PLUGIN, json.dumps(GOOD)).subcommands[0]


def refused(values: dict[str, Any]) -> InputInvalid:
    """Why values do not fit."""
    with pytest.raises(InputInvalid) as caught:
        invocation(PLUGIN, GREET, values)
    return caught.value


def test_flags_are_always_there_and_omitted_options_never() -> None:
    """As the contract has it."""
    assert json.loads(invocation(PLUGIN, GREET, {"name": "Ada"})) == {
        "subcommand": "greet",
        "values": {"name": "Ada", "shout": False},
    }
    given = {"name": "", "from": "Bob", "shout": True}
    assert json.loads(invocation(PLUGIN, GREET, given))["values"] == given


@pytest.mark.parametrize(
    ("values", "name", "said"),
    [
        ({}, "name", "greet: NAME is missing"),
        ({"name": "x", "volume": "1"}, "volume", "greet has no argument 'volume'; it has name, from, shout"),
        ({"name": True}, "name", "greet: NAME needs a text"),
        ({"name": "x", "from": False}, "from", "greet: --from needs a text"),
        ({"name": "x", "shout": "yes"}, "shout", "greet: --shout is a flag"),
        ({"name": "\ud800"}, "name", "greet: NAME is not text"),
        ({"name": "x" * (MAX_CHARACTERS + 1)}, "name", "longer than 1,048,576 characters"),
    ],
)
def test_the_argument_that_does_not_fit_is_named(values: dict[str, Any], name: str, said: str) -> None:
    """For people in the sentence, for programs in `input`."""
    error = refused(values)
    assert error.facts()["input"] == name
    assert said in str(error)


def test_a_flag_that_is_required_has_to_be_given() -> None:
    """As where a command asks to be told that it may go on."""
    command = json.loads(json.dumps(GOOD))
    command["subcommands"][0]["args"][2]["required"] = True
    greet = read_schema(PLUGIN, json.dumps(command)).subcommands[0]
    with pytest.raises(InputInvalid, match="--shout has to be given"):
        invocation(PLUGIN, greet, {"name": "x"})
    assert json.loads(invocation(PLUGIN, greet, {"name": "x", "shout": True}))["values"]["shout"] is True
