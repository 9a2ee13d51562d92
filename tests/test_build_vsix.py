"""What goes into the package of the extension, and what is left out of it."""

import importlib.util
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parent.parent / "scripts" / "build_vsix.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_vsix", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def wheel(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, name)
    return path


def test_only_what_a_server_reads_is_unpacked(script: ModuleType, tmp_path: Path) -> None:
    """Tests, sources and pip's own records are left out; licences and metadata stay."""
    names = ["a/__init__.py", "a/tests/test_a.py", "a/core.pyi", "a/core.c", "a-1.dist-info/METADATA"]
    names += ["a-1.dist-info/RECORD", "a-1.dist-info/licenses/LICENSE", "zstandard/_cffi.cpython-311.so"]
    script.unpack(wheel(tmp_path / "a.whl", *names), tmp_path / "out")
    kept = sorted(
        path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()
    )
    assert kept == ["a-1.dist-info/METADATA", "a-1.dist-info/licenses/LICENSE", "a/__init__.py"]


def test_a_wheel_cannot_write_outside_its_folder(script: ModuleType, tmp_path: Path) -> None:
    """A path that leaves the folder ends the build."""
    with pytest.raises(SystemExit):
        script.unpack(wheel(tmp_path / "a.whl", "../evil.py"), tmp_path / "out")
    assert not (tmp_path / "evil.py").exists()


def test_wheels_of_one_python_are_told_from_those_of_any(script: ModuleType) -> None:
    """What is compiled against the stable ABI, or not compiled for Python at all, fits every version."""
    names = ["a-1-cp311-cp311-manylinux_2_17_x86_64.whl", "b-1-py3-none-manylinux1_x86_64.whl"]
    names += ["c-1-cp38-abi3-manylinux_2_17_x86_64.whl", "d_e-1-py3-none-any.whl"]
    own, common = script.split_by_version([Path(name) for name in names])
    assert [script.distribution(path) for path in own] == ["a"]
    assert [script.distribution(path) for path in common] == ["b", "c", "d-e"]


def test_an_entry_of_the_lock_keeps_its_hashes(script: ModuleType) -> None:
    """The part of a lock file for some distributions is a lock file."""
    lock = "a-b==1 \\\n    --hash=sha256:1 \\\n    --hash=sha256:2\nc==2 \\\n    --hash=sha256:3\n"
    assert script.entries_of(lock, {"a-b"}) == "a-b==1 \\\n    --hash=sha256:1 \\\n    --hash=sha256:2\n"
