"""`thoth plugin test`: runs the tests of a plugin with pytest, the SDK at hand."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import sys
from typing import TYPE_CHECKING

from thoth_ls.cli.plugin_build import authors_kit, holds_plugin, is_theme, make
from thoth_ls.cli.table import printable
from thoth_ls.errors import BuildFailed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NOTHING = 5
"""What pytest returns where there are no tests."""


async def run_tests(folder: Path, arguments: Sequence[str] = ()) -> int:
    """What came of it: 0 when all tests passed, 1 when some did not or nothing could be tested, 2 for wrong usage.

    A plugin in Zig is built before: its tests run in the sandbox.
    """
    tests = folder / "tests"
    if not holds_plugin(folder):
        return 2
    if is_theme(folder):
        print("thoth: a theme has no tests; `thoth plugin build` judges it", file=sys.stderr)
        return 2
    if not tests.is_dir():
        print(f"thoth: there is no folder {printable(str(tests))} with tests in it", file=sys.stderr)
        return 1
    if importlib.util.find_spec("pytest") is None:
        print("thoth: tests are run by pytest, which is not installed here: pip install pytest", file=sys.stderr)
        return 1
    if (folder / "src" / "main.zig").is_file() and not await make(folder):
        return 1
    try:
        sdk = authors_kit().python_sdk
    except BuildFailed as error:
        print(f"thoth: {printable(str(error))}", file=sys.stderr)
        return 1
    paths = [str(sdk), *filter(None, [os.environ.get("PYTHONPATH")])]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pytest", "-q", "-W", "ignore::pytest.PytestDeprecationWarning"),
        *("--rootdir", str(folder), str(tests), *arguments),
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=asyncio.subprocess.DEVNULL,
    )
    try:
        code = await process.wait()
    except asyncio.CancelledError:
        process.terminate()
        await process.wait()
        raise
    if code == NOTHING:
        print(f"thoth: there are no tests in {printable(str(tests))}", file=sys.stderr)
    return 0 if code == 0 else 1
