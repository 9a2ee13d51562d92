"""A poisoned compile cache costs a compilation: no byte of it is run that this user's Thoth did not write."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.runtime.hostile.attacks import TRAP
from tests.runtime.hostile.guests import guest
from tests.runtime.hostile.stage import PLUGIN as HOSTILE
from tests.runtime.hostile.stage import Stage
from thoth_ls.paths import Paths
from thoth_ls.runtime.cache import CompileCache
from thoth_ls.runtime.engine import compile_component, fingerprint
from thoth_ls.runtime.precompile import precompile
from thoth_ls.runtime.runtime import PluginRuntime

PLUGIN = "org.example.honest"


def entry_of(paths: Paths) -> Path:
    """The only file of the cache."""
    (entry,) = (paths.cache / "compiled").glob("*.cwasm")
    return entry


def flip_a_bit(at: int) -> Callable[[Path, Path], None]:
    def poison(entry: Path, other: Path) -> None:
        content = bytearray(entry.read_bytes())
        content[at] ^= 1
        entry.write_bytes(content)

    return poison


def cut(entry: Path, other: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:-1])


def lengthen(entry: Path, other: Path) -> None:
    entry.write_bytes(entry.read_bytes() + b"\0")


def empty(entry: Path, other: Path) -> None:
    entry.write_bytes(b"")


def put_another_plugin(entry: Path, other: Path) -> None:
    """Signed by the same user, but made of another plugin."""
    entry.write_bytes(other.read_bytes())


def put_a_link(entry: Path, other: Path) -> None:
    target = entry.with_suffix(".elsewhere")
    entry.rename(target)
    entry.symlink_to(target)


def put_a_folder(entry: Path, other: Path) -> None:
    entry.unlink()
    entry.mkdir()


def put_a_pipe(entry: Path, other: Path) -> None:
    """Opening a pipe nobody writes to waits for ever, unless it is recognised first."""
    entry.unlink()
    os.mkfifo(entry)


def let_others_write(entry: Path, other: Path) -> None:
    entry.chmod(0o666)


POISONS = {
    "first-byte": flip_a_bit(0),
    "signature": flip_a_bit(30),
    "code": flip_a_bit(-100),
    "cut": cut,
    "lengthened": lengthen,
    "empty": empty,
    "another-plugin": put_another_plugin,
    "folder": put_a_folder,
}
if sys.platform != "win32":
    POISONS |= {"link": put_a_link, "pipe": put_a_pipe, "writable-by-others": let_others_write}


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path / "home")


@pytest.mark.parametrize("poison", POISONS.values(), ids=POISONS.keys())
def test_a_poisoned_file_is_not_believed(poison: Callable[[Path, Path], None], paths: Paths) -> None:
    """Whatever is odd about a file, it is as if it were not there, and writing it anew heals the cache."""
    wasm, evil = guest(), guest({"file-loader#open": TRAP})
    digest, evil_digest = sha256(wasm).digest(), sha256(evil).digest()
    code = compile_component(PLUGIN, wasm)
    cache = CompileCache(paths)
    cache.write(evil_digest, fingerprint(), compile_component("org.example.evil", evil))
    other = entry_of(paths).rename(paths.cache / "evil")
    cache.write(digest, fingerprint(), code)
    assert cache.read(digest, fingerprint()) == code

    poison(entry_of(paths), other)

    assert cache.read(digest, fingerprint()) is None
    if poison is not put_a_folder:
        cache.write(digest, fingerprint(), code)
        assert cache.read(digest, fingerprint()) == code


def test_a_file_made_by_another_user_s_key_is_not_believed(paths: Paths, tmp_path: Path) -> None:
    """Whoever can plant a file but does not have the key gets nothing run."""
    digest, code = sha256(b"wasm").digest(), b"code"
    strangers = Paths.under(tmp_path / "stranger")
    CompileCache(strangers).write(digest, fingerprint(), code)
    cache = CompileCache(paths)
    cache.write(digest, fingerprint(), b"ours")
    entry_of(paths).write_bytes(entry_of(strangers).read_bytes())
    assert cache.read(digest, fingerprint()) is None


def test_code_made_by_another_wasmtime_is_not_believed(paths: Paths) -> None:
    """The fingerprint is signed too: a file cannot be passed off as made by this version."""
    digest = sha256(b"wasm").digest()
    cache = CompileCache(paths)
    cache.write(digest, "wasmtime=49", b"code")
    old = entry_of(paths).rename(paths.cache / "old")
    cache.write(digest, fingerprint(), b"ours")
    entry_of(paths).write_bytes(old.read_bytes())
    assert cache.read(digest, fingerprint()) is None


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_cache_folder_that_is_a_link_is_not_used(paths: Paths, tmp_path: Path) -> None:
    """Someone else's folder must not become ours."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    paths.cache.mkdir(parents=True)
    (paths.cache / "compiled").symlink_to(elsewhere)
    cache = CompileCache(paths)
    cache.write(sha256(b"wasm").digest(), fingerprint(), b"code")
    assert cache.read(sha256(b"wasm").digest(), fingerprint()) is None
    assert not list(elsewhere.iterdir())


async def test_a_poisoned_cache_costs_one_compilation(stage: Stage) -> None:
    """The user sees a plugin that compiles once more, and then as before."""
    first = stage.install(guest())
    paths = stage.paths()

    async def open_with(runtime: PluginRuntime) -> int:
        plugin = runtime.catalog.get(HOSTILE)
        assert plugin is not None
        instance = await runtime.instance(plugin)
        answer: int = await instance.call("file-loader", "open", "/data/a.csv")
        await runtime.close()
        return answer

    compiled = [("Hostile", True), ("Hostile", False)]
    assert await open_with(first) == 0
    assert stage.compilations == compiled
    assert await open_with(stage.open_runtime(paths)) == 0
    assert stage.compilations == compiled
    entry = entry_of(paths)
    entry.write_bytes(entry.read_bytes()[:-64] + bytes(64))
    assert await open_with(stage.open_runtime(paths)) == 0
    assert stage.compilations == compiled * 2
    assert await open_with(stage.open_runtime(paths)) == 0
    assert stage.compilations == compiled * 2


async def test_machine_code_that_a_plugin_brings_along_is_not_run(stage: Stage) -> None:
    """Only plugins that came with Thoth may lie beside machine code: it is not sandboxed by anything."""
    runtime = stage.install(guest())
    folder = stage.paths().plugins / HOSTILE
    evil = compile_component(HOSTILE, guest({"file-loader#open": TRAP}))
    precompile(folder / "plugin.wasm", folder / "plugin.cwasm")
    header = (folder / "plugin.cwasm").read_bytes()[: -len(compile_component(HOSTILE, guest()))]
    # It says "made of this very plugin" and has the right digest of other code.
    (folder / "plugin.cwasm").write_bytes(header[:-32] + sha256(evil).digest() + evil)

    plugin = runtime.catalog.get(HOSTILE)
    assert plugin is not None
    instance = await runtime.instance(plugin)
    assert await instance.call("file-loader", "open", "/data/a.csv") == 0
