"""The docs say what is true of the code."""

import json
import re
from pathlib import Path

import pytest

from thoth_ls.lsp.errors import CODES
from thoth_ls.wire.methods import METHODS, PROTOCOL_VERSION

ROOT = Path(__file__).parent.parent
EXTENSIONS = (ROOT / "docs" / "lsp-extensions.md").read_text("utf-8")


def section(method: str) -> str:
    """What the docs say under the heading of one method."""
    _, found, rest = EXTENSIONS.partition(f"\n### `{method}`\n")
    assert found, f"docs/lsp-extensions.md has no heading for {method}"
    return re.split(r"\n##+ ", rest)[0]


@pytest.mark.parametrize("method", METHODS)
def test_method_is_documented_with_an_example_of_its_types(method: str) -> None:
    """Every message has its own heading, its direction, and an example that its types accept."""
    rpc, text = METHODS[method], section(method)
    blocks = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 1
    example = json.loads(blocks[0])
    rpc.params.model_validate(example["params"])
    assert ("result" in example) == (rpc.result is not None)
    if rpc.result is not None:
        assert rpc.result.model_validate(example["result"]).model_dump(mode="json", by_alias=True) == example["result"]
    assert ("Client to server" if rpc.to == "server" else "Server to client") in text


def test_no_method_is_documented_that_does_not_exist() -> None:
    """A heading without a message behind it would be a promise."""
    assert set(re.findall(r"^### `(thoth/[^`]+)`$", EXTENSIONS, re.MULTILINE)) == set(METHODS)


def test_every_error_is_documented_with_its_code() -> None:
    """The table of errors is the table of the code."""
    rows = dict(re.findall(r"^\| (-?\d+) \| (\w+) \|", EXTENSIONS, re.MULTILINE))
    assert {kind: int(code) for code, kind in rows.items()} == {kind.value: code for kind, code in CODES.items()}


def test_the_protocol_version_is_documented() -> None:
    """A client can compare."""
    assert f"it is {PROTOCOL_VERSION} now" in EXTENSIONS


def test_readme_opens_with_the_two_commands() -> None:
    """A newcomer sees first how to run it and how to test it."""
    readme = (ROOT / "README.md").read_text("utf-8")
    assert re.search(r"```sh\nmake run\b.*\nmake test\b.*\n```", readme[:900])


def test_every_make_target_named_in_the_docs_exists() -> None:
    """No doc sends anyone to a target that is gone."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z0-9-]+):", makefile, re.MULTILINE))
    for doc in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        named = set(re.findall(r"`make ([a-z0-9-]+)", doc.read_text("utf-8")))
        assert named <= targets, f"{doc.name} names {named - targets}"


def test_links_between_files_lead_somewhere() -> None:
    """Relative links in the docs point to files that are there."""
    for doc in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", doc.read_text("utf-8")):
            assert (doc.parent / target).exists(), f"{doc.name} links to {target}"
