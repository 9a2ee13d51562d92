"""Development builds of plugins in Python: a component that is made once, and a program beside it that changes.

What is made is kept for all plugins of the same world in `kit.scratch`. See `catalog/development.py` for what such a
build may do, and `docs/decisions/0016-development-builds.md` for why.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from thoth_ls.authoring.building import python
from thoth_ls.authoring.building.entry import facts
from thoth_ls.authoring.building.sources import (
    digest_of,
    files_under,
    move_atomically,
    shared_files,
    tools_of,
    write_atomically,
)
from thoth_ls.authoring.building.worlds import chosen_world, wit_folder
from thoth_ls.catalog.development import program_folder
from thoth_ls.catalog.looking import is_link, lies_in, without_links
from thoth_ls.catalog.manifest import ManifestError, parse_manifest
from thoth_ls.errors import BuildFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from thoth_ls.authoring.building.kit import Kit
    from thoth_ls.authoring.building.sources import Sources
    from thoth_ls.catalog.manifest import Manifest

MOST_KEPT = 8
"""Components, of 30 MB each, that are kept; the one made first goes first."""


def development_component(sources: Sources, kit: Kit, tell: Callable[[str], None] = lambda step: None) -> Path:
    """The component for the plugin's world, made where there is none yet, which takes some ten seconds.

    Raises BuildFailed.
    """
    chosen = None if sources.world is not None else chosen_world(manifest_of(sources))
    kept = kit.scratch / "development" / f"{_digest(sources, chosen, kit)}.wasm"
    if kept.is_file():
        return kept
    tell("making a component for development, once")
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kit.scratch, prefix="making-") as name:
        made = Path(name) / "plugin.wasm"
        wit = wit_folder(kit, made.with_name("wit"), written=sources.world, chosen=chosen)
        python.make_development_component(kit, wit, made)
        move_atomically(made, kept)
    _forget(kept.parent)
    return kept


def put_program(sources: Sources, folder: Path) -> None:
    """Puts the program where guests of a development build in `folder` read it; raises BuildFailed.

    Nothing is deleted or written by way of a link, for it may lead to what is somebody else's.
    """
    program = program_folder(folder)
    wanted = {Path("src") / path.relative_to(sources.main.parent): path.read_bytes() for path in _modules(sources)}
    wanted[Path("plugin.json")] = json.dumps(facts(manifest_of(sources)), ensure_ascii=False).encode()
    there = files_under(program)
    for parent in sorted({program, *(path.parent for path in there), *((program / name).parent for name in wanted)}):
        if not without_links(parent, folder):
            raise BuildFailed(f"{parent} is a link, or lies behind one: remove it, for the program is copied there")
    for path in there:
        if path.relative_to(program) not in wanted:
            path.unlink()
    for name, content in wanted.items():
        _write(program / name, content)


def install_development(component: Path, folder: Path) -> None:
    """Puts the component into the plugin's folder; one that is there already is touched, which editors notice."""
    if not _write(folder / "plugin.wasm", component.read_bytes()):
        (folder / "plugin.wasm").touch()


def build_for_development(sources: Sources, kit: Kit, out: Path) -> None:
    """All of a development build at once, into a folder of its own; raises BuildFailed."""
    component = development_component(sources, kit)
    _write(out / "plugin.toml", sources.manifest.read_bytes())
    put_program(sources, out)
    install_development(component, out)


def manifest_of(sources: Sources) -> Manifest:
    """What `plugin.toml` says; raises BuildFailed."""
    try:
        return parse_manifest(sources.manifest.read_bytes())
    except ManifestError as error:
        raise BuildFailed(f"{sources.manifest}: {error}") from None


def _modules(sources: Sources) -> Iterator[Path]:
    """What a component would be made of; raises BuildFailed for what is not in the plugin's folder.

    Guests can read what is copied, which must not be a file that somebody else's link has led to.
    """
    for path in files_under(sources.main.parent):
        if path.suffix == ".py":
            if not lies_in(path, sources.folder):
                shown = path.relative_to(sources.folder).as_posix()
                raise BuildFailed(f"{shown} is a link out of the plugin's folder: put the file itself there")
            yield path


def _digest(sources: Sources, chosen: str | None, kit: Kit) -> str:
    own = [] if chosen is not None else files_under(sources.folder / "wit")
    told = digest_of([*shared_files("python", kit), *own], tools_of("python"), kit.wit)
    return hashlib.sha256(f"{told} {chosen}".encode()).hexdigest()


def _forget(folder: Path) -> None:
    kept = sorted(folder.glob("*.wasm"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[MOST_KEPT:]:
        path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> bool:
    """Whether it had to be written."""
    if path.is_file() and not is_link(path) and path.stat().st_size == len(content) and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, content)
    return True
