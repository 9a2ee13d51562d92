"""Writes the JSON Schema of `plugin.toml` from `thoth_ls.catalog.manifest_model.Manifest`.

    python scripts/generate_manifest_schema.py [--check]

`--check` writes nothing and fails when a file is not current. The schema says what a manifest has to be; unknown keys
are allowed in it, since Thoth only warns of them. It stands in `docs/` for people and their editors, and beside the
model, where the server reads it to complete and explain keys.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ["THOTH_DESCRIBE_FIELDS"] = "1"  # before the models are made

from thoth_ls.catalog.manifest_model import Manifest
from thoth_ls.catalog.manifest_tables import ABOUT, Capability

REPOSITORY = Path(__file__).resolve().parent.parent
FILES = (REPOSITORY / "docs" / "plugin.schema.json", REPOSITORY / "thoth_ls" / "catalog" / "plugin.schema.json")


def main() -> int:
    """Writes both files, or compares them with what would be written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="exit 1 when a file is not current")
    check = parser.parse_args().check
    text = schema_text()
    stale = [path for path in FILES if not path.exists() or path.read_text(encoding="utf-8") != text]
    if check:
        for path in stale:
            print(f"{path} is not current. Run: python scripts/generate_manifest_schema.py", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path}")
    return 0


def schema_text() -> str:
    """The schema as it stands in the files: without references, which not every TOML editor follows."""
    made = Manifest.model_json_schema(by_alias=True)
    definitions = made.pop("$defs")
    definitions["Capability"]["x-taplo"] = {"docs": {"enumValues": [ABOUT[item] for item in Capability]}}
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **_plain(made, definitions),
        "title": "Manifest of a Thoth plugin",
        "description": "plugin.toml: what a plugin says about itself before any of its code runs.",
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _plain(node: Any, definitions: dict[str, Any]) -> Any:
    """A node with what it refers to in its place, without the null that TOML does not have, and without titles."""
    if isinstance(node, list):
        return [_plain(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        referred = definitions[node["$ref"].removeprefix("#/$defs/")]
        return _plain({**referred, **{key: value for key, value in node.items() if key != "$ref"}}, definitions)
    choices = [item for item in node.get("anyOf", []) if item != {"type": "null"}]
    if "anyOf" in node and len(choices) == 1:
        rest = {key: value for key, value in node.items() if key != "anyOf"}
        return _plain({**_resolved(choices[0], definitions), **rest}, definitions)
    plain = {key: _plain(value, definitions) for key, value in node.items() if key not in ("title", "properties")}
    if plain.get("default", 0) is None:
        del plain["default"]
    if "properties" in node:
        plain["properties"] = {name: _plain(value, definitions) for name, value in node["properties"].items()}
    return plain


def _resolved(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = definitions[node["$ref"].removeprefix("#/$defs/")] if "$ref" in node else node
    return found


if __name__ == "__main__":
    raise SystemExit(main())
