"""Writes `thoth_plugin/ui.py`, a function for each kind of node, from docs/ui-nodes.schema.json.

    python scripts/generate_ui_builders.py [--check]

`--check` writes nothing and fails when the file is not current.
"""

from __future__ import annotations

import json
import keyword
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from generated_files import REPOSITORY, write_or_compare

SCHEMA = REPOSITORY / "docs" / "ui-nodes.schema.json"
MODULE = REPOSITORY / "plugins" / "sdk" / "python" / "thoth_plugin" / "ui.py"

PARTS = ("action", "card-action", "choice", "entry", "image", "item", "option", "syntax")
"""Definitions that are no nodes and get a function all the same."""
ID_BY_NAME = ("v-split", "data-view", "picture", "card", "breadcrumbs")
"""Kinds whose id is given by name, although it is the first field."""
BY_PLACE = {"table": ("headers", "rows"), "breadcrumbs": ("path",), "list": ("items",), "option": ("value", "label")}
"""Fields that have a default and may be given by place."""
HEAD = '''"""A function for each kind of node, and for the parts of some.

Written by scripts/generate_ui_builders.py from docs/ui-nodes.schema.json; what a field means stands in
docs/ui-nodes.md. A field that has its default is left out of the tree. Children may be texts, which stand for plain
text nodes, and None, which stands for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from thoth_plugin.nodes import Child, Node, node_of, nodes_of
from thoth_plugin.parts import Choice, Part, badge_at_end, choices_of, icon_before, image_before, options_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

'''


@dataclass(frozen=True)
class Field:
    """A parameter of a function and a member of the node."""

    member: str
    annotation: str
    default: str | None
    """As Python; None where it has to be given."""
    value: str
    """The parameter as it goes into the node."""
    many: bool

    @property
    def parameter(self) -> str:
        """The name in Python."""
        name = self.member.replace("-", "_")
        return f"{name}_" if keyword.iskeyword(name) else name


def main() -> int:
    """Writes the module, or compares it with what would be written."""
    return write_or_compare(__doc__, {MODULE: module(json.loads(SCHEMA.read_text("utf-8"))["$defs"])})


def module(definitions: dict[str, dict[str, Any]]) -> str:
    """The whole module."""
    made: dict[str, str] = {}
    for name, definition in definitions.items():
        kind = definition.get("properties", {}).get("type", {}).get("const")
        if (kind is not None and not definition.get("deprecated")) or name in PARTS:
            made[python_name(name)] = function(name, definition, is_node=kind is not None)
    names = sorted([*made, "Choice", "Part", "badge_at_end", "icon_before", "image_before", "Node", "Child"])
    exported = "__all__ = [\n" + "".join(f'    "{name}",\n' for name in names) + "]\n"
    return HEAD + exported + "".join(f"\n\n{text}" for text in made.values())


def function(name: str, definition: dict[str, Any], *, is_node: bool) -> str:
    """One function."""
    fields = [field_of(member, schema, definition) for member, schema in members(definition)]
    first = [field for field in fields if by_place(name, field, fields)]
    first.sort(key=lambda field: (field.member != "id" or name in ID_BY_NAME, field.default is not None))
    children = next((field for field in fields if field.member == "children"), None)
    rest = [field for field in fields if field not in first and field is not children]
    # An id that is given by place is given: what has none tells its plugin nothing.
    parameters = [
        f"{item.parameter}: {item.annotation}{'' if item.member == 'id' else default(item)}" for item in first
    ]
    if children is not None:
        parameters.append("*children: Child")
    elif rest:
        parameters.append("*")
    parameters += [f"{item.parameter}: {item.annotation}{default(item)}" for item in rest]
    signature = f"def {python_name(name)}({', '.join(parameters)}) -> {'Node' if is_node else 'Part'}:"
    if len(signature) > 120:
        signature = f"def {python_name(name)}(\n" + "".join(f"    {item},\n" for item in parameters)
        signature += f") -> {'Node' if is_node else 'Part'}:"
    always = [field for field in fields if field.default is None]
    start = [f'type="{name}"'] if is_node else []
    plain = [f for f in always if f.member.isidentifier() and not keyword.iskeyword(f.member)]
    lines = [f"{'Node' if is_node else 'Part'}({', '.join([*start, *(f'{f.member}={f.value}' for f in plain)])})"]
    lines[0] = f"    made = {lines[0]}"
    lines += [f'    made["{f.member}"] = {f.value}' for f in always if f not in plain]
    for field in fields:
        if field.default is not None:
            lines.append(f'    if {condition(field)}:\n        made["{field.member}"] = {field.value}')
    return "\n".join([signature, docstring(definition), *lines, "    return made", ""])


def members(definition: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and schema of each field, in order; other spellings are left out."""
    for member, schema in definition["properties"].items():
        if member != "type" and not schema.get("deprecated"):
            yield member, schema


def by_place(name: str, field: Field, fields: list[Field]) -> bool:
    """Whether a field may be given by its place."""
    if field.member == "children":
        return False
    if field.member == "id" and field is fields[0]:
        return name not in ID_BY_NAME and name != "action"
    return field.default is None or field.member in BY_PLACE.get(name, ())


def field_of(member: str, schema: dict[str, Any], definition: dict[str, Any]) -> Field:
    """A field from its schema."""
    wanted = member in definition.get("x-required", ())
    bare = without_null(schema)
    kind, value, many = type_of(bare, member.replace("-", "_"))
    if wanted:
        return Field(member, kind, None, value, many)
    if many:
        return Field(member, kind, "()", value, many)
    fallback = schema.get("default")
    if fallback is None:
        return Field(member, f"{kind} | None", "None", value, many)
    return Field(member, kind, repr(fallback) if not isinstance(fallback, str) else f'"{fallback}"', value, many)


def type_of(schema: dict[str, Any], name: str) -> tuple[str, str, bool]:
    """The annotation, how the parameter goes into the node, and whether there are many of them."""
    name = f"{name}_" if keyword.iskeyword(name) else name
    reference = schema.get("$ref", "").rpartition("/")[2]
    if "enum" in schema:
        return f"Literal[{', '.join(json.dumps(item) for item in schema['enum'])}]", name, False
    if reference == "node":
        return "Node | str", f"node_of({name})", False
    if reference == "color":
        return "str", name, False
    if schema.get("type") == "array":
        return array_of(schema["items"], name)
    scalar = {"string": "str", "boolean": "bool", "number": "float", "integer": "int"}.get(str(schema.get("type")))
    if scalar is not None:
        return scalar, name, False
    return (
        ("Mapping[str, Any]", name, False)
        if reference or "properties" in schema or "anyOf" in schema
        else ("Any", name, False)
    )


def array_of(items: dict[str, Any], name: str) -> tuple[str, str, bool]:
    """The same of a list."""
    reference = items.get("$ref", "").rpartition("/")[2]
    if reference == "node":
        return "Sequence[Child]", f"nodes_of({name})", True
    if reference == "option":
        return "Sequence[Choice]", f"options_of({name})", True
    if reference == "choice":
        return "Sequence[Choice]", f"choices_of({name})", True
    if items.get("type") == "array":
        return "Sequence[Sequence[Child]]", f"rows_of({name})", True
    return f"Sequence[{type_of(without_null(items), name)[0]}]", f"[*{name}]", True


def without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema that also allows null, without it."""
    others = [item for item in schema.get("anyOf", ()) if item != {"type": "null"}]
    return others[0] if len(others) == 1 else schema


def condition(field: Field) -> str:
    """When a field is written."""
    if field.many:
        return field.parameter
    if field.default in ("None",):
        return f"{field.parameter} is not None"
    if field.default in ("True", "False"):
        return f"not {field.parameter}" if field.default == "True" else field.parameter
    return f"{field.parameter} != {field.default}" if field.default != '""' else field.parameter


def default(field: Field) -> str:
    """The default as it stands in the signature."""
    return "" if field.default is None else f" = {field.default}"


def docstring(definition: dict[str, Any]) -> str:
    """What it is, and what it tells."""
    about = definition.get("description") or "A part of a node."
    events = [f"`{event['kind']}` ({event['value']}): {event['when']}" for event in definition.get("x-events", ())]
    if not events and len(about) < 108:
        return f'    """{about}"""'
    lines = wrap(about, 114)
    told = [line for event in events for line in wrap(event, 112, initial_indent="- ", subsequent_indent="  ")]
    body = "\n".join(f"    {line}" for line in [*lines, *(["", *told] if told else [])])
    return f'    """{body.strip()}\n    """'


def python_name(name: str) -> str:
    """The name of a kind as a name of Python."""
    return name.replace("-", "_")


if __name__ == "__main__":
    sys.exit(main())
