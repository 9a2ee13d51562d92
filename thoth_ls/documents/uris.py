"""From `file:` URIs to paths."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote_to_bytes

from thoth_ls.errors import FileUnreadable

_URI = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)([?#].*)?", re.DOTALL)
_DRIVE = re.compile(r"/[A-Za-z]:(/|$)")
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def path_of(uri: str, *, windows: bool = os.name == "nt") -> Path:
    """The path a `file:` URI names; raises FileUnreadable for any other URI, saying what is wrong with it.

    Bytes that are not UTF-8 survive (as surrogate escapes), so every file name of this machine can be opened.
    """
    shown = shorten(uri)
    parts = _URI.fullmatch(uri)
    assert parts is not None  # every part is optional
    scheme, host, path, rest = parts.groups()
    if scheme is None or scheme.lower() != "file":
        kind = f"{shorten(scheme)}: addresses" if scheme else "addresses without a scheme"
        raise FileUnreadable(f"Cannot open {shown}: only files on disk can be opened, not {kind}.")
    if rest is not None:
        raise FileUnreadable(f"Cannot open {shown}: write ? as %3F and # as %23 in a file address.")
    if _BAD_ESCAPE.search(path):
        raise FileUnreadable(f"Cannot open {shown}: write % as %25 in a file address.")
    try:
        text = os.fsdecode(unquote_to_bytes(path))
    except UnicodeError:
        raise FileUnreadable(f"Cannot open {shown}: the address holds characters that are not valid.") from None
    if "\0" in text:
        raise FileUnreadable(f"Cannot open {shown}: a file name cannot hold a null character.")
    return _local(host or "", text, shown, windows)


def _local(host: str, text: str, shown: str, windows: bool) -> Path:
    if host.lower() in ("", "localhost"):
        if windows and _DRIVE.match(text):
            text = text[1:]
        elif not text.startswith("/"):
            raise FileUnreadable(f"Cannot open {shown}: a file address needs the whole path.")
        return Path(text)
    if windows:
        return Path(f"//{host}{text}")
    raise FileUnreadable(f"Cannot open {shown}: it is on another machine ({shorten(host)}); open a file of this one.")


def display_name(path: Path) -> str:
    """The file's name as it can be shown and sent: bytes that are not text become the replacement character."""
    return os.fsencode(path.name or str(path)).decode("utf-8", "replace")


def shorten(text: str, limit: int = 120) -> str:
    """`text` for a message: printable, in full or its beginning."""
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= limit else f"{text[:limit]}…"
