"""Every template becomes a plugin that can be used, and that its own tests and the real host find right."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from thoth_ls.authoring.building.building import build
from thoth_ls.authoring.building.kit import Kit
from thoth_ls.authoring.starting import KINDS, LANGUAGES, Kind, Language, Start, start
from thoth_ls.catalog.manifest import check_manifest
from thoth_ls.paths import Paths
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.runtime import PluginRuntime
from thoth_ls.runtime.validation import validate

ROOT = Path(__file__).parents[2]
PROGRAMS = [kind for kind in KINDS if kind != "theme"]
KIT = Kit.beside(ROOT, ROOT / "build")
KEPT = ROOT / "build" / "harness"
"""What is compiled is kept there, for other tests and the next run."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plugin of every kind in both languages, in folders called by them; those in Zig are built."""
    folder = tmp_path_factory.mktemp("made")
    for kind in PROGRAMS:
        for language in LANGUAGES:
            plugin = folder / f"{kind}-{language}"
            start(Start(plugin, 'Odd "Name" Ä', kind, language, author='O\'Hara "X"'))
            if language == "zig":
                build(plugin, plugin, KIT)
    return folder


def test_the_tests_of_every_template_pass(made: Path) -> None:
    """Each has one at least; those in Zig run in the sandbox."""
    command = [sys.executable, "-m", "pytest", "-v", "--import-mode=importlib", "-p", "no:cacheprovider"]
    command += ["-W", "ignore::pytest.PytestDeprecationWarning", "-c", os.devnull, "--rootdir", "."]
    environment = os.environ | {"PYTHONPATH": str(KIT.python_sdk), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=made, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    passed = set(re.findall(r"^(\S+?)/tests/test_plugin\.py::\S+.* PASSED", done.stdout, re.MULTILINE))
    assert passed == {path.name for path in made.iterdir() if path.is_dir()}


@pytest.mark.parametrize("kind", PROGRAMS)
async def test_every_template_in_zig_can_be_used(made: Path, tmp_path: Path, kind: Kind) -> None:
    """Nothing is to be said of it."""
    runtime = PluginRuntime(Paths.under(tmp_path), Limits(), lambda plugin_id, level, text: None)
    try:
        _, found = await validate(made / f"{kind}-zig", runtime)
    finally:
        await runtime.close()
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PROGRAMS)
def test_every_manifest_is_in_order(made: Path, kind: Kind, language: Language) -> None:
    """Names with quotes in them, too."""
    assert check_manifest((made / f"{kind}-{language}" / "plugin.toml").read_bytes()).problems == ()
