"""A folder that calls itself a plugin is read, whatever it holds: it delays nothing and reaches nothing."""

import os
import sys
import time
from pathlib import Path

import pytest

from thoth_ls.catalog.discovery import Places, discover
from thoth_ls.catalog.plugin import Plugin
from thoth_ls.manager.details import read_readme

GOOD = 'id = "org.example.{name}"\nname = "P"\nversion = "1.0.0"\ndescription = ""\nauthor = ""\ncapabilities = []\n'
QUICK = 20.0
"""Seconds: what these manifests took where their size was squared was minutes."""


def plugin(root: Path, name: str, manifest: str | bytes | None = None) -> Path:
    """A plugin folder; its manifest is a good one unless told."""
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "plugin.wasm").write_bytes(b"\0asm")
    raw = GOOD.format(name=name) if manifest is None else manifest
    (folder / "plugin.toml").write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return folder


def only(root: Path, place: str = "user") -> Plugin:
    """The one plugin beside `good`, which has to be usable whatever stands beside it."""
    plugin(root, "good")
    found = {item.folder.name: item for item in discover(Places(**{place: [root]})).all}
    assert found.pop("good").problem is None
    (other,) = found.values()
    return other


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (b"#" * 10_000_000, "plugin.toml is larger than 256 KiB"),
        (b"a." * 120_000 + b"a = 1", "expected keys of at most 32 parts"),
        ((b"a." * 20_000 + b"a = 1\n") * 5, "expected keys of at most 32 parts"),
        (b"[" + b"a." * 120_000 + b"a]", "expected keys of at most 32 parts"),
        (b"x = {" + b"a." * 120_000 + b"a = 1}", "expected keys of at most 32 parts"),
        (b"x = " + b"[" * 200_000, "is not valid TOML: it is nested too deeply"),
        (b"x = " + b"{a=" * 80_000, "is not valid TOML: it is nested too deeply"),
        (b"x = " + b"9" * 250_000, "is not valid TOML"),
        (b"\0" * 1_000, "is not valid TOML"),
        (b"\xff\xfe\0", "expected text in UTF-8"),
        (GOOD.format(name="x").encode() + b"\xed\xa0\x80", "expected text in UTF-8"),
        (b"", "is missing"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_no_manifest_takes_long_or_spoils_others(tmp_path: Path, manifest: bytes, said: str) -> None:
    """It is refused in a sentence, and its neighbour works."""
    plugin(tmp_path, "bad", manifest)
    began = time.process_time()
    assert said in str(only(tmp_path).problem)
    assert time.process_time() - began < QUICK


@pytest.mark.parametrize(
    "manifest",
    [
        "".join(f"key{number} = 1\n" for number in range(20_000)),
        "[[setting]]\nkey = 'a'\ntype = 'string'\n" * 6_000,
        "[[file-loader]]\n" * 10_000,
        "capabilities = [" + "'x', " * 40_000 + "]",
        "[permissions]\nnetwork = { reason = 'r', hosts = [" + "'a b', " * 30_000 + "] }",
    ],
    ids=lambda value: value[:12],
)
def test_a_manifest_full_of_mistakes_is_told_in_few_words(tmp_path: Path, manifest: str) -> None:
    """Nobody reads more, and no message of the protocol grows with the file."""
    plugin(tmp_path, "bad", manifest)
    began = time.process_time()
    info = only(tmp_path).info()
    assert time.process_time() - began < QUICK
    assert len(str(info.problem)) + sum(map(len, info.warnings)) < 10_000


@pytest.mark.parametrize(
    "plugin_id",
    ["../x", "..", "org.example/../../x", "/etc", "C:\\\\x.y", "con.x", "a\\u0000.b", "a.b\\u202e", ".org.x", "x.y\\n"],
)  # fmt: skip
def test_an_id_that_leads_elsewhere_names_nothing(tmp_path: Path, plugin_id: str) -> None:
    """Ids become names of folders and secrets; such a plugin is known by its folder's name instead."""
    plugin(tmp_path, "bad", GOOD.replace("org.example.{name}", plugin_id))
    found = only(tmp_path)
    assert (found.id, found.info().state) == ("bad", "unusable")
    assert "reverse-domain" in str(found.problem) or "device" in str(found.problem)


@pytest.mark.parametrize("name", ["plugin.toml", "plugin.wasm", "theme.json"])
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, name: str) -> None:
    """A plugin cannot show a file of this machine as its own, nor tell by its error what is in it."""
    secret = tmp_path / "secret"
    secret.write_text("password = hunter2")
    folder = plugin(tmp_path / "plugins", "bad")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(secret)
    for place in ("user", "workspace"):
        (found,) = [item for item in discover(Places(**{place: [tmp_path / "plugins"]})).all if item.id == "bad"]
        assert found.problem == f"{name} is a link that leads out of its folder; put the file itself there"


def test_a_readme_outside_is_not_shown(tmp_path: Path) -> None:
    """It would be sent to the details page."""
    secret = tmp_path / "secret.md"
    secret.write_text("# Secrets")
    folder = plugin(tmp_path / "plugins", "linked")
    (folder / "README.md").symlink_to(secret)
    assert not only(tmp_path / "plugins").info().has_readme
    assert read_readme(folder) is None


def test_links_within_the_folder_and_of_whole_folders_are_the_users_business(tmp_path: Path) -> None:
    """People link to where they build; a workspace comes from somebody else."""
    folder = plugin(tmp_path / "elsewhere", "real")
    (folder / "plugin.wasm").rename(folder / "built.wasm")
    (folder / "plugin.wasm").symlink_to("built.wasm")
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / "linked").symlink_to(folder, target_is_directory=True)
    assert only(tmp_path / "plugins").problem is None
    (found,) = [item for item in discover(Places(workspace=[tmp_path / "plugins"])).all if item.id == "linked"]
    assert "its folder is a link that leads out of the workspace" in str(found.problem)


def test_a_link_to_itself_is_an_ordinary_problem(tmp_path: Path) -> None:
    """It leads nowhere."""
    folder = plugin(tmp_path, "bad")
    (folder / "plugin.toml").unlink()
    (folder / "plugin.toml").symlink_to("plugin.toml")
    assert only(tmp_path).problem is not None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
@pytest.mark.parametrize("name", ["plugin.toml", "plugin.wasm", "README.md"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    """Opening one would never return; a device or a folder is none the better."""
    folder = plugin(tmp_path, "bad")
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    found = only(tmp_path)
    assert found.problem is not None or name == "README.md"
    assert not found.info().has_readme


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    """A folder in place of the manifest, or one without the right to read it."""
    folder = plugin(tmp_path, "bad")
    (folder / "plugin.toml").unlink()
    (folder / "plugin.toml").mkdir()
    assert "plugin.toml" in str(only(tmp_path).problem)


@pytest.mark.parametrize("text", ["x" * 5_000, "a\0b", "", "plugin.toml", "\udcff"])
def test_a_place_that_cannot_be_is_empty(tmp_path: Path, text: str) -> None:
    """Places come from settings; one that is wrong does not hide the others."""
    plugin(tmp_path / "plugins", "good")
    (tmp_path / "plugin.toml").write_text("")
    odd = tmp_path / "gone" / text
    found = discover(Places(user=[odd, tmp_path / "plugins"], development=[odd], workspace=[odd])).all
    assert [item.id for item in found] == ["org.example.good"]


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="names of files are text there")
def test_a_folder_whose_name_is_no_text_can_be_told_of(tmp_path: Path) -> None:
    """The list of plugins is sent as JSON, which has no such characters."""
    plugin(tmp_path, "good")
    (tmp_path / os.fsdecode(b"bad\xff")).mkdir()
    same = plugin(tmp_path, os.fsdecode(b"same\xff"), GOOD.format(name="good"))
    told = [item.info().model_dump_json() for item in discover(Places(user=[tmp_path])).all]
    assert len(told) == 3
    assert same.exists()
