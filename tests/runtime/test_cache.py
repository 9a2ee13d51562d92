"""The cache of compiled plugins: believed only where it deserves to be."""

import hashlib
import os
import sys
from pathlib import Path

import pytest

from tests.runtime import components
from thoth_ls.catalog.discovery import Plugin
from thoth_ls.catalog.manifest import parse_manifest
from thoth_ls.errors import PluginInvalid
from thoth_ls.paths import Paths
from thoth_ls.runtime.cache import MAGIC, CompileCache
from thoth_ls.runtime.compiling import Compiler
from thoth_ls.runtime.engine import Processor, compile_component, exports_of, fingerprint
from thoth_ls.runtime.precompile import precompile, read_precompiled

DIGEST = hashlib.sha256(b"a plugin").digest()
OTHER = hashlib.sha256(b"another").digest()
PLUGIN = components.component(
    '(func (export "nothing"))',
    '(func $nothing (canon lift (core func $i "nothing")))'
    ' (instance $meta (export "nothing" (func $nothing)))'
    ' (export "thoth:plugin/plugin-meta@0.1.0" (instance $meta))'
    ' (export "thoth:plugin/paged-loader@0.1.0" (instance $meta))',
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of files")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A user with nothing cached."""
    return Paths.under(tmp_path)


def cached(paths: Paths) -> Path:
    """The one file of the cache."""
    (found,) = (paths.cache / "compiled").glob("*.cwasm")
    return found


def test_what_was_kept_is_found_again(paths: Paths) -> None:
    """By the plugin and by what compiled it."""
    CompileCache(paths).write(DIGEST, "here", b"code")
    cache = CompileCache(paths)
    assert cache.read(DIGEST, "here") == b"code"
    assert cache.read(DIGEST, "another wasmtime") is None
    assert cache.read(OTHER, "here") is None
    assert sys.platform == "win32" or cached(paths).parent.stat().st_mode & 0o777 == 0o700


def test_a_file_that_was_changed_is_not_believed(paths: Paths) -> None:
    """Every byte of it is signed."""
    cache = CompileCache(paths)
    cache.write(DIGEST, "here", b"code")
    good = cached(paths).read_bytes()
    for at in (0, len(MAGIC), len(good) - 1):
        bad = bytearray(good)
        bad[at] ^= 1
        cached(paths).write_bytes(bad)
        assert cache.read(DIGEST, "here") is None
    for bad in (b"", good[:10], good + b"x"):
        cached(paths).write_bytes(bad)
        assert cache.read(DIGEST, "here") is None


def test_a_file_of_another_plugin_is_not_believed(paths: Paths) -> None:
    """Renaming a good file does not make it good for something else."""
    cache = CompileCache(paths)
    cache.write(OTHER, "here", b"other code")
    other = cached(paths)
    cache.write(DIGEST, "here", b"code")
    (mine,) = {*other.parent.glob("*.cwasm")} - {other}
    other.replace(mine)
    assert cache.read(DIGEST, "here") is None


def test_a_file_signed_with_another_key_is_not_believed(paths: Paths) -> None:
    """Somebody else's cache is worth nothing here."""
    cache = CompileCache(paths)
    cache.write(DIGEST, "here", b"code")
    (paths.state / "compiled.key").unlink()
    assert cache.read(DIGEST, "here") is None
    assert sys.platform == "win32" or (paths.state / "compiled.key").stat().st_mode & 0o777 == 0o600


@posix
@pytest.mark.parametrize("what", ["file", "folder owned by another", "link", "key"])
def test_what_others_can_write_to_is_not_believed(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """A signature is no help where the key or the file could have been swapped."""
    cache = CompileCache(paths)
    cache.write(DIGEST, "here", b"code")
    file = cached(paths)
    match what:
        case "file":
            file.chmod(0o666)
        case "folder owned by another":
            monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
        case "link":
            file.rename(tmp_path / "elsewhere")
            file.symlink_to(tmp_path / "elsewhere")
        case "key":
            (paths.state / "compiled.key").chmod(0o666)
    assert cache.read(DIGEST, "here") is None


@posix
def test_a_folder_open_to_others_is_closed(paths: Paths) -> None:
    """Its files are judged by their own modes and signatures."""
    cache = CompileCache(paths)
    cache.write(DIGEST, "here", b"code")
    cached(paths).parent.chmod(0o777)
    assert cache.read(DIGEST, "here") == b"code"
    assert cached(paths).parent.stat().st_mode & 0o777 == 0o700


def test_a_cache_that_cannot_be_used_costs_time_only(paths: Paths) -> None:
    """A file where the folder should be stops nobody."""
    paths.cache.mkdir(parents=True)
    (paths.cache / "compiled").write_text("in the way")
    cache = CompileCache(paths)
    cache.write(DIGEST, "here", b"code")
    assert cache.read(DIGEST, "here") is None


def test_the_oldest_goes_first(paths: Paths) -> None:
    """The cache stays within its size; what was used lately stays."""
    cache = CompileCache(paths, max_bytes=2_000)
    names = ["a", "b", "c"]
    for age, name in enumerate(names):
        cache.write(DIGEST, name, b"x" * 600)
        for file in (paths.cache / "compiled").glob("*.cwasm"):
            os.utime(file, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns - 10**9 * (10 - age)))
    assert cache.read(DIGEST, "a") is not None
    cache.write(DIGEST, "d", b"x" * 600)
    assert [cache.read(DIGEST, name) is not None for name in [*names, "d"]] == [True, False, True, True]
    cache.write(DIGEST, "too large", b"x" * 3_000)
    assert cache.read(DIGEST, "too large") is None


def plugin(folder: Path, wasm: bytes, *, bundled: bool = False) -> Plugin:
    """A plugin folder."""
    folder.mkdir(exist_ok=True)
    (folder / "plugin.wasm").write_bytes(wasm)
    manifest = parse_manifest(
        b'id="a.b"\nname="A plugin"\nversion="1"\ndescription=""\nauthor=""\ncapabilities=["file-loader"]\n'
    )
    return Plugin(folder, "bundled" if bundled else "user", manifest)


def test_a_plugin_is_compiled_once(paths: Paths, tmp_path: Path) -> None:
    """The second time, and in the next process, the code is there; compiling is announced by the plugin's name."""
    said: list[tuple[str, bool]] = []
    wanted = plugin(tmp_path / "p", PLUGIN)
    for _ in range(2):
        loaded = Compiler(paths, lambda name, begins: said.append((name, begins))).load(wanted)
        assert loaded.exports == {"plugin-meta", "paged-loader"}
    assert said == [("A plugin", True), ("A plugin", False)]


def test_a_poisoned_cache_file_is_replaced(paths: Paths, tmp_path: Path) -> None:
    """Whatever stands in it, the plugin works, and the file is good again."""
    wanted = plugin(tmp_path / "p", PLUGIN)
    Compiler(paths, lambda name, begins: None).load(wanted)
    good = cached(paths).read_bytes()
    cached(paths).write_bytes(good[:-100] + b"\xcc" * 100)
    Compiler(paths, lambda name, begins: None).load(wanted)
    assert len(cached(paths).read_bytes()) == len(good)
    assert cached(paths).read_bytes()[-100:] != b"\xcc" * 100


def test_code_that_does_not_run_here_is_replaced(paths: Paths, tmp_path: Path) -> None:
    """A home folder that moved to another machine brings code along that is signed and useless."""
    wanted = plugin(tmp_path / "p", PLUGIN)
    digest = hashlib.sha256(PLUGIN).digest()
    CompileCache(paths).write(digest, fingerprint(), b"\x7fELF of some other processor")
    assert "paged-loader" in Compiler(paths, lambda name, begins: None).load(wanted).exports
    kept = CompileCache(paths).read(digest, fingerprint())
    assert kept is not None
    assert kept != b"\x7fELF of some other processor"


@pytest.mark.parametrize("processor", list(Processor))
def test_a_bundled_plugin_is_not_compiled(paths: Paths, tmp_path: Path, processor: Processor) -> None:
    """What was made when Thoth was built is used as it is, be it for this processor or for any."""
    wanted = plugin(tmp_path / "p", PLUGIN, bundled=True)
    precompile(wanted.wasm, wanted.precompiled, processor)
    said: list[str] = []
    Compiler(paths, lambda name, begins: said.append(name)).load(wanted)
    assert said == []
    assert not (paths.cache / "compiled").exists()


def test_precompiled_code_is_believed_in_bundled_folders_alone(paths: Paths, tmp_path: Path) -> None:
    """A plugin from elsewhere cannot bring machine code."""
    wanted = plugin(tmp_path / "p", PLUGIN)
    precompile(wanted.wasm, wanted.precompiled)
    said: list[str] = []
    Compiler(paths, lambda name, begins: said.append(name)).load(wanted)
    assert said == ["A plugin", "A plugin"]


def test_stale_precompiled_code_is_not_used(tmp_path: Path) -> None:
    """Not for another plugin, nor when it is damaged; a missing file is ordinary."""
    wanted = plugin(tmp_path / "p", PLUGIN, bundled=True)
    digest = hashlib.sha256(PLUGIN).digest()
    assert read_precompiled(wanted.precompiled, digest) is None
    precompile(wanted.wasm, wanted.precompiled)
    code = read_precompiled(wanted.precompiled, digest)
    assert code is not None
    assert exports_of(code) == {"thoth:plugin/plugin-meta@0.1.0", "thoth:plugin/paged-loader@0.1.0"}
    assert read_precompiled(wanted.precompiled, OTHER) is None
    wanted.precompiled.write_bytes(wanted.precompiled.read_bytes()[:-1])
    assert read_precompiled(wanted.precompiled, digest) is None


@pytest.mark.parametrize(
    ("wasm", "said"),
    [
        (b"", "is not WebAssembly"),
        (b"#!/bin/sh\n", "is not WebAssembly"),
        (b"\0asm\x01\0\0\0", "is not a WebAssembly component"),
        (PLUGIN[:-7], "cannot be used"),
        (components.MISBEHAVING, "is a component of another world: it exports fill, grow, nothing, once, recurse,"),
    ],
)
def test_what_is_no_plugin_is_refused(paths: Paths, tmp_path: Path, wasm: bytes, said: str) -> None:
    """The sentence says what the file is instead."""
    with pytest.raises(PluginInvalid, match=said):
        Compiler(paths, lambda name, begins: None).load(plugin(tmp_path / "p", wasm))


def test_a_missing_component_is_said(paths: Paths, tmp_path: Path) -> None:
    """A plugin that vanished since it was found."""
    wanted = plugin(tmp_path / "p", PLUGIN)
    wanted.wasm.unlink()
    with pytest.raises(PluginInvalid, match=r"plugin\.wasm cannot be read: No such file"):
        Compiler(paths, lambda name, begins: None).load(wanted)


def test_another_wasmtime_means_compiling_anew() -> None:
    """The fingerprint names all that the code depends on."""
    assert "wasmtime=50." in fingerprint()
    assert "fuel epoch" in fingerprint()
    assert compile_component("a.b", PLUGIN)
