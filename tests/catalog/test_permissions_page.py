"""docs/permissions.md says what the table of needs says."""

import re
import shlex
import tomllib
from pathlib import Path
from typing import get_args

from thoth_ls.catalog.harmless import harmless
from thoth_ls.catalog.manifest_permissions import Permissions
from thoth_ls.catalog.needs import ABOUT, MOST_REASON, NEEDS, RULES
from thoth_ls.cli import plugins
from thoth_ls.consent.questions import PATIENCE, REST_SECONDS
from thoth_ls.wire.permissions import Need

PAGE = (Path(__file__).parents[2] / "docs" / "permissions.md").read_text("utf-8")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under these column names."""
    table = PAGE.split(heading + "\n", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[1:]]


def test_every_need_is_explained_as_people_are_asked_for_it() -> None:
    told = [(f"`{need}`", ABOUT[need].title, "hosts" if ABOUT[need].scoped else "") for need in NEEDS]
    assert [tuple(row) for row in rows("| need | what it allows | limited to |")] == told


def test_every_function_and_what_it_takes_is_listed() -> None:
    listed = [
        (interface.strip("`"), function, None if takes == "nothing" else takes.strip("`"))
        for interface, functions, takes in rows("| interface | functions | takes |")
        for function in re.findall(r"`([^`]+)`", functions)
    ]
    assert listed == [
        (interface, function, rule.need)
        for interface, functions in RULES.items()
        for function, rule in functions.items()
    ]


def test_the_example_for_authors_is_a_manifest_section() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    declared = Permissions.model_validate(tomllib.loads(example)["permissions"]).declared()
    assert set(declared) == {"network", "tcp", "secure-storage", "opened-file"}


def test_the_commands_exist_with_the_needs_of_the_protocol() -> None:
    (example,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    named = {shlex.split(line)[2] for line in example.splitlines()}
    assert named <= {subcommand.name for subcommand in plugins.SUBCOMMANDS}
    assert get_args(Need) == plugins.NEEDS


def test_the_numbers_are_those_of_the_code() -> None:
    assert f"in one line of at most {MOST_REASON} characters" in PAGE
    assert (PATIENCE, REST_SECONDS) == (3, 600)
    assert "waved away three times in ten minutes\n  rests for ten minutes" in PAGE
    assert len(harmless("x" * 1000, MOST_REASON)) == MOST_REASON
