"""Builds every plugin of this repository from source, with pip-installed tools only, and precompiles it.

    python scripts/build_plugins.py [NAME …]

For each `plugins/<name>/` with a `plugin.toml` and a `src/main.zig` or `src/main.py` (and a `wit/world.wit`, which a
plugin in Python need not have): `build/plugins/<name>/{plugin.toml,plugin.wasm,plugin.cwasm}`, and its README.md where
there is one. For each `plugins/fixtures/<name>.wat`, and each `<name>.zig` with its world in `<name>.wit`:
`build/fixtures/<name>.wasm`; for each `plugins/fixtures/<name>/` with a `plugin.toml`: `build/fixtures/<name>/`, as for
a plugin. How a plugin is built is in `thoth_ls/authoring/building/`, which `thoth plugin build` uses as well.

What is current is left alone: a stamp holds the hash of everything that went in and came out. Two runs at the same
time wait for each other, and a reader sees either the old file or the new one.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from thoth_ls.authoring.building import tools, zig
from thoth_ls.authoring.building.building import TEMPORARY, install, make_component, run_precompiler
from thoth_ls.authoring.building.kit import Kit
from thoth_ls.authoring.building.sources import (
    Language,
    Sources,
    digest_of,
    files_under,
    is_current,
    shared_files,
    tools_of,
    write_atomically,
    write_stamp,
)
from thoth_ls.authoring.building.worlds import wit_folder
from thoth_ls.errors import BuildFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

REPOSITORY = Path(__file__).resolve().parent.parent
PLUGINS = REPOSITORY / "plugins"
FIXTURES = PLUGINS / "fixtures"
BUILD = REPOSITORY / "build"
RUNTIME = REPOSITORY / "thoth_ls" / "runtime"
KIT = Kit.beside(REPOSITORY, BUILD)
DECIDES_MACHINE_CODE = ("engine.py", "precompile.py")
NOT_PLUGINS = {KIT.zig_sdk.name, FIXTURES.name}


@dataclass(frozen=True)
class Target:
    """Something to build: where it comes from, where it goes, and the files that decide the result."""

    name: str
    source: Path
    """The root file, or the text of a component."""
    world: Path | None
    """The WIT file with the one world of the guest."""
    wasm: Path
    manifest: Path | None
    inputs: tuple[Path, ...]

    @property
    def language(self) -> Language:
        """What it is written in."""
        return "python" if self.source.suffix == ".py" else "zig"

    @property
    def cwasm(self) -> Path | None:
        """Where the precompiled form goes; fixtures without a folder have none."""
        return self.wasm.with_suffix(".cwasm") if self.manifest else None

    def outputs(self) -> list[Path]:
        """Every file that stands in `build/` afterwards."""
        if self.manifest is None or self.cwasm is None:
            return [self.wasm]
        return [self.wasm, self.cwasm, self.wasm.with_name("plugin.toml")]


def main(names: list[str]) -> int:
    """Builds what is named, or everything; 0 when all of it stands, 1 when something could not be built."""
    targets = [*plugin_targets(), *fixture_targets()]
    unknown = set(names) - {target.name for target in targets} - {folder.name for folder in theme_folders()}
    if unknown:
        print(f"No such plugin or fixture: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 1
    with only_one_run():
        remove_leftovers(targets)
        wanted = [target for target in targets if not names or target.name in names]
        # Python takes twenty times as long as Zig, and none of the tools uses a second processor.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            stands = [*pool.map(bring_up_to_date, sorted(wanted, key=lambda target: target.language))]
        for target in wanted:
            copy_readme(target)
        copy_themes()
    return 0 if all(stands) else 1


def remove_leftovers(targets: Iterable[Target]) -> None:
    """Deletes what was built of sources that are gone, and what a run that was killed left behind."""
    for folder in BUILD.glob(f"{TEMPORARY}*"):
        shutil.rmtree(folder)
    wanted = {target.wasm for target in targets}
    for wasm in [
        *BUILD.glob("plugins/*/plugin.wasm"),
        *BUILD.glob("fixtures/*.wasm"),
        *BUILD.glob("fixtures/*/*.wasm"),
    ]:
        if wasm not in wanted:
            wasm.unlink() if wasm.parent.name == "fixtures" else shutil.rmtree(wasm.parent)


def theme_folders() -> list[Path]:
    """Every folder under `plugins/` that holds colour themes and no program."""
    return [path.parent for path in sorted(PLUGINS.glob("*/theme.json")) if not (path.parent / "src").is_dir()]


def copy_themes() -> None:
    """Puts themes among what was built; those whose sources are gone are deleted."""
    folders = theme_folders()
    for theme in (BUILD / "plugins").glob("*/theme.json"):
        if theme.parent.name not in {folder.name for folder in folders}:
            shutil.rmtree(theme.parent)
    for folder in folders:
        target = BUILD / "plugins" / folder.name
        target.mkdir(parents=True, exist_ok=True)
        for source in (folder / name for name in ("theme.json", "README.md", "plugin.toml")):
            if source.is_file() and not is_same(source, target / source.name):
                write_atomically(target / source.name, source.read_bytes())


def is_same(source: Path, copy: Path) -> bool:
    """Whether the copy is there and says the same."""
    return copy.is_file() and copy.read_bytes() == source.read_bytes()


def plugin_targets() -> Iterator[Target]:
    """Every folder under `plugins/` that holds a plugin."""
    for folder in sorted(PLUGINS.iterdir()):
        if folder.name not in NOT_PLUGINS and (folder / "plugin.toml").is_file() and folder not in theme_folders():
            yield folder_target(folder.name, folder, BUILD / "plugins" / folder.name)


def folder_target(name: str, folder: Path, out: Path) -> Target:
    """A folder with a plugin."""
    manifest, world = folder / "plugin.toml", folder / "wit" / "world.wit"
    python = folder / "src" / "main.py"
    source = python if python.is_file() else folder / "src" / "main.zig"
    language: Language = "python" if source == python else "zig"
    required = (manifest, source, *(() if language == "python" else (world,)))
    own = (*files_under(folder / "src"), *files_under(folder / "wit"))
    shared = (*shared_files(language, KIT), Path(__file__).resolve())
    inputs = (*required, *own, *shared, *(RUNTIME / file for file in DECIDES_MACHINE_CODE))
    return Target(name, source, world if world.is_file() else None, out / "plugin.wasm", manifest, inputs)


def fixture_targets() -> Iterator[Target]:
    """Guests for tests only; never shipped."""
    for source in sorted([*FIXTURES.glob("*.wat"), *FIXTURES.glob("*.zig")]):
        world = source.with_suffix(".wit") if source.suffix == ".zig" else None
        own = (*files_under(FIXTURES / source.stem), *files_under(FIXTURES / "shared"))
        shared = (*shared_files("zig", KIT), Path(__file__).resolve())
        inputs = (source, world, *own, *shared) if world else (source,)
        wasm = BUILD / "fixtures" / f"{source.stem}.wasm"
        yield Target(f"fixtures/{source.stem}", source, world, wasm, None, inputs)
    for manifest in sorted(FIXTURES.glob("*/plugin.toml")):
        folder = manifest.parent
        yield folder_target(f"fixtures/{folder.name}", folder, BUILD / "fixtures" / folder.name)


def bring_up_to_date(target: Target) -> bool:
    """Builds `target` unless it is current; false, with the reason printed, when it cannot be built."""
    stamp = BUILD / "stamps" / f"{target.name.replace('/', '-')}.json"
    try:
        key = input_hash(target)
        if is_current(stamp, key, target.outputs()):
            return True
        started = time.monotonic()
        build(target)
        took = time.monotonic() - started
    except BuildFailed as error:
        print(f"Could not build {target.name}: {error}", file=sys.stderr)
        return False
    write_stamp(stamp, key, target.outputs())
    print(f"Built {target.name} in {took:.1f} s ({target.wasm.stat().st_size / 1024:.0f} KB)")
    return True


def copy_readme(target: Target) -> None:
    """Puts what people read about a plugin beside it; nothing is built anew for its sake."""
    if target.manifest is None or not target.wasm.exists():
        return
    source, copy = target.manifest.with_name("README.md"), target.wasm.with_name("README.md")
    if not source.is_file():
        copy.unlink(missing_ok=True)
    elif not is_same(source, copy):
        write_atomically(copy, source.read_bytes())


def input_hash(target: Target) -> str:
    """The hash of all that decides the result: files, tools, platform."""
    return digest_of(target.inputs, tools_of(target.language), REPOSITORY)


def build(target: Target) -> None:
    """Makes the component, and for a plugin its precompiled form, and puts them in place."""
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD, prefix=TEMPORARY) as name:
        made = Path(name) / "plugin.wasm"
        if target.manifest is not None:
            make_component(Sources(target.manifest.parent, target.language, target.source, target.world), KIT, made)
            run_precompiler(made, made.with_suffix(".cwasm"))
            install(target.manifest, made, target.wasm.parent)
            return
        if target.world is not None:
            wit = wit_folder(KIT, made.with_name("wit"), written=None, chosen=target.world.read_text("utf-8"))
            zig.make_component(KIT, target.source, wit, made)
        else:
            tools.run([*tools.wasm_tools(), "parse", str(target.source), "-o", str(made)], REPOSITORY)
            tools.run([*tools.wasm_tools(), "validate", str(made)], REPOSITORY)
        target.wasm.parent.mkdir(parents=True, exist_ok=True)
        made.replace(target.wasm)


@contextmanager
def only_one_run() -> Iterator[None]:
    """Waits for another run of this script to end; the lock goes with the process, whatever happens to it."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "plugins.lock").open("w") as lock:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
