"""docs/network.md says what the code does."""

import re
import shlex
from pathlib import Path

from thoth_ls.cli.main import _parser
from thoth_ls.consent import patience
from thoth_ls.lsp.consent_prompt import CHOICES
from thoth_ls.net import activity_file, once
from thoth_ls.net.model import WAITING
from thoth_ls.settings import NetworkSettings

PAGE = (Path(__file__).parents[2] / "docs" / "network.md").read_text("utf-8")
WORDS = " ".join(PAGE.split())


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under these column names."""
    table = PAGE.split(heading + "\n", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[1:]]


def test_the_answers_are_those_people_are_given() -> None:
    assert [answer for answer, _ in rows("| answer | what it means |")] == list(CHOICES)


def test_the_settings_are_listed_with_their_defaults() -> None:
    defaults = {
        f"`thoth.network.{field.alias}`": str(field.default).replace("True", "true").replace("False", "false")
        for field in NetworkSettings.model_fields.values()
    }
    listed = {name: default for name, default, _ in rows("| setting | default | what it does |")}
    assert listed == {name: default.removesuffix(".0") for name, default in defaults.items()}


def test_the_commands_can_be_typed() -> None:
    (example,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line in example.splitlines():
        options = _parser().parse_args(shlex.split(line)[1:])
        assert options.command == "network"
    options = _parser().parse_args(["network", "log", "--plugin", "ID", "--count", "5", "--json"])
    assert (options.plugin, options.count, options.json) == ("ID", 5, True)
    assert _parser().parse_args(["network", "deny", "ID", "TARGET", "--workspace"]).workspace


def test_the_numbers_are_those_of_the_code() -> None:
    assert (patience.DENIED_SECONDS, patience.REST_SECONDS) == (60, 600)
    assert "not asked again for a minute" in WORDS
    assert (patience.PATIENCE, patience.PLUGIN_PATIENCE) == (3, 6)
    assert "denied three times in ten minutes rests for ten minutes" in WORDS
    assert "a plugin you denied six times rests altogether" in WORDS
    assert activity_file.MOST_BYTES == 8 << 20
    assert "each file has at most 8 MiB" in WORDS
    assert once.SECONDS == 300
    assert "for five minutes" in WORDS
    assert f"`{WAITING}`" in WORDS
