"""What a plugin.toml may say, and what is said where it may not."""

import pytest

from thoth_ls.catalog.manifest import Capability, ManifestError, parse_manifest, read_manifest

GOOD = """
id = "com.thoth.csv-loader"
name = "CSV Loader"
version = "0.1.0"
description = "Reads CSV"
author = "Thoth"
capabilities = ["file-loader", "file-viewer"]
[[file-loader]]
file-type = "text/csv"
supported-extensions = [".CSV"]
encodings = ["UTF8", "latin-1"]
[[file-loader]]
file-type = "text/tab-separated-values"
supported-extensions = ["tsv", "csv"]
encodings = ["utf-8"]
"""


def changed(old: str, new: str) -> bytes:
    """The good manifest with something else in it."""
    assert old in GOOD
    return GOOD.replace(old, new).encode()


def test_a_manifest_is_read_with_names_in_one_form() -> None:
    """Extensions are lower case without the dot, encodings have the name Python gives them."""
    manifest = parse_manifest(GOOD.encode())
    assert manifest.capabilities == [Capability.FILE_LOADER, Capability.FILE_VIEWER]
    assert manifest.extensions() == ["csv", "tsv"]
    assert manifest.file_loader[0].encodings == ["utf-8", "iso8859-1"]
    assert manifest.encodings() == {"utf-8"}


def test_a_loader_may_be_offered_files_of_any_name() -> None:
    """It then need not name an extension at all."""
    plain = parse_manifest(GOOD.encode())
    assert (plain.any_extension(), plain.opens_files()) == (False, True)
    manifest = parse_manifest(
        changed('supported-extensions = ["tsv", "csv"]', "supported-extensions = []\nany-extension = true")
    )
    assert (manifest.any_extension(), manifest.opens_files()) == (True, True)
    no_loader = parse_manifest(changed('["file-loader", "file-viewer"]', "[]"))
    assert (no_loader.any_extension(), no_loader.opens_files()) == (False, False)


def test_encodings_default_to_utf_8() -> None:
    """A plugin of the published contract says nothing about encodings."""
    assert parse_manifest(changed('encodings = ["UTF8", "latin-1"]', "")).encodings() == {"utf-8"}


def test_a_missing_api_version_is_the_first() -> None:
    """Published plugins have no such key."""
    assert parse_manifest(GOOD.encode()).api == "0.1"
    assert parse_manifest(b'api = "0.1"\n' + GOOD.encode()).api == "0.1"


@pytest.mark.parametrize("api", ['"0.2"', '"1"', "0.1", '""', "[]"])
def test_an_unknown_api_version_is_refused_before_anything_else(api: str) -> None:
    """A manifest of another version may mean anything, so nothing else about it is judged."""
    with pytest.raises(
        ManifestError, match=r"was made for version .* of the plugin API, and this Thoth knows '0.1' alone"
    ):
        parse_manifest(f"api = {api}\nid = 7".encode())


@pytest.mark.parametrize(
    "plugin_id",
    [
        "csv",
        "",
        ".",
        "..",
        "a..b",
        "../evil.x",
        "a/b.c",
        "a\\\\b.c",
        "con.x",
        "NUL.txt",
        "a.b.",
        ".a.b",
        "a b.c",
        "x." * 70 + "y",
        "a.-b",
        "ä.b",
    ],
)
def test_an_unsafe_id_is_refused(plugin_id: str) -> None:
    """An id names folders and secrets, so it may be nothing but a plain reverse-domain name."""
    with pytest.raises(ManifestError, match=r"plugin\.toml:2: id: "):
        parse_manifest(changed("com.thoth.csv-loader", plugin_id))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "CSV Loader"', "", r"plugin\.toml:1: name: is missing; expected a text \(name for people\)"),
        ('name = "CSV Loader"', "name = 3", r"plugin\.toml:3: name: expected a text, found 3"),
        ('"file-viewer"]', '"magic"]', r"plugin\.toml:7: capabilities\[1\]: expected one of .*, found .magic."),
        ('[".CSV"]', '["a/b"]', r"plugin\.toml:10: file-loader\[0\]\.supported-extensions\[0\]: must be a file name"),
        ('[".CSV"]', r'["c\u202ev"]', r"plugin\.toml:10: file-loader.*: must be a file name"),
        ('"latin-1"', '"klingon"', r"plugin\.toml:11: file-loader\[0\]\.encodings\[1\]: is not an encoding"),
        ("[[file-loader]]", "[[[", r"plugin\.toml:8: is not valid TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(old: str, new: str, said: str) -> None:
    """The message says which key is wrong and how."""
    with pytest.raises(ManifestError, match=said):
        parse_manifest(changed(old, new))


def test_unknown_keys_are_left_alone() -> None:
    """A manifest may say more than this version understands."""
    assert parse_manifest(b'licence = "MIT"\n' + GOOD.encode() + b"[future]\nx = 1\n").name == "CSV Loader"


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"x = " + b"[" * 100_000, b"id = 1\nid = 2"])
def test_what_is_no_toml_is_said(raw: bytes) -> None:
    """No file, however odd, gets further than one sentence."""
    with pytest.raises(ManifestError, match=r"is not valid TOML|expected text in UTF-8"):
        parse_manifest(raw)


def test_files_that_cannot_be_read_are_said(tmp_path) -> None:
    """A missing or an enormous manifest is an ordinary problem of that plugin."""
    with pytest.raises(ManifestError, match="cannot be read"):
        read_manifest(tmp_path / "plugin.toml")
    (tmp_path / "plugin.toml").write_bytes(b"#" * 300_000)
    with pytest.raises(ManifestError, match="larger than 256 KiB"):
        read_manifest(tmp_path / "plugin.toml")
