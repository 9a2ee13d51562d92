"""Which plugins are found, and which of two is used."""

import subprocess
import sys
from pathlib import Path

import pytest

from thoth_ls.catalog.discovery import Catalog, Places, bundled_folders, discover

MANIFEST = """
id = "{id}"
name = "{name}"
version = "1.2.3"
description = "Tests"
author = "Tests"
capabilities = ["file-loader"]
[[file-loader]]
supported-extensions = ["csv"]
"""


def install(root: Path, folder: str, plugin_id: str, name: str = "A plugin") -> Path:
    """A plugin folder that looks as it should."""
    path = root / folder
    path.mkdir(parents=True)
    (path / "plugin.toml").write_text(MANIFEST.format(id=plugin_id, name=name))
    (path / "plugin.wasm").write_bytes(b"\0asm")
    return path


def found(user: Path, *bundled: Path) -> Catalog:
    """The plugins of a user, and those that came with Thoth."""
    return discover(Places(bundled=bundled, user=[user]))


def test_bundled_and_own_plugins_are_found(tmp_path: Path) -> None:
    """Both folders count, whatever else lies in them."""
    install(tmp_path / "bundled", "csv", "com.thoth.csv")
    install(tmp_path / "own", "mine", "org.example.mine")
    (tmp_path / "own" / ".hidden").mkdir()
    (tmp_path / "own" / "note.txt").write_text("x")
    infos = [plugin.info() for plugin in found(tmp_path / "own", tmp_path / "bundled").all]
    assert [(info.id, info.origin == "bundled", info.problem, info.extensions) for info in infos] == [
        ("com.thoth.csv", True, None, ["csv"]),
        ("org.example.mine", False, None, ["csv"]),
    ]


def test_missing_folders_hold_no_plugins(tmp_path: Path) -> None:
    """A fresh machine has no plugin folder yet."""
    assert found(tmp_path / "no", tmp_path / "neither").all == []


def test_a_plugin_is_found_however_its_id_is_written(tmp_path: Path) -> None:
    """Ids are compared without regard to case, also that of a plugin that cannot be used."""
    install(tmp_path, "good", "org.example.Good")
    install(tmp_path, "broken", "org.example.Broken").joinpath("plugin.wasm").unlink()
    catalog = found(tmp_path)
    assert [catalog.installed(name).id for name in ("ORG.example.good", "ORG.example.broken")] == [
        *("org.example.Good", "org.example.Broken"),
    ]


def test_every_problem_is_kept_and_spoils_nothing_else(tmp_path: Path) -> None:
    """A broken plugin is listed with its problem; its neighbours work."""
    install(tmp_path, "good", "org.example.good")
    install(tmp_path, "no-wasm", "org.example.no-wasm").joinpath("plugin.wasm").unlink()
    install(tmp_path, "bad", "nothing")
    (tmp_path / "empty").mkdir()
    catalog = found(tmp_path)
    assert [plugin.id for plugin in catalog.usable] == ["org.example.good"]
    problems = {plugin.id: plugin.info().problem for plugin in catalog.all}
    assert problems["org.example.good"] is None
    assert "neither a plugin.wasm nor a theme.json" in str(problems["org.example.no-wasm"])
    assert "reverse-domain" in str(problems["bad"])
    assert "no plugin.toml" in str(problems["empty"])


def test_the_later_folder_wins(tmp_path: Path) -> None:
    """Of two plugins of a user with one id the later is used, and the other one says so."""
    install(tmp_path, "a", "org.example.x", "old")
    later = install(tmp_path, "b", "org.example.X", "new")
    catalog = found(tmp_path)
    assert [plugin.info().name for plugin in catalog.usable] == ["new"]
    assert catalog.get("ORG.example.x") is catalog.usable[0]
    unused = next(plugin for plugin in catalog.all if plugin.problem)
    assert unused.problem == f"{later} has the same id and is used instead"


def test_a_bundled_id_cannot_be_taken_over(tmp_path: Path) -> None:
    """A plugin that borrows the name of a trusted one is not run, and its problem says why."""
    install(tmp_path / "bundled", "csv", "com.thoth.csv", "ours")
    install(tmp_path / "own", "csv", "com.thoth.CSV", "theirs")
    catalog = found(tmp_path / "own", tmp_path / "bundled")
    assert [plugin.info().name for plugin in catalog.usable] == ["ours"]
    refused = next(plugin for plugin in catalog.all if plugin.problem)
    assert refused.info().name == "theirs"
    assert "is that of a plugin that comes with Thoth" in str(refused.problem)


def test_a_later_bundled_folder_wins_over_an_earlier(tmp_path: Path) -> None:
    """Bundled plugins may be replaced by bundled ones."""
    install(tmp_path / "1", "csv", "com.thoth.csv", "first")
    install(tmp_path / "2", "csv", "com.thoth.csv", "second")
    assert found(tmp_path / "no", tmp_path / "1", tmp_path / "2").usable[0].info().name == "second"


def test_a_checkout_uses_what_it_built(tmp_path: Path) -> None:
    """An installed package has its plugins inside; in a checkout they are where the build puts them."""
    package = tmp_path / "thoth_ls"
    assert bundled_folders(package) == [package / "bundled" / "plugins"]
    (tmp_path / "pyproject.toml").write_text("")
    assert bundled_folders(package) == [tmp_path / "build" / "plugins"]
    (package / "bundled" / "plugins").mkdir(parents=True)
    assert bundled_folders(package) == [package / "bundled" / "plugins"]


def test_a_development_folder_may_replace_any_plugin(tmp_path: Path) -> None:
    """Somebody works on it and said so; both plugins tell."""
    install(tmp_path / "bundled", "csv", "com.thoth.csv", "ours")
    mine = install(tmp_path, "csv", "com.thoth.csv", "rebuilt")
    install(tmp_path / "workspace", "csv", "com.thoth.csv", "theirs")
    places = Places(bundled=[tmp_path / "bundled"], development=[mine], workspace=[tmp_path / "workspace"])
    catalog = discover(places)
    (used,) = catalog.usable
    assert (used.info().name, used.info().origin) == ("rebuilt", "development")
    assert "which came with Thoth" in used.info().warnings[0]
    assert {plugin.info().name for plugin in catalog.all if plugin.problem} == {"ours", "theirs"}


def test_a_plugin_of_the_workspace_replaces_an_installed_one(tmp_path: Path) -> None:
    """The later place wins, and the one that is used says so too."""
    install(tmp_path / "own", "a", "org.example.a", "installed")
    install(tmp_path / "workspace", "a", "org.example.a", "in the workspace")
    (used,) = (catalog := discover(Places(user=[tmp_path / "own"], workspace=[tmp_path / "workspace"]))).usable
    assert (used.info().name, used.info().origin) == ("in the workspace", "workspace")
    assert used.warnings == (
        f"It is used instead of {tmp_path / 'own' / 'a'}, which was installed and has the same id.",
    )
    unused = next(plugin for plugin in catalog.all if plugin.problem)
    assert unused.problem == f"{tmp_path / 'workspace' / 'a'} has the same id and is used instead"


def test_a_development_folder_is_a_plugin_or_holds_plugins(tmp_path: Path) -> None:
    """Other folders in it are its author's business."""
    install(tmp_path / "many", "a", "org.example.a")
    install(tmp_path / "many", "b", "org.example.b")
    (tmp_path / "many" / "src").mkdir()
    one = install(tmp_path, "one", "org.example.one")
    found = discover(Places(development=[tmp_path / "many", one, tmp_path / "gone"])).all
    assert [plugin.id for plugin in found] == ["org.example.a", "org.example.b", "org.example.one"]


def test_nothing_is_compiled_or_run_to_find_plugins(tmp_path: Path) -> None:
    """Not even the engine is loaded: what stands in `plugin.wasm` is looked at when it is needed."""
    folder = install(tmp_path, "a", "org.example.a")
    (folder / "plugin.wasm").write_bytes(b"\0asm, or so it says")
    program = (
        "import sys; from pathlib import Path; from thoth_ls.catalog.discovery import Places, discover\n"
        "found = discover(Places(user=[Path(sys.argv[1])])).all\n"
        "print([plugin.info().state for plugin in found], 'wasmtime' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout == "['enabled'] False\n"


def test_a_plugin_that_breaks_stays_itself_and_lets_another_take_its_place(tmp_path: Path) -> None:
    """While somebody works on it: it is listed with its reason, and the one it stood for is used again."""
    install(tmp_path / "bundled", "csv", "com.thoth.csv", "ours")
    mine = install(tmp_path, "dev", "com.thoth.csv", "mine")
    (mine / "plugin.toml").write_text((mine / "plugin.toml").read_text().replace("file-loader", "file-loadr", 1))
    catalog = discover(Places(bundled=[tmp_path / "bundled"], development=[mine]))
    assert [plugin.info().name for plugin in catalog.usable] == ["ours"]
    (broken,) = [plugin for plugin in catalog.all if plugin.problem]
    assert (broken.id, broken.info().origin, broken.info().state) == ("com.thoth.csv", "development", "unusable")
    assert "did you mean file-loader?" in str(broken.problem)


def test_what_authors_write_is_shown_as_one_harmless_line(tmp_path: Path) -> None:
    """A name stands among our own words, where a change of direction or a line break would change what they say."""
    folder = install(tmp_path, "a", "org.example.a", "Good\\u202e\\nplugin\\u001b[31m " + "x" * 300)
    text = (folder / "plugin.toml").read_text().replace('"Tests"', '"Line one\\nLine two"')
    (folder / "plugin.toml").write_text(text)
    (info,) = [plugin.info() for plugin in found(tmp_path).all]
    assert info.name.startswith("Good plugin [31m xxx")
    assert len(info.name) == 100
    assert (info.author, info.description) == ("Line one Line two", "Line one Line two")


@pytest.mark.parametrize(
    ("origin", "capabilities", "settings", "expected"),
    [
        ("user", '["exporter"]', "", True),
        ("user", '["cli"]', "", False),
        ("user", '["theme"]', "", False),
        ("bundled", '["exporter"]', "", False),
        ("bundled", '["cli"]', '[[setting]]\nkey = "a"\ntype = "string"\n', True),
    ],
)
def test_settings_are_offered_where_there_may_be_some(
    tmp_path: Path, origin: str, capabilities: str, settings: str, expected: bool
) -> None:
    """A page that a plugin draws by itself is found only by running it, which listing does not."""
    folder = tmp_path / origin / "plugin"
    folder.mkdir(parents=True)
    (folder / "plugin.wasm").write_bytes(b"\0asm")
    about = 'id = "org.example.a"\nname = "A"\nversion = "1"\ndescription = "a"\nauthor = "a"'
    (folder / "plugin.toml").write_text(f"{about}\ncapabilities = {capabilities}\n{settings}", "utf-8")
    catalog = found(tmp_path / "user", tmp_path / "bundled")
    assert [plugin.info().has_settings for plugin in catalog.all] == [expected]
