"""What can be written at a place of a `plugin.toml`, and what stands there: from the model's schema, of any text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from thoth_ls.catalog import schema
from thoth_ls.catalog.toml_scan import TomlScan
from thoth_ls.wire.texts import Explanation, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoth_ls.catalog.toml_tokens import Here, Path

QUOTES = "\"'"


def proposals(text: str, offset: int) -> tuple[int, int, list[Proposal]]:
    """What fits at `offset`, the likeliest first, and the part of the text it would take the place of."""
    here = TomlScan(text[:offset]).here
    whole = TomlScan(text)
    end = offset
    match here.kind:
        case "key":
            found = [*_keys(here, whole), *(_headers(here, whole) if _begins_line(text, here.start) else ())]
        case "header" | "list header":
            closing = "]]" if here.kind == "list header" else "]"
            end += len(closing) if text.startswith(closing, offset) else 0
            found = list(_header_names(here, whole, closing))
        case "value":
            quote = text[here.start : min(here.start + 1, offset)]
            if quote and quote in QUOTES and text.startswith(quote, offset):
                end += 1  # the quote that editors add by themselves
            found = list(_values(here, whole, text, text[here.start : offset].strip(QUOTES)))
        case _:
            found = []
    return here.start, end, found


def explanation(text: str, offset: int) -> tuple[int, int, Explanation] | None:
    """What the key or the value at `offset` means, and where it stands; None where nothing is known of it."""
    scan = TomlScan(text)
    found = scan.path_at(offset)
    if found is not None:
        path, span = found
        node = schema.at(path)
        return None if node is None else (span.start, span.end, _explained(path, node))
    for path, span in scan.values.items():
        node = schema.at(path)
        if node is None or not span.start <= offset <= span.end:
            continue
        meaning = schema.choices(node).get(text[span.start : span.end].strip(QUOTES), "")
        if meaning:
            return span.start, span.end, Explanation(text[span.start : span.end].strip(QUOTES), meaning, "")
    return None


def _explained(path: Path, node: schema.Node) -> Explanation:
    name = str(next(part for part in reversed(path) if isinstance(part, str)))
    expected = schema.expected(node)
    facts = [f"{expected[0].upper()}{expected[1:]}"]
    if name in schema.required_keys(path[:-1]):
        facts.append("required")
    default = node.get("default")
    if default not in (None, "", []):
        facts.append(f"{json.dumps(default)} where it is left out")
    return Explanation(name, node.get("description", ""), ", ".join(facts) + ".")


def _keys(here: Here, whole: TomlScan) -> Iterator[Proposal]:
    """Keys of the table, without those it has; those it has to have first."""
    keys = schema.keys_of(here.table)
    required = schema.required_keys(here.table)
    for name in sorted(keys, key=lambda name: (name not in required, list(keys).index(name))):
        node = keys[name]
        if (*here.table, name) in whole.keys or (not here.table and _is_section(node)):
            continue
        explained = _explained((*here.table, name), node)
        yield Proposal(name, f"{name} = ", f"{name} = {_snippet(node)}", explained, "key")


def _headers(here: Here, whole: TomlScan) -> Iterator[Proposal]:
    """Sections that can begin here, without tables that are there already."""
    for name, node in schema.keys_of(()).items():
        if not _is_section(node) or (node["type"] == "object" and (name,) in whole.keys):
            continue
        label = f"[{name}]" if node["type"] == "object" else f"[[{name}]]"
        yield Proposal(label, f"{label}\n", f"{label}\n", _explained((name,), node), "section")


def _header_names(here: Here, whole: TomlScan, closing: str) -> Iterator[Proposal]:
    wanted = "object" if closing == "]" else "array"
    for name, node in schema.keys_of(here.table).items():
        path = (*here.table, name)
        if node.get("type") == wanted and _is_section(node) and (wanted == "array" or path not in whole.values):
            yield Proposal(name, f"{name}{closing}", f"{name}{closing}", _explained(path, node), "section")


def _values(here: Here, whole: TomlScan, text: str, begun: str) -> Iterator[Proposal]:
    """Texts to choose from, in a list without those it has; or examples, as long as nothing is `begun`.

    A text of the author's own is not to be finished as one of them.
    """
    node = schema.at(here.path)
    if node is None:
        return
    if node.get("type") == "array":
        yield Proposal("[ ]", "[", _snippet(node), _explained(here.path, node), "value")
    elif node.get("type") == "boolean":
        for word in ("true", "false"):
            yield Proposal(word, word, word, _explained(here.path, node), "value")
    others = [span for path, span in whole.values.items() if path[:-1] == here.table and path != here.path]
    taken = {text[span.start : span.end].strip(QUOTES) for span in others if isinstance(here.path[-1], int)}
    explained = _explained(here.path, node)
    examples = dict.fromkeys(node.get("examples", []) if not begun else [], "")
    for word, meaning in (schema.choices(node) or examples).items():
        if word not in taken:
            said = Explanation(word, meaning, "") if meaning else explained
            yield Proposal(word, f'"{word}"', f'"{word}"', said, "value")


def _snippet(node: schema.Node) -> str:
    """A value with places to fill in, in the form editors know."""
    match node.get("type"):
        case "string":
            return '"$1"'
        case "array":
            return '["$1"]' if node.get("items", {}).get("type") == "string" else "[$1]"
        case "boolean":
            return "true"
        case "object":
            inner = [
                f"{name} = {_snippet(node['properties'][name]).replace('$1', f'${index}')}"
                for index, name in enumerate(reversed(node.get("required", [])), start=1)
            ]
            return f"{{ {', '.join(inner)} }}"
        case _:
            return "$1"


def _is_section(node: schema.Node) -> bool:
    """Whether it is a table, or a list of tables, which stand under headers."""
    return bool(node.get("properties") or node.get("items", {}).get("properties"))


def _begins_line(text: str, offset: int) -> bool:
    return not text[text.rfind("\n", 0, offset) + 1 : offset].strip()
