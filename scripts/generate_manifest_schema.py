"""Writes the JSON Schema of `plugin.toml` from `thoth_ls.catalog.manifest_model.Manifest`.

    python scripts/generate_manifest_schema.py [--check]

`--check` writes nothing and fails when a file is not current. The schema says what a manifest has to be; unknown keys
are allowed in it, since Thoth only warns of them. It stands in `docs/` for people and their editors, and beside the
model, where the server reads it to complete and explain keys. The tables of the manifest's reference in
`docs/plugin-system.md` are made of it too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from typing import Any

os.environ["THOTH_DESCRIBE_FIELDS"] = "1"  # before the models are made

from generated_files import REPOSITORY, write_or_compare
from thoth_ls.catalog import schema as words
from thoth_ls.catalog.manifest_model import Manifest
from thoth_ls.catalog.manifest_tables import ABOUT, Capability

SCHEMA_FILES = (REPOSITORY / "docs" / "plugin.schema.json", REPOSITORY / "thoth_ls" / "catalog" / "plugin.schema.json")
REFERENCE = REPOSITORY / "docs" / "plugin-system.md"
TOP = "At the top"
BEGIN, END = "<!-- Written by scripts/generate_manifest_schema.py: -->", "<!-- until here -->"


def main() -> int:
    """Writes the files, or compares them with what would be written."""
    schema = manifest_schema()
    wanted = dict.fromkeys(SCHEMA_FILES, json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
    wanted[REFERENCE] = with_tables(REFERENCE.read_text(encoding="utf-8"), tables(schema))
    return write_or_compare(__doc__, wanted)


def manifest_schema() -> dict[str, Any]:
    """The schema as it stands in the files: without references, which not every TOML editor follows."""
    made = Manifest.model_json_schema(by_alias=True)
    definitions = made.pop("$defs")
    definitions["Capability"]["x-taplo"] = {"docs": {"enumValues": [ABOUT[item] for item in Capability]}}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **_plain(made, definitions),
        "title": "Manifest of a Thoth plugin",
        "description": "plugin.toml: what a plugin says about itself before any of its code runs.",
    }


def with_tables(text: str, lines: Iterable[str]) -> str:
    """A page with other lines between the marks."""
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise SystemExit(f"{REFERENCE} has no {BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{chr(10).join(lines)}\n{END}{after}"


def tables(schema: dict[str, Any]) -> Iterator[str]:
    """The keys of the manifest and of each of its sections, and what the capabilities mean."""
    yield from _table(TOP, schema)
    for name, node in schema["properties"].items():
        if "properties" in node:
            yield from _table(f"`[{name}]`", node)
        elif "properties" in node.get("items", {}):
            yield from _table(f"`[[{name}]]`", node["items"])
    yield from ("### Capabilities", "", "| capability | meaning |", "| --- | --- |")
    yield from (f"| `{capability.value}` | {meaning} |" for capability, meaning in ABOUT.items())
    yield ""


def _table(title: str, node: dict[str, Any]) -> Iterator[str]:
    yield from (f"### {title}", "", "| key | value | meaning |", "| --- | --- | --- |")
    for name, item in node["properties"].items():
        if _is_section(item) and title == TOP:
            continue
        expected = words.expected(item) if not _is_section(item) else _inline(item)
        needed = ", required" if name in node.get("required", []) else ""
        default = item.get("default")
        without = f"; without it {json.dumps(default)}" if default not in (None, "", [], False) else ""
        yield f"| `{name}` | {expected}{needed}{without} | {item['description']} |"
        for inner, scope in item.get("properties", {}).items():
            if inner != "reason":
                yield f"| `{name}.{inner}` | {words.expected(scope)} | {scope['description']} |"
    yield ""


def _is_section(node: dict[str, Any]) -> bool:
    return "properties" in node or "properties" in node.get("items", {})


def _inline(node: dict[str, Any]) -> str:
    """A table within a table."""
    return "a table of " + " and ".join(f"`{name}`" for name in reversed(node["required"]))


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
