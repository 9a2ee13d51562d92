"""From addresses to paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from thoth_ls.documents.uris import display_name, path_of, shorten
from thoth_ls.errors import FileUnreadable


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///a/b.csv", "/a/b.csv"),
        ("FILE:///a/b.csv", "/a/b.csv"),
        ("file://localhost/a/b.csv", "/a/b.csv"),
        ("file:/a/b.csv", "/a/b.csv"),
        ("file:///a/with%20space.csv", "/a/with space.csv"),
        ("file:///a/with space.csv", "/a/with space.csv"),
        ("file:///a/%E6%95%B0.csv", "/a/数.csv"),
        ("file:///a/数.csv", "/a/数.csv"),
        ("file:///a/100%25%23%3F.csv", "/a/100%#?.csv"),
        ("file:///c%3A/x.csv", "/c:/x.csv"),
        ("file:///a/caf%E9.csv", "/a/caf\udce9.csv"),
    ],
)
def test_file_uris_name_paths(uri: str, path: str) -> None:
    """As editors write them, and as people do."""
    assert path_of(uri, windows=False) == Path(path)


@pytest.mark.parametrize("uri", ["file:///c%3A/a/x.csv", "file:///c:/a/x.csv"])
def test_windows_drives_lose_their_slash(uri: str) -> None:
    """VS Code writes `file:///c%3A/…`."""
    assert path_of(uri, windows=True) == Path("c:/a/x.csv")


def test_windows_shares_keep_their_host() -> None:
    """`\\\\host\\share` is a path there."""
    assert path_of("file://host/share/x.csv", windows=True) == Path("//host/share/x.csv")


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("", "addresses without a scheme"),
        ("/a/b.csv", "addresses without a scheme"),
        ("http://example.com/x.csv", "not http: addresses"),
        ("untitled:Untitled-1", "not untitled: addresses"),
        ("vscode-vfs://github/x/y.csv", "not vscode-vfs: addresses"),
        ("file:///a.csv?x=1", "%3F"),
        ("file:///a.csv#x", "%23"),
        ("file:///100%.csv", "%25"),
        ("file:///a%00b.csv", "null"),
        ("file:///a\0b.csv", "null"),
        ("file:a.csv", "whole path"),
        ("file:", "whole path"),
        ("file://host/share/x.csv", "another machine"),
        ("file://[bad/x.csv", "another machine"),
        ("file:///a\ud800.csv", "not valid"),
    ],
)
def test_other_addresses_are_refused_with_a_reason(uri: str, words: str) -> None:
    """The message says what is wrong and can be sent (it holds no lone surrogates)."""
    with pytest.raises(FileUnreadable, match=words) as caught:
        path_of(uri, windows=False)
    str(caught.value).encode()


def test_a_huge_address_is_not_echoed() -> None:
    """Errors stay readable."""
    with pytest.raises(FileUnreadable) as caught:
        path_of("x" * 1_000_000)
    assert len(str(caught.value)) < 300


def test_names_can_always_be_shown() -> None:
    """Bytes that are no text become the replacement character."""
    assert display_name(Path("/a/caf\udce9.csv")) == "caf\ufffd.csv"
    assert display_name(Path("/")) == "/"
    assert shorten("x" * 10, 5) == "xxxxx…"
