"""A plugin's folder: which language it is written in, and all that decides what comes out of it."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from thoth_ls.authoring.building import python, tools, zig
from thoth_ls.errors import BuildFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from thoth_ls.authoring.building.kit import Kit

Language = Literal["python", "zig"]
MAIN: dict[str, Language] = {"main.py": "python", "main.zig": "zig"}
FOR_PYTHON = frozenset({"entry.py", "python.py"})
"""Parts of this builder that have no say in what comes of Zig."""
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Sources:
    """What a plugin is made of."""

    folder: Path
    language: Language
    main: Path
    world: Path | None
    """`wit/world.wit`; None where the world follows from the manifest."""

    @property
    def manifest(self) -> Path:
        """`plugin.toml`."""
        return self.folder / "plugin.toml"

    def files(self) -> Iterator[Path]:
        """All files of its own that decide what comes out, in a stable order."""
        yield self.manifest
        for name in ("src", "wit"):
            yield from files_under(self.folder / name)


def sources_of(folder: Path) -> Sources:
    """The sources in a folder; raises BuildFailed where there are none, saying what is missing."""
    if not (folder / "plugin.toml").is_file():
        raise BuildFailed(f"{folder} holds no plugin.toml: name the folder of a plugin")
    found = [name for name in MAIN if (folder / "src" / name).is_file()]
    if len(found) != 1:
        said = "has both of them" if found else "has neither"
        raise BuildFailed(f"{folder} {said}: a plugin is built from src/main.py or src/main.zig")
    main = folder / "src" / found[0]
    world = folder / "wit" / "world.wit"
    return Sources(folder, MAIN[found[0]], main, world if world.is_file() else None)


def shared_files(language: Language, kit: Kit) -> Iterator[Path]:
    """What goes into every plugin of a language: the contract, its SDK, and this builder."""
    yield from sorted(kit.wit.glob("*.wit"))
    yield from (path for path in files_under(kit.zig_sdk) if path.suffix in {".zig", ".wit"})
    if language == "python":
        package = kit.python_sdk / "thoth_plugin"
        yield from (
            path for path in files_under(package) if path.suffix == ".py" and package / "testing" not in path.parents
        )
    yield from (path for path in sorted(_HERE.glob("*.py")) if language == "python" or path.name not in FOR_PYTHON)


def digest_of(files: Iterable[Path], distributions: Sequence[str], root: Path) -> str:
    """The hash of files (by their place from `root`), versions of tools, and the platform; raises BuildFailed."""
    digest = hashlib.sha256(f"{platform.machine()} {sys.platform}".encode())
    for name in distributions:
        digest.update(f"{name} {tools.version(name)}\n".encode())
    for path in files:
        shown = _from(root, path)
        try:
            digest.update(f"{shown} {file_hash(path)}\n".encode())
        except FileNotFoundError:
            raise BuildFailed(f"{shown} is missing") from None
    return digest.hexdigest()


def _from(root: Path, path: Path) -> str:
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:  # on another drive of Windows
        return path.as_posix()


def tools_of(language: Language) -> Sequence[str]:
    """The distributions whose versions decide what comes out."""
    return (*(python.TOOLS if language == "python" else zig.TOOLS), "wasmtime")


def is_current(stamp: Path, inputs: str, outputs: Sequence[Path]) -> bool:
    """Whether the last build had the same inputs, and its files are still what it wrote."""
    try:
        record = json.loads(stamp.read_text("utf-8"))
        return bool(record == {"inputs": inputs, "outputs": {path.name: file_hash(path) for path in outputs}})
    except (OSError, ValueError):
        return False


def write_stamp(stamp: Path, inputs: str, outputs: Sequence[Path]) -> None:
    """Remembers a build."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    record = {"inputs": inputs, "outputs": {path.name: file_hash(path) for path in outputs}}
    write_atomically(stamp, json.dumps(record).encode())


def files_under(folder: Path) -> list[Path]:
    """Files below `folder` in a stable order, without what Python keeps for itself."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def write_atomically(path: Path, content: bytes) -> None:
    """A reader sees the old content or the new."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    temporary.write_bytes(content)
    temporary.replace(path)


def move_atomically(made: Path, path: Path) -> None:
    """The same with a file that was made, which may be on another file system."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        shutil.move(made, temporary)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def file_hash(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
