"""How long it takes to find 200 plugins and to say what each is, beside reading their manifests as TOML alone."""

import shutil
import statistics
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from tests.bench.report import Goal, Report
from thoth_ls.catalog.discovery import Places, discover

PLUGINS = 200
RUNS = 7
MANIFEST = """
id = "org.example.plugin-{number}"
api = "0.1"
name = "Plugin {number}"
version = "1.2.{number}"
description = "Opens files of the kind number {number}, and says how they are shown"
author = "Somebody"
license = "MIT"
keywords = ["kind-{number}", "table"]
capabilities = ["file-loader", "file-viewer"]

[[file-loader]]
file-type = "application/x-kind-{number}"
supported-extensions = ["k{number}", "kk{number}"]
encodings = ["utf-8", "windows-1252"]

[[setting]]
key = "limit"
type = "integer"
title = "Limit"
description = "Most records to read"
default = 1000
minimum = 1

[[setting]]
key = "mode"
type = "enum"
enum = ["fast", "careful"]
default = "fast"

[permissions]
opened-file = {{ reason = "To show what is in it." }}
network = {{ hosts = ["https://api.example.com", "*.example.org"], reason = "To look up names." }}
"""


async def measure(report: Report) -> None:
    """discovery_ms: folders read, manifests checked, duplicates settled, and what the client is shown made of them."""
    root = Path(tempfile.mkdtemp(prefix="thoth-bench-"))
    try:
        manifests = [_install(root, number) for number in range(PLUGINS)]
        assert len(discover(Places(user=[root])).usable) == PLUGINS
        ours = _milliseconds(lambda: [plugin.info() for plugin in discover(Places(user=[root])).all])
        peer = _milliseconds(lambda: [tomllib.loads(path.read_text("utf-8")) for path in manifests])
    finally:
        shutil.rmtree(root)
    report.add("discovery_ms", ours, "ms", Goal("<", 500), peer=("tomllib alone", peer), ratio=peer / ours)


def _install(root: Path, number: int) -> Path:
    folder = root / f"plugin-{number}"
    folder.mkdir()
    (folder / "plugin.wasm").write_bytes(b"\0asm\x0d\0\1\0")
    (folder / "README.md").write_text("# A plugin\n")
    (folder / "plugin.toml").write_text(MANIFEST.format(number=number))
    return folder / "plugin.toml"


def _milliseconds(action: Callable[[], object]) -> float:
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        action()
        took.append(time.perf_counter() - began)
    return 1000 * statistics.median(took)
