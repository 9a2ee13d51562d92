"""Imports go one way: this table is the architecture."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "thoth_ls"
EVERYWHERE = {"wire", "errors", "settings", "paths", "acts", "calling", "news", ""}
MAY_IMPORT = {
    "wire": set(),
    "errors": set(),
    "settings": set(),
    "paths": set(),
    "acts": set(),
    "news": set(),
    "calling": {"errors"},
    "documents": EVERYWHERE,
    "storage": EVERYWHERE,
    "catalog": EVERYWHERE | {"storage"},
    "runtime": EVERYWHERE | {"documents", "catalog", "storage"},
    "net": EVERYWHERE | {"catalog", "storage"},
    "consent": EVERYWHERE | {"catalog", "storage", "net"},
    "manager": EVERYWHERE | {"documents", "catalog", "storage", "runtime", "consent", "net"},
    "commands": EVERYWHERE | {"documents", "catalog", "runtime"},
    "exporting": EVERYWHERE | {"documents", "catalog", "runtime"},
    "themes": EVERYWHERE | {"catalog", "runtime"},
    "panels": EVERYWHERE | {"documents", "catalog", "storage", "runtime", "net"},
    "authoring": EVERYWHERE | {"documents", "catalog"},
    "services": EVERYWHERE
    | {"authoring", "documents", "catalog", "storage", "runtime", "manager", "commands", "exporting", "consent", "net"}
    | {"panels", "themes"},
    "lsp": EVERYWHERE | {"services"},
    "cli": EVERYWHERE | {"lsp", "catalog", "runtime", "net", "authoring", "themes"},
    "__main__": {"cli"},
    "": set(),
}
ONLY_IN = {
    "pygls": {"lsp"},
    "lsprotocol": {"lsp"},
    "wasmtime": {"runtime"},
    "keyring": {"storage"},
    **{package: {"net"} for package in ("ssl", "httpx", "httpcore", "h2", "h11", "websockets", "urllib.request")},
    **{package: {"net"} for package in ("socket", "_socket", "http.client", "ftplib", "smtplib", "imaplib", "xmlrpc")},
}
"""Packages that only these parts of ours may import."""


def imports() -> Iterator[tuple[Path, str, str]]:
    """Every import as file, our part it stands in, and the module's full name."""
    for path in sorted(ROOT.rglob("*.py")):
        part = part_of(".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__"))
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path, part, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: relative import"
                assert node.module is not None
                yield path, part, node.module
                if node.module == "thoth_ls":
                    yield from ((path, part, f"thoth_ls.{alias.name}") for alias in node.names)


def part_of(module: str) -> str:
    """The part of ours a module belongs to: `thoth_ls.wire.base` is in `wire`."""
    parts = module.split(".")
    return (
        parts[1]
        if len(parts) > 1 and (ROOT / parts[1]).with_suffix(".py").exists() | (ROOT / parts[1]).is_dir()
        else ""
    )


def test_every_part_has_a_rule() -> None:
    """A new package cannot appear without saying what it may import."""
    found = {part_of(f"thoth_ls.{path.stem}") for path in ROOT.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert found - {"__pycache__", "__init__", "bundled"} <= set(MAY_IMPORT)


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_imports_point_one_way(part: str) -> None:
    """Nothing imports upwards."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path, own, module in imports()
        if own == part and module.split(".")[0] == "thoth_ls" and part_of(module) not in MAY_IMPORT[part] | {part}
    ]
    assert wrong == []


def test_outside_packages_stay_where_they_belong() -> None:
    """Only lsp knows the protocol library, only runtime knows the WebAssembly one."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path, own, module in imports()
        if own not in ONLY_IN.get(module, ONLY_IN.get(module.split(".")[0], {own}))
    ]
    assert wrong == []


def test_wire_needs_pydantic_only() -> None:
    """The values of the protocol can be read by any program with pydantic."""
    allowed = {"pydantic", "os", "typing", "dataclasses", "enum", "collections", "__future__", "thoth_ls"}
    assert {module.split(".")[0] for _, own, module in imports() if own == "wire"} <= allowed
