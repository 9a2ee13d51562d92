"""How a file will be read, decided before it is: what has to be unpacked or transcoded, and what the plugin is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from thoth_ls.documents import encodings
from thoth_ls.documents.archives import Archive, Compression, compression_of, inner_name
from thoth_ls.documents.identity import Snapshot, open_regular, snapshot_of
from thoth_ls.documents.source import Loader
from thoth_ls.documents.spool import SpoolPlan
from thoth_ls.documents.uris import display_name
from thoth_ls.errors import FileUnreadable

HEAD_BYTES = 16

_MARKS = (
    ("utf-32", (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"), frozenset({"utf-32"})),
    ("utf-16", (b"\xff\xfe", b"\xfe\xff"), frozenset({"utf-16", "utf-16-le", "utf-16-be"})),
)
"""Encodings that say what they are in their first bytes, and the codecs of plugins that see that for themselves."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it looks before anything is done to it."""

    path: Path
    """Without symbolic links."""
    name: str
    compression: Compression | None
    head: bytes
    """The first bytes of its content, unpacked."""
    snapshot: Snapshot

    @property
    def inner(self) -> str:
        """Its name without the suffix of a compression."""
        return inner_name(self.name)[0]

    @property
    def pretends(self) -> bool:
        """Whether the name says that it is compressed, and it is not."""
        return inner_name(self.name)[1] and self.compression is None and self.snapshot.state.size > 0


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file will be read."""

    path: Path
    loader: Loader
    options: dict[str, str]
    """For the plugin."""
    spool: SpoolPlan | None
    encoding: str | None
    """What the file is transcoded from, as the user named it."""
    notes: list[str]


def see(path: Path) -> Seen:
    """Looks at a file; blocks. Raises FileUnreadable."""
    with open_regular(path) as file:
        name = display_name(path)
        snapshot = snapshot_of(file, name)
        try:
            file.seek(0)
            compression = compression_of(file.read(HEAD_BYTES))
            return Seen(path.resolve(), name, compression, _head(file, compression, name), snapshot)
        except (OSError, RuntimeError) as error:
            raise FileUnreadable(f"Cannot open {name}: {error}.") from None


def _head(file: BinaryIO, compression: Compression | None, name: str) -> bytes:
    file.seek(0)
    if compression is None:
        return file.read(HEAD_BYTES)
    try:
        return next(iter(Archive(file, compression, name)), b"")[:HEAD_BYTES]
    except FileUnreadable:
        return b""  # unpacking all of it will say what is wrong with it


def make_plan(seen: Seen, loader: Loader, wanted: Mapping[str, str]) -> Plan:
    """How `loader` will read the file with the options a person wants; raises UnknownEncoding."""
    options = dict(wanted)
    encoding = options.pop(encodings.KEY, "").strip() or _marked_encoding(seen.head, loader)
    codec = encodings.codec_name(encoding) if encoding else None
    decoded = codec is not None and codec in loader.encodings
    if codec is not None and len(loader.encodings) > 1:
        # A plugin that reads one encoding only has no such option to be told.
        options[encodings.KEY] = encodings.common_name(codec if decoded else "utf-8")
    transcode = None if decoded else codec
    spool = None
    if seen.compression is not None or transcode is not None:
        spool = SpoolPlan(seen.path, seen.compression, transcode, seen.inner.rpartition(".")[2].lower())
    notes = []
    if seen.pretends:
        notes.append("The file's name says that it is compressed, but it is not; it is shown as it is.")
    return Plan(seen.path, loader, options, spool, encoding if transcode else None, notes)


def _marked_encoding(head: bytes, loader: Loader) -> str | None:
    """The encoding a file says it has, unless the plugin will see that by itself. UTF-32 could be taken for UTF-16."""
    for name, marks, natives in _MARKS:
        if head.startswith(marks):
            known = not loader.encodings or not natives.isdisjoint(loader.encodings)
            return None if known else name
    return None
