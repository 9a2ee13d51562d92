"""The module a Python component is made of: it imports the plugin, hands over its world, and names its exports.

What is not imported while the component is made is not there later: the standard library is gone by then. So all that
is imported anywhere in the plugin's files is imported here, inside functions too, and so is what the library itself
imports late.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from thoth_ls.errors import BuildFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from thoth_ls.authoring.building.worlds import World
    from thoth_ls.catalog.manifest import Manifest

ENTRY: Final = "thoth_entry"
PANEL_EXPORTS: Final = (
    *("plugin-meta", "plugin-lifecycle", "plugin-settings", "plugin-cli"),
    *("ui-component", "tab-host"),
)
TABLE_EXPORTS: Final = (
    *("file-loader", "file-viewer", "exporter", "streaming-exporter"),
    *("data-renderer", "data-producer", "data-source"),
)
LATE: Final = ("_strptime", "linecache", "tokenize", "traceback", "unicodedata", "stringprep", "bisect", "calendar")
"""Modules that others of the standard library import when they are first needed."""
CODECS: Final = (
    *("ascii", "latin-1", "utf-8", "utf-8-sig", "utf-7", "idna", "punycode", "raw_unicode_escape", "unicode_escape"),
    *("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
    *(f"cp{number}" for number in (437, 850, 852, 866, 874, *range(1250, 1259))),
    *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)),
    *("koi8-r", "koi8-u", "mac-roman", "base64", "hex", "quopri", "rot13", "zlib"),
)


def entry_module(manifest: Manifest, world: World, sources: Path) -> str:
    """The text of the module; raises BuildFailed where the SDK has nothing for an export."""
    early = [*_early(sources), "import main", "import thoth_plugin.log"]
    late = f'thoth_plugin.log.keep_sources({{"/1/": "src/", "/2/": ""}}, {sorted(_modules(sources))!r})'
    return _module(world, early, f"install({_info(manifest)}, ", late)


def development_entry(world: World) -> str:
    """The same for a component without a program, of any plugin of this world; raises BuildFailed."""
    return _module(world, [], "install_development(", "")


def _module(world: World, early: Sequence[str], install: str, late: str) -> str:
    own = {*PANEL_EXPORTS, *TABLE_EXPORTS}
    missing = [name for name in (*world.exports, *world.foreign) if name not in own]
    if missing:
        raise BuildFailed(
            f"the world exports {', '.join(missing)}, for which the Python SDK has nothing: write the plugin in Zig, or"
            " leave it out"
        )
    lines = [
        '"""Written by the builder."""',
        *early,
        "from componentize_py_types import Err",
        "from thoth_plugin import guest",
        "from thoth_plugin.definition import Info",
    ]
    for module, known in (("guest_panels", PANEL_EXPORTS), ("guest_tables", TABLE_EXPORTS)):
        names = ", ".join(_class(name) for name in world.exports if name in known)
        lines += [f"from thoth_plugin.{module} import {names}"] if names else []
    lines += [f"from wit_world.imports import {_snake(name)} as import_{_snake(name)}" for name in world.imports]
    lines += [f"from wit_world.exports import {_snake(name)} as export_{_snake(name)}" for name in world.exports]
    imports = ", ".join(f'"{name}": import_{_snake(name)}' for name in world.imports)
    exports = ", ".join(f'"{name}": export_{_snake(name)}' for name in world.exports)
    lines += [f"guest.{install}{{{imports}}}, {{{exports}}}, Err)", late, ""]
    return "\n".join(lines)


def _early(sources: Path) -> Iterator[str]:
    """Imports of all that will be needed."""
    yield "import codecs"
    yield "import contextlib"
    yield "import importlib"
    wanted = sorted({*LATE, *_imported(sources)})
    yield f"for name in {wanted!r}:"
    yield "    with contextlib.suppress(ImportError):"
    yield "        importlib.import_module(name)"
    yield f"for name in {CODECS!r}:"
    yield "    with contextlib.suppress(LookupError):"
    yield "        codecs.lookup(name)"


def _imported(sources: Path) -> set[str]:
    """Names of modules that are imported inside functions; the others are imported with the plugin."""
    found: set[str] = set()
    for path in sorted(sources.rglob("*.py")):
        try:
            tree = ast.parse(path.read_bytes(), str(path))
        except (SyntaxError, ValueError) as error:
            raise BuildFailed(f"{path}: {error}") from None
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Import):
                        found.update(alias.name for alias in node.names)
                    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                        found.add(node.module)
                        found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def _modules(sources: Path) -> set[str]:
    """Names of the plugin's own modules, whose lines are to be seen in tracebacks."""
    found: set[str] = set()
    for path in sources.rglob("*.py"):
        parts = path.relative_to(sources).with_suffix("").parts
        found.add(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found - {""}


def facts(manifest: Manifest) -> dict[str, object]:
    """What the SDK's `Info` is made of."""
    named = ("id", "name", "version", "description", "author", "homepage", "icon")
    found: dict[str, object] = {name: getattr(manifest, name) for name in named}
    return found | {"capabilities": [str(item) for item in manifest.capabilities]}


def _info(manifest: Manifest) -> str:
    return f"Info({', '.join(f'{name}={value!r}' for name, value in facts(manifest).items())})"


def _snake(name: str) -> str:
    return name.replace("-", "_")


def _class(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))
