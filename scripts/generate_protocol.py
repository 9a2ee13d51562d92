"""Writes the TypeScript of the protocol from `thoth_ls.wire.methods.METHODS`.

    python scripts/generate_protocol.py [--check]

`--check` writes nothing and fails when a file is not current. Needs json-schema-to-typescript, which
`npm ci` in `vscode-extension/` installs.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import Any

os.environ["THOTH_DESCRIBE_FIELDS"] = "1"  # before the models are made

from pydantic.json_schema import models_json_schema

from generated_files import REPOSITORY, write_or_compare
from thoth_ls.errors import ErrorKind, Limit
from thoth_ls.wire.methods import METHODS, PROTOCOL_VERSION, Rpc

EXTENSION = REPOSITORY / "vscode-extension"
GENERATED = EXTENSION / "src" / "generated"
BANNER = "// Generated from thoth_ls/wire by scripts/generate_protocol.py. Do not edit.\n"
TARGET = {"server": "the server", "client": "the client"}


def main() -> int:
    """Writes both files, or compares them with what would be written."""
    files = {GENERATED / "protocol.ts": protocol_source(), GENERATED / "requests.ts": requests_source()}
    return write_or_compare(__doc__, files)


def protocol_source() -> str:
    """The types of all params and results, and of the `data` of an error response."""
    source = _json_to_typescript(_schema())
    # The schema needs a root, the types do not; and what refers to what, an editor can tell.
    source = source.replace("export interface ThothProtocol {}\n", "")
    source = re.sub(
        r"( \*\n)? \* This interface was referenced by `ThothProtocol`'s JSON-Schema\n \* via .*\n",
        "",
        source,
    )
    source = source.replace("/**\n */\n", "")
    source = re.sub(r"/\*\*\n\s*\* ([^\n]*)\n\s*\*/", r"/** \1 */", source)
    source = re.sub(r"\}\n(/\*\*|export )", r"}\n\n\1", source.strip())
    return f"{BANNER}\n{source}\n\n{_error_source()}"


def requests_source() -> str:
    """One typed constant a message, for vscode-languageclient."""
    lines = [
        BANNER.rstrip("\n"),
        'import { NotificationType, RequestType } from "vscode-languageclient/node";',
        'import type * as P from "./protocol";',
        "",
        "/** Raised when an existing message changes its meaning. */",
        f"export const PROTOCOL_VERSION = {PROTOCOL_VERSION};",
    ]
    for rpc in METHODS.values():
        lines += ["", *_constant(rpc)]
    return "\n".join(lines) + "\n"


def _constant(rpc: Rpc) -> list[str]:
    params = f"P.{rpc.params.__name__}"
    kind = "Notification" if rpc.result is None else "Request"
    types = [params] if rpc.result is None else [params, f"P.{rpc.result.__name__}", "P.ErrorData"]
    value = f'new {kind}Type<{", ".join(types)}>("{rpc.method}")'
    doc = " ".join((rpc.params.__doc__ or "").split())
    return [
        f"/** {kind} to {TARGET[rpc.to]}: {doc} */",
        f"export const {constant_name(rpc.method)} = {value};",
    ]


def constant_name(method: str) -> str:
    """`thoth/document/didProgress` is `documentDidProgress`."""
    first, *rest = method.removeprefix("thoth/").split("/")
    return first + "".join(part[0].upper() + part[1:] for part in rest)


def _schema() -> dict[str, Any]:
    """One JSON Schema with every params and result under `$defs`.

    What the client sends is described as it is validated (defaults may be left out), what it receives as it
    is serialised (defaults are always there). A model with defaults that goes both ways would come out twice,
    as `Name-Input` and `Name-Output`; the wire package has none, and this refuses one.
    """
    models: list[Any] = []
    for rpc in METHODS.values():
        models.append((rpc.params, "validation" if rpc.to == "server" else "serialization"))
        if rpc.result is not None:
            models.append((rpc.result, "serialization" if rpc.to == "server" else "validation"))
    _, schema = models_json_schema(models, by_alias=True)
    split = [name for name in schema["$defs"] if "-" in name]
    if split:
        raise SystemExit(f"Models with defaults go both ways: {split}. Keep params and results apart.")
    definitions = {name: _without_titles(schema["$defs"][name]) for name in sorted(schema["$defs"])}
    return {"$defs": definitions, "title": "ThothProtocol", "type": "object", "additionalProperties": False}


def _without_titles(definition: dict[str, Any]) -> dict[str, Any]:
    """Without the title pydantic gives each field, which json2ts would turn into a type of its own."""
    plain = {key: value for key, value in definition.items() if key != "title"}
    properties = plain.get("properties", {})
    plain["properties"] = {
        name: {key: _with_tuples(value) for key, value in field.items() if key != "title"}
        for name, field in properties.items()
    }
    return plain


def _with_tuples(value: Any) -> Any:
    """Tuples in the words of an older JSON Schema, the only ones json2ts takes the members' types from."""
    if isinstance(value, list):
        return [_with_tuples(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {"items" if key == "prefixItems" else key: _with_tuples(item) for key, item in value.items()}


def _json_to_typescript(schema: dict[str, Any]) -> str:
    tool = EXTENSION / "node_modules" / "json-schema-to-typescript" / "dist" / "src" / "cli.js"
    if not tool.exists():
        raise SystemExit(f"{tool} is missing: run `npm ci` in {EXTENSION}.")
    options = ["--unreachableDefinitions", "--bannerComment", "", "--style.printWidth", "120"]
    done = subprocess.run(
        ["node", str(tool), *options], input=json.dumps(schema), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"json2ts failed: {done.stderr}")
    return done.stdout


def _error_source() -> str:
    kinds = " | ".join(f'"{kind.value}"' for kind in ErrorKind)
    limits = " | ".join(f'"{limit.value}"' for limit in Limit)
    return (
        "/** Stable names of the errors; messages may change, these do not. */\n"
        f"export type ErrorKind = {kinds};\n\n"
        "/** What a plugin can run out of. */\n"
        f"export type Limit = {limits};\n\n"
        "/** The `data` of an error response. */\n"
        "export interface ErrorData {\n"
        "  kind: ErrorKind;\n"
        "  /** The plugin it is about, if it is about one. */\n"
        "  pluginId?: string;\n"
        "  /** The export the plugin was in. */\n"
        "  export?: string;\n"
        "  /** Which limit was hit, for `pluginLimitHit`. */\n"
        "  limit?: Limit;\n"
        "}\n"
    )


if __name__ == "__main__":
    raise SystemExit(main())
