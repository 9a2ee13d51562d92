"""The wheel holds the server with its plugins, ready to run."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_wheel_runs_without_the_checkout(tmp_path: Path) -> None:
    """Unpacked anywhere, it opens a file by the plugin inside it."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--no-index", "-w", str(tmp_path), str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert "-py3-none-" in wheel.name
    assert not wheel.name.endswith("-any.whl"), "machine code is for one platform"
    with zipfile.ZipFile(wheel) as archive:
        assert {"thoth_ls/catalog/plugin.schema.json", "thoth_ls/bundled/plugins/csv-loader/README.md"} <= set(
            archive.namelist()
        )
        archive.extractall(tmp_path / "installed")
    data = tmp_path / "a.csv"
    data.write_text("name,size\nAnna,3\n")
    asked = f"import sys; sys.path.insert(0, {str(tmp_path / 'installed')!r}); from thoth_ls.cli.main import main; "
    program = asked + f"sys.exit(main(['open', {str(data)!r}, '--json']))"
    environment = {"THOTH_HOME": str(tmp_path / "home"), "PYTHONPATH": str(tmp_path / "installed")}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert '{"name":"Anna","size":3}' in done.stdout
