"""Runs the tests beside this one in a network namespace: public addresses are of this machine there.

Each test of `inside_*.py` is one here. They are skipped, with the reason, where the system makes no namespaces.
"""

import ast
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

HERE = Path(__file__).parent
INSIDE = sorted(HERE.glob("inside_*.py"))
TESTS = [
    (path.stem, node.name)
    for path in INSIDE
    for node in ast.parse(path.read_text("utf-8")).body
    if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef) and node.name.startswith("test_")
]


@cache
def entering() -> tuple[str, ...]:
    """The command that enters a new namespace; empty where there is none."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return ()
    for command in (("unshare", "--net"), ("unshare", "--net", "--map-root-user")):
        if subprocess.run([*command, "true"], capture_output=True, check=False, timeout=30).returncode == 0:
            return command
    return ()


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], list[str]]:
    """What became of each test inside: the failures of all its variants."""
    if not entering():
        pytest.skip("this system makes no network namespaces for us (unshare --net)")
    folder = tmp_path_factory.mktemp("namespace")
    found: dict[tuple[str, str], list[str]] = {}
    for path in INSIDE:  # each has a namespace of its own
        report = folder / f"{path.stem}.xml"
        command = [*entering(), sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
        ran = subprocess.run(
            [*command, f"--basetemp={folder / path.stem}", str(path)],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            env={**os.environ, "PYTEST_ADDOPTS": ""},
        )
        if not report.exists():
            pytest.fail(f"the tests inside did not run:\n{ran.stdout}\n{ran.stderr}")
        for case in ElementTree.parse(report).iter("testcase"):
            name = (path.stem, case.attrib["name"].partition("[")[0])
            bad = [f"{case.attrib['name']}: {child.text}" for child in case if child.tag in ("failure", "error")]
            found.setdefault(name, []).extend(bad)
    return found


@pytest.mark.parametrize(("module", "name"), TESTS, ids=[f"{module}-{name}" for module, name in TESTS])
def test_inside(outcomes: dict[tuple[str, str], list[str]], module: str, name: str) -> None:
    """It ran, in all its variants, and none of them failed."""
    assert outcomes[module, name] == []
