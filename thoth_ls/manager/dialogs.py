"""`file-dialog`: a plugin gets one file the person picks for it, and no way to any other."""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Literal

from thoth_ls.calling import INVALID, IO_FAILED, NOT_ALLOWED, TOO_MANY, HostRefusal, begun
from thoth_ls.catalog.grants import own_name
from thoth_ls.catalog.harmless import harmless
from thoth_ls.catalog.plugin import whole
from thoth_ls.documents.uris import path_of
from thoth_ls.errors import FileUnreadable, FileUnwritable
from thoth_ls.storage import picked_file
from thoth_ls.wire.dialogs import FileDialogParams

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from pathlib import Path

    from thoth_ls.calling import Caller
    from thoth_ls.catalog.plugin import Plugin

    PickFile = Callable[[FileDialogParams], Awaitable[str | None]]
    """Shows the dialog: the address that was picked, None when the person cancelled. Raises HostRefusal."""

MOST_NAME = 80
MOST_TITLE = 200
MOST_FILE_NAME = 255
MOST_EXTENSIONS = 50
MOST_BYTES = 32 << 20
"""Of a file that is read or written."""
DISK_SECONDS = 60.0
PATIENCE = 5
"""Dialogs of one plugin a person cancels in `REST_SECONDS` before no more of its are shown for so long."""
REST_SECONDS = 60.0
_EXTENSION = re.compile(r"[A-Za-z0-9_+-]{1,32}(?:\.[A-Za-z0-9_+-]{1,32}){0,3}")
NOBODY = "there is nobody to ask for a file: this client shows no file dialogs; use the plugin in an editor that does"


class FileDialogs:
    """Dialogs of plugins, one at a time. Made on the event loop, and belongs to it but for `imports`."""

    def __init__(self, show: PickFile | None, clock: Callable[[], float] = time.monotonic) -> None:
        """`show` is None where there is nobody to ask."""
        self._show = show
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        self._turn = asyncio.Lock()
        self._cancelled: dict[str, deque[float]] = {}

    async def pick(
        self,
        plugin: Plugin,
        mode: Literal["open", "save"],
        title: str,
        default_name: str = "",
        extensions: Sequence[str] = (),
    ) -> Path | None:
        """The file the person picked for a plugin, None when they cancelled; waits as long as they take.

        Raises HostRefusal: for extensions that are none, where there is nobody to ask, and for a while where one dialog
        after the other was cancelled.
        """
        if self._show is None:
            raise HostRefusal(NOBODY, NOT_ALLOWED)
        params = FileDialogParams(
            mode=mode,
            plugin_name=harmless(plugin.manifest.name if plugin.manifest else plugin.id, MOST_NAME),
            title=harmless(title, MOST_TITLE),
            default_name=_file_name(default_name),
            extensions=_extensions(extensions),
        )
        async with self._turn:
            cancelled = self._cancelled.setdefault(own_name(plugin), deque(maxlen=PATIENCE))
            if len(cancelled) == PATIENCE and (left := cancelled[0] + REST_SECONDS - self._clock()) > 0:
                said = f"the last {PATIENCE} file dialogs of this plugin were cancelled; the next may be shown in"
                raise HostRefusal(f"{said} {left:.0f} s", TOO_MANY)
            picked = await self._show(params)
            if picked is None:
                cancelled.append(self._clock())
                return None
            cancelled.clear()
        try:
            return path_of(picked)
        except FileUnreadable as error:
            raise HostRefusal(str(error), IO_FAILED) from None

    def imports(self, plugin: Plugin, caller: Caller) -> Mapping[str, Callable[..., Any]]:
        """The functions of the interface for one guest; they raise HostRefusal."""

        def pick(mode: Literal["open", "save"], title: str, name: str, extensions: Sequence[str]) -> Path | None:
            asking = self.pick(plugin, mode, title, name, extensions)
            return caller.ask(begun(self._loop, asking))

        def open_file(title: str, extensions: Sequence[str]) -> Mapping[str, str] | None:
            path = pick("open", title, "", extensions)
            if path is None:
                return None
            reading = asyncio.to_thread(picked_file.read_text, path, MOST_BYTES)
            try:
                text = caller.wait(begun(self._loop, reading), DISK_SECONDS)
            except FileUnreadable as error:
                raise HostRefusal(str(error), IO_FAILED) from None
            return {"path": whole(str(path)), "contents": text}

        def save_file(title: str, default_name: str, extensions: Sequence[str], contents: str) -> str | None:
            raw = contents.encode("utf-8", "replace")
            if len(raw) > MOST_BYTES:
                raise HostRefusal(f"{len(raw):,} bytes are too much to save: {MOST_BYTES:,} are allowed", INVALID)
            path = pick("save", title, default_name, extensions)
            if path is None:
                return None
            writing = asyncio.to_thread(picked_file.replace, path, [raw])
            try:
                caller.wait(begun(self._loop, writing), DISK_SECONDS)
            except FileUnwritable as error:
                raise HostRefusal(str(error), IO_FAILED) from None
            return whole(str(path))

        return {"open-file": open_file, "save-file": save_file}


def _file_name(name: str) -> str:
    """A name without folders, or nothing."""
    last = harmless(re.split(r"[/\\:]", name)[-1], MOST_FILE_NAME)
    return "" if last in (".", "..") else last


def _extensions(given: Sequence[str]) -> list[str]:
    if len(given) > MOST_EXTENSIONS:
        raise HostRefusal(f"{len(given):,} extensions are too many: {MOST_EXTENSIONS} are allowed", INVALID)
    extensions = [text.removeprefix(".") for text in given]
    for extension in extensions:
        if not _EXTENSION.fullmatch(extension):
            said = f"{harmless(extension, 40)!r} is no file extension: write letters and digits, without the dot"
            raise HostRefusal(said, INVALID)
    return list(dict.fromkeys(extensions))
