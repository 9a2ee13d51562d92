"""Bodies that leave for a person: shown in the editor, or saved where they say."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import shutil
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from thoth_ls.calling import IO_FAILED, TOO_MANY, HostRefusal
from thoth_ls.catalog.harmless import harmless
from thoth_ls.errors import FileUnwritable
from thoth_ls.paths import private
from thoth_ls.storage import picked_file
from thoth_ls.wire.dialogs import ShowFileParams

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
    from pathlib import Path

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.http.bodies import Body

    ShowFile = Callable[[ShowFileParams], Awaitable[None]]
    """Has the client open a file; raises HostRefusal."""
    PickTarget = Callable[[Plugin, str, str], Awaitable[Path | None]]
    """Asks the person where to save a plugin's file, by title and name; None when they cancel. Raises HostRefusal."""
    PickSource = Callable[[Plugin, str, Sequence[str]], Coroutine[Any, Any, Path | None]]
    """Asks the person for a file for a plugin, by title and extensions; None when they cancel. Raises HostRefusal."""

KEPT: Final = 100
"""Files that were shown; the oldest makes room for the next."""
MOST_A_MINUTE: Final = 10
"""Of one plugin: each opens a tab in front of the person."""
PIECE_BYTES: Final = 1 << 20
"""Of a body that is saved, in memory at a time."""
MOST_NAME: Final = 120
MOST_NAME_BYTES: Final = 200
"""Many systems take 255, with its ending."""
MOST_ENDING: Final = 20
"""Bytes; what is longer is none."""
_UNFIT = re.compile(r'[<>:"|?*\x00-\x1f]')


@dataclass(slots=True)
class Showing:
    """Belongs to the event loop. `show_file` is None where the client shows no files."""

    folder: Path
    """For the files that are shown; private, and removed by whoever made it."""
    show_file: ShowFile | None
    pick: PickTarget
    pick_source: PickSource
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    clock: Callable[[], float] = time.monotonic
    _lately: dict[str, deque[float]] = field(default_factory=dict)
    """When bodies were shown, by plugin."""
    _kept: deque[Path] = field(default_factory=deque)

    async def show(self, plugin: Plugin, body: Body, name: str) -> None:
        """Has the editor open the body as a file called `name`; raises HostRefusal."""
        if self.show_file is None:
            raise HostRefusal("this client shows no files; save the body instead (http-control.save-body)")
        lately = self._lately.setdefault(plugin.id, deque(maxlen=MOST_A_MINUTE))
        if len(lately) == MOST_A_MINUTE and self.clock() - lately[0] < 60:
            raise HostRefusal(f"this plugin has shown {MOST_A_MINUTE} bodies within a minute; wait a little", TOO_MANY)
        lately.append(self.clock())
        name = file_name(name)
        folder = self.folder / str(next(self._numbers))
        path = folder / name
        try:
            await asyncio.to_thread(lay_out, body, self.folder, path)
        except OSError as error:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
            said = f"the body cannot be written to {self.folder}: {error.strerror or error}"
            raise HostRefusal(said, IO_FAILED) from None
        self._kept.append(folder)
        if len(self._kept) > KEPT:
            await asyncio.to_thread(shutil.rmtree, self._kept.popleft(), ignore_errors=True)
        await self.show_file(ShowFileParams(uri=path.as_uri(), title=name))

    async def save(self, plugin: Plugin, body: Body, title: str, default_name: str) -> str | None:
        """The path of the file the person had it saved as; None when they cancelled. Raises HostRefusal."""
        path = await self.pick(plugin, title, file_name(default_name))
        if path is None:
            return None
        try:
            await asyncio.to_thread(picked_file.replace, path, _pieces(body))
        except FileUnwritable as error:
            raise HostRefusal(str(error), IO_FAILED) from None
        return str(path).encode("utf-8", "replace").decode("utf-8")


def file_name(text: str) -> str:
    """A name without folders that every system takes; of a long one the ending stays, which says what it is."""
    last = harmless(_UNFIT.sub(" ", re.split(r"[/\\]", text)[-1]), 10 * MOST_NAME).strip(". ")
    stem, dot, ending = last.rpartition(".")
    if not stem or len(ending.encode()) > MOST_ENDING:
        stem, dot, ending = last, "", ""
    short = stem[:MOST_NAME].encode()[:MOST_NAME_BYTES].decode("utf-8", "ignore").rstrip(". ")
    return f"{short}{dot}{ending}" if short else "response"


def lay_out(body: Body, parent: Path, path: Path) -> None:
    """Makes `path`, in a private folder of its own below `parent`, a file with that body; raises OSError."""
    private(parent.parent)
    private(parent)
    private(path.parent)
    if body.path is not None:
        try:
            os.link(body.path, path)
            return
        except OSError:  # another disk, or one without links
            pass
    with path.open("xb") as file:
        body.write_to(file)


def _pieces(body: Body) -> Iterator[bytes]:
    return (body.read(at, PIECE_BYTES) for at in range(0, body.size, PIECE_BYTES))
