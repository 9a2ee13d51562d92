"""`thoth plugins enable`, `disable`, `reload` and `uninstall`, each with a server of its own that shares the files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CSV = "com.thoth.csv-loader"
DIARY = "org.thoth.fixture.diary"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one installed plugin."""
    folder = tmp_path / "home" / "data" / "plugins" / "diary"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "build" / "fixtures" / "diary.wasm", folder / "plugin.wasm")
    shutil.copy(ROOT / "plugins" / "fixtures" / "diary.toml", folder / "plugin.toml")
    return tmp_path / "home"


def thoth(home: Path, *arguments: str, folder: Path | None = None) -> tuple[int, str]:
    """Exit code and all that was said."""
    done = subprocess.run(
        [sys.executable, "-m", "thoth_ls.cli.main", *arguments],
        env={**os.environ, "THOTH_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
        check=False,
    )
    return done.returncode, done.stdout


def test_a_plugin_is_switched_off_and_on(home: Path, tmp_path: Path) -> None:
    """For everybody, or for one folder."""
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    assert thoth(home, "plugins", "disable", CSV) == (0, f"{CSV} 0.1.0 is disabled\n")
    code, said = thoth(home, "open", str(tmp_path / "a.csv"))
    assert code == 1
    assert "CSV Loader would, but may not run; switch it on in the view Plugins, or with thoth plugins enable" in said
    assert thoth(home, "plugins", "enable", CSV) == (0, f"{CSV} 0.1.0 is enabled\n")
    code, said = thoth(home, "plugins", "disable", CSV, "--workspace", folder=tmp_path)
    assert (code, said) == (0, f"{CSV} 0.1.0 is disabled in {tmp_path}\n")
    assert thoth(home, "open", str(tmp_path / "a.csv"))[0] == 0


def test_a_plugin_is_reloaded_and_uninstalled(home: Path) -> None:
    """What cannot be done is said in a sentence."""
    assert thoth(home, "plugins", "reload", DIARY) == (0, f"{DIARY} 0.1.0 is enabled\n")
    code, said = thoth(home, "plugins", "uninstall", CSV)
    assert (code, said) == (
        1,
        f"thoth: plugin {CSV}: it came with Thoth and cannot be uninstalled; it can be switched off\n",
    )
    assert thoth(home, "plugins", "uninstall", DIARY, "--delete-data") == (
        0,
        f"{DIARY} is uninstalled, and what was kept for it is deleted\n",
    )
    assert list((home / "data" / "plugins").iterdir()) == []
    for subcommand in ("enable", "disable", "reload", "uninstall"):
        assert thoth(home, "plugins", subcommand, DIARY) == (1, f"thoth: plugin {DIARY}: it is not installed\n")
