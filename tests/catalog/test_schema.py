"""The JSON Schema of `plugin.toml` says what the model says."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from thoth_ls.catalog import schema
from thoth_ls.catalog.manifest import check_text
from thoth_ls.catalog.manifest_model import Manifest
from thoth_ls.catalog.manifest_tables import ABOUT, Capability

REPOSITORY = Path(__file__).parents[2]


def test_the_committed_schema_is_that_of_the_model() -> None:
    """In `docs/` and beside the model."""
    command = [sys.executable, "scripts/generate_manifest_schema.py", "--check"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def models(model: type[BaseModel], path: tuple[str, ...] = ()) -> dict[tuple[str, ...], type[BaseModel]]:
    """The tables of the model by their paths."""
    found = {path: model}
    for name, field in model.model_fields.items():
        for part in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(part, type) and issubclass(part, BaseModel):
                found |= models(part, (*path, field.alias or name))
    return found


@pytest.mark.parametrize("path", sorted(models(Manifest)))
def test_every_key_is_known_and_explained(path: tuple[str, ...]) -> None:
    """An editor shows the explanation, and the reference is written from it."""
    fields = models(Manifest)[path].model_fields
    keys = schema.keys_of(path)
    assert set(keys) == {field.alias or name for name, field in fields.items()}
    assert [name for name, node in keys.items() if len(node.get("description", "")) < 5] == []


def test_every_capability_is_explained() -> None:
    """Also those that will be added."""
    assert set(ABOUT) == set(Capability)
    assert set(schema.choices(schema.at(("capabilities", 0)) or {})) == {item.value for item in Capability}


def test_the_schema_uses_nothing_that_simple_editors_do_not_know() -> None:
    """Editors of TOML follow an older JSON Schema, some of them without references."""
    text = schema.FILE.read_text("utf-8")
    assert not re.search(r'"(\$ref|\$defs|prefixItems|const|null)"', text)


@pytest.mark.parametrize(
    "manifest", sorted(REPOSITORY.glob("plugins/**/plugin.toml")), ids=lambda path: path.parent.name
)
def test_our_own_manifests_fit(manifest: Path) -> None:
    """As a small reading of the schema says; the model is asked when the plugins are found."""
    assert list(misfits(tomllib.loads(manifest.read_text("utf-8")), schema.root(), "")) == []


def misfits(value: Any, node: dict[str, Any], path: str) -> list[str]:
    """Where a value does not fit the schema: types, required keys, choices, patterns."""
    kinds = {"string": str, "array": list, "object": dict, "boolean": bool, "integer": int, "number": (int, float)}
    if "type" in node and not isinstance(value, kinds[node["type"]]):
        return [f"{path} is no {node['type']}"]
    found = [f"{path}.{name} is missing" for name in node.get("required", []) if name not in value]
    if "enum" in node and value not in node["enum"]:
        found.append(f"{path} is none of the choices")
    if "pattern" in node and not re.search(node["pattern"], value):
        found.append(f"{path} has another form")
    if isinstance(value, dict):
        for name, item in value.items():
            inner = node.get("properties", {}).get(name)
            found += [f"{path}.{name} is unknown"] if inner is None else misfits(item, inner, f"{path}.{name}")
    if isinstance(value, list):
        for item in value:
            found += misfits(item, node["items"], f"{path}[]")
    return found


def test_the_manifest_in_the_docs_is_one() -> None:
    """People copy it."""
    page = (REPOSITORY / "docs" / "plugin-system.md").read_text("utf-8")
    whole = [block for block in re.findall(r"```toml\n(.*?)```", page, re.DOTALL) if block.startswith("id =")]
    assert [check_text(text).problems for text in whole] == [()]


def test_the_small_reading_sees_what_is_wrong() -> None:
    """Else the test above could not fail."""
    assert json.dumps(misfits({"id": 5, "capabilities": ["x"], "zebra": 1}, schema.root(), "")).count("missing") == 4
