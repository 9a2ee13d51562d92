"""From a plugin's sources to a folder that can be installed: plugin.toml, plugin.wasm, machine code if wanted."""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from thoth_ls.authoring.building import python, tools, zig
from thoth_ls.authoring.building.sources import (
    digest_of,
    is_current,
    move_atomically,
    shared_files,
    sources_of,
    tools_of,
    write_atomically,
    write_stamp,
)
from thoth_ls.authoring.building.worlds import chosen_world, wit_folder
from thoth_ls.catalog.manifest import ManifestError, parse_manifest
from thoth_ls.errors import BuildFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoth_ls.authoring.building.kit import Kit
    from thoth_ls.authoring.building.sources import Sources
    from thoth_ls.catalog.manifest import Manifest

TEMPORARY = "making-"
"""What folders are called in which something is being made; a killed run leaves one behind."""
PRECOMPILER = "thoth_ls.runtime.precompile"


@dataclass(frozen=True, slots=True)
class Built:
    """What came of it."""

    folder: Path
    """Holds `plugin.toml` and `plugin.wasm`."""
    seconds: float
    """0 where it was current."""
    fresh: bool
    """Whether anything had to be done."""


def build(
    folder: Path,
    out: Path,
    kit: Kit,
    *,
    precompile: bool = False,
    again: bool = False,
    stamp: Path | None = None,
    tell: Callable[[str], None] = lambda step: None,
) -> Built:
    """Builds the plugin in `folder` into `out`, unless it is current; raises BuildFailed.

    Takes one second for Zig, some ten for Python, and as long again with `precompile`, which writes machine code for
    every machine of this kind beside it (it is read from the folders that ship with Thoth alone). `tell` is called with
    what is being done. `stamp` is where the build is remembered; beside `out` if None.
    """
    sources = sources_of(folder)
    wasm, cwasm = out / "plugin.wasm", out / "plugin.cwasm"
    outputs = [wasm, out / "plugin.toml", *([cwasm] if precompile else [])]
    remembered = stamp or out / ".stamp.json"
    files = [*sources.files(), *shared_files(sources.language, kit)]
    inputs = digest_of(files, tools_of(sources.language), folder)
    if not again and is_current(remembered, inputs, outputs):
        return Built(out, 0, fresh=False)
    began = time.monotonic()
    kit.scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kit.scratch, prefix=TEMPORARY) as name:
        made = Path(name) / "plugin.wasm"
        make_component(sources, kit, made, tell)
        if precompile:
            tell("compiling to machine code")
            run_precompiler(made, made.with_suffix(".cwasm"))
        install(sources.manifest, made, out)
    write_stamp(remembered, inputs, outputs)
    return Built(out, time.monotonic() - began, fresh=True)


def install(manifest: Path, made: Path, out: Path) -> None:
    """Puts a component, its machine code where it is beside it, and its manifest into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    code, cwasm = made.with_suffix(".cwasm"), out / "plugin.cwasm"
    # In this order no reader meets the machine code of another component.
    cwasm.unlink(missing_ok=True)
    if not (out / "plugin.toml").exists() or not manifest.samefile(out / "plugin.toml"):
        write_atomically(out / "plugin.toml", manifest.read_bytes())
    move_atomically(made, out / "plugin.wasm")
    if code.exists():
        move_atomically(code, cwasm)


def make_component(sources: Sources, kit: Kit, made: Path, tell: Callable[[str], None] = lambda step: None) -> None:
    """Writes the component `made`, beside which files may be left; raises BuildFailed."""
    manifest = _manifest(sources) if sources.language == "python" or sources.world is None else None
    chosen = None if sources.world is not None or manifest is None else chosen_world(manifest)
    wit = wit_folder(kit, made.with_name("wit"), written=sources.world, chosen=chosen)
    tell(f"making a component of {sources.main.name}")
    if sources.language == "python":
        assert manifest is not None
        python.make_component(kit, manifest, sources.main, wit, made)
    else:
        zig.make_component(kit, sources.main, wit, made)


def run_precompiler(wasm: Path, cwasm: Path) -> None:
    """Writes machine code for any machine of this kind, as the runtime reads it; raises BuildFailed."""
    tools.run([sys.executable, "-m", PRECOMPILER, str(wasm), str(cwasm), "--portable"], wasm.parent)


def _manifest(sources: Sources) -> Manifest:
    try:
        return parse_manifest(sources.manifest.read_bytes())
    except ManifestError as error:
        raise BuildFailed(f"{sources.manifest}: {error}") from None
