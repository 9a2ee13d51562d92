"""A click in a web view of a real editor, until the page holds the plugin's new tree."""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
import zipfile
from pathlib import Path

from tests.bench.report import Goal, Report, percentile

ROOT = Path(__file__).parents[2]
BARE = Path(__file__).with_name("bare_webview")
MANIFEST = """<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata><Identity Language="en-US" Id="{name}" Version="{version}" Publisher="{publisher}"/></Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Assets><Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json"/></Assets>
</PackageManifest>
"""
TYPES = """<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension=".json" ContentType="application/json"/><Default Extension=".js" ContentType="text/javascript"/>
  <Default Extension=".vsixmanifest" ContentType="text/xml"/>
</Types>
"""


async def measure(report: Report) -> None:
    """ui_event_p50_ms and _p99_ms (a plugin in Zig), ui_event_python_p50_ms and _p99_ms, ui_shown_p50_ms of both.

    The peer is a bare extension whose page asks the extension host for a number, in the same window. A page is drawn
    before the next frame, which is up to 17 ms away; `shown` is when that frame is done.
    """
    for command in (["make", "--silent", "vsix"], [ROOT / "scripts" / "setup_editor.sh"]):
        setup = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL)
        assert await setup.wait() == 0
    with tempfile.TemporaryDirectory(prefix="thoth-bench-") as folder:
        packed = pack(Path(folder))
        run = await asyncio.create_subprocess_exec(
            "node", Path(__file__).with_suffix(".mjs"), packed, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await run.communicate()
    assert run.returncode == 0, "the pages could not be clicked in"
    times: dict[str, dict[str, list[float]]] = json.loads(out)
    bare = times["bare"]
    for name, of in (("ui_event", times["zig"]), ("ui_event_python", times["python"])):
        for rank, at in (("p50", 0.5), ("p99", 0.99)):
            peer = percentile(bare["drawn"], at)
            goal = Goal("<", 10) if rank == "p50" else None
            value = percentile(of["drawn"], at)
            report.add(f"{name}_{rank}_ms", value, "ms", goal, ("a bare web view", peer), peer / value)
        shown, peer = statistics.median(of["shown"]), statistics.median(bare["shown"])
        report.add(f"{name}_shown_p50_ms", shown, "ms", None, ("a bare web view", peer), peer / shown)


def pack(folder: Path) -> Path:
    """The bare extension as a file that an editor installs."""
    manifest = json.loads((BARE / "package.json").read_text())
    packed = folder / "bare.vsix"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("extension.vsixmanifest", MANIFEST.format_map(manifest))
        for file in BARE.iterdir():
            archive.write(file, f"extension/{file.name}")
    return packed
