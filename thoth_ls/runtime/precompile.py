"""Machine code made when Thoth is built, put beside a bundled plugin so that nobody waits for a compiler.

`python -m thoth_ls.runtime.precompile plugin.wasm plugin.cwasm [--portable]`

Such a file is only read from the folders that ship with Thoth, which whoever can change may change Thoth itself; its
digests guard against a stale or damaged file, not against an attacker.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
from pathlib import Path

from thoth_ls.runtime.cache import write_atomically
from thoth_ls.runtime.engine import Processor, compile_component, fingerprint

logger = logging.getLogger(__name__)

MAGIC = b"thoth bundled plugin 1\n"


def precompile(wasm: Path, out: Path, processor: Processor = Processor.NATIVE) -> None:
    """Compiles `wasm` and writes `out`; raises PluginInvalid when it is not a component."""
    content = wasm.read_bytes()
    code = compile_component(wasm.parent.name, content, processor)
    write_atomically(out, _header(hashlib.sha256(content).digest(), code) + code)
    out.chmod(0o644)


def read_precompiled(path: Path, digest: bytes) -> bytes | None:
    """The machine code in `path` if it was made of the plugin with this digest, by this wasmtime, else None."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        logger.warning("%s cannot be read: %s", path, error)
        return None
    length = len(_header(digest, b""))
    code = raw[length:]
    if raw[:length] != _header(digest, code):
        logger.info("%s was made of another plugin, by another wasmtime or elsewhere", path)
        return None
    return code


def _header(digest: bytes, code: bytes) -> bytes:
    made_by = hashlib.sha256(fingerprint().encode()).digest()
    return MAGIC + digest + made_by + hashlib.sha256(code).digest()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Compiles a plugin to machine code for this platform.")
    parser.add_argument("wasm", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--portable", action="store_true", help="for any processor of this kind")
    options = parser.parse_args()
    precompile(options.wasm, options.out, Processor.PORTABLE if options.portable else Processor.NATIVE)


if __name__ == "__main__":
    main()
