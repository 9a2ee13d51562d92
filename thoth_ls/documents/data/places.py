"""Where the records of documents come from: files by their addresses, and what was handed over by a token."""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote

from thoth_ls.documents.data.table import Table
from thoth_ls.documents.uris import display_name, path_of, shorten
from thoth_ls.errors import FileUnreadable

SCHEME = "thoth-data"
TOKEN_BYTES = 16
_URI = re.compile(rf"{SCHEME}:/*(?P<token>[0-9a-f]+)(?:/.*)?", re.DOTALL | re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Place:
    """A file or a table. One of the person's own files stays what it is, whatever happens to this."""

    name: str
    path: Path | None = None
    table: Table | None = None
    """Where it is no file."""
    owner: str | None = None
    """Id of the plugin whose data it is; None for a file of the person's."""
    uri: str = ""
    """Of what was handed over."""
    _discard: Callable[[], None] = lambda: None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _uses: int = 0
    _over: bool = False

    @property
    def in_use(self) -> bool:
        """Whether a document of it is open."""
        return self._uses > 0

    def hold(self) -> bool:
        """Keeps it until `release`; false where it is gone. For any thread, as are the others."""
        with self._lock:
            if self._over and not self._uses:
                return False
            self._uses += 1
            return True

    def release(self) -> None:
        """Lets go of it once; frees what was withdrawn, if that was the last."""
        with self._lock:
            self._uses -= 1
            gone = self._over and not self._uses
        if gone:
            self._discard()

    def end(self) -> None:
        """Nobody new gets it; freed as soon as nobody holds it."""
        with self._lock:
            gone = not self._over and not self._uses
            self._over = True
        if gone:
            self._discard()


class Places:
    """Knows what was handed over, by tokens. For any thread."""

    def __init__(self) -> None:
        self._handed: dict[str, Place] = {}

    def hand_over(
        self,
        name: str,
        owner: str,
        *,
        path: Path | None = None,
        table: Table | None = None,
        discard: Callable[[], None] = lambda: None,
    ) -> Place:
        """A place for a file or a table of the plugin `owner`, with an address of its own.

        `discard` is called once it was withdrawn and no document is open any more.
        """
        token = secrets.token_hex(TOKEN_BYTES)
        place = Place(name, path, table, owner, f"{SCHEME}:/{token}/{quote(name, safe='')}", discard)
        self._handed[token] = place
        return place

    def withdraw(self, place: Place) -> None:
        """It cannot be opened any more; documents that are open stay as they are. Again is no error."""
        token = _token(place.uri)
        if token is not None:
            self._handed.pop(token, None)
        place.end()

    def find(self, uri: str) -> Place:
        """The place of an address, held for whoever asks; raises FileUnreadable where there is none."""
        token = _token(uri)
        if token is None:
            path = path_of(uri)
            return Place(display_name(path), path)
        place = self._handed.get(token)
        if place is None or not place.hold():
            shown = shorten(unquote(uri.rpartition("/")[2]), 60)
            raise FileUnreadable(
                f"Cannot open {shown}: the panel that showed it is closed, or has let go of it."
                " Have the panel show it again."
            )
        return place

    def close(self) -> None:
        """Withdraws everything."""
        for place in list(self._handed.values()):
            self.withdraw(place)


def is_data(uri: str) -> bool:
    """Whether the address is one of something that was handed over."""
    return uri[: len(SCHEME) + 1].lower() == f"{SCHEME}:"


def _token(uri: str) -> str | None:
    """The token in an address; None for an address of another scheme. One without a token has an impossible one."""
    if not is_data(uri):
        return None
    found = _URI.fullmatch(uri)
    return found["token"].lower() if found else ""
