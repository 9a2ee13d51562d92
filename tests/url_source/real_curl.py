"""The same command line done twice: by a real shell with a real curl, and by us through the host's network."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rest.curl import reading
from rest.importing import ReadFile, no_files
from rest.model import FileRef, Request
from rest.prepare import prepare
from rest.prepared import Prepared
from rest.variables import Variables
from tests.net.http.guests import Stage, stage
from tests.url_source.recorder import Recorder, Sent, recorder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SECONDS = 20
REFUSED = (2, 3, 26)
"""What curl ends with for options that do not go together, addresses it cannot read, files that are not there."""


@dataclass
class Both:
    """Two ways to the same recorder."""

    recorder: Recorder
    on: Stage
    folder: Path

    @property
    def url(self) -> str:
        """The recorder's address, without a slash at its end."""
        return self.recorder.server.url("")

    async def curl(self, command: str, *, may_refuse: bool = False) -> list[Sent] | None:
        """What curl sends for a command line of bash; None where it refuses it, and may."""
        if shutil.which("curl") is None:
            pytest.fail("curl is missing: run scripts/setup_editor.sh curl")
        before = len(self.recorder.sent)
        process = await asyncio.create_subprocess_exec(
            "bash", "-c", command, cwd=self.folder, stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "V": "of-the-shell"},
        )  # fmt: skip
        async with asyncio.timeout(SECONDS):
            _, error = await process.communicate()
        if may_refuse and process.returncode in REFUSED:
            return None
        assert process.returncode == 0, f"{command}: {process.returncode} {error.decode()}"
        return self.recorder.sent[before:]

    async def ours(self, command: str, variables: Variables, read_file: ReadFile = no_files) -> list[Sent]:
        """What the host sends for the requests that the same command line is for us."""
        before = len(self.recorder.sent)
        for one in reading.read(command, read_file, shell="sh", templates_in_it=False).requests:
            await self.with_files(one.request)
            await self.send(prepare(one.request, variables))
        return self.recorder.sent[before:]

    async def send(self, prepared: Prepared) -> Any:
        """Hands a request to the host, as the panel does."""
        assert prepared.errors == []
        options = {"timeout_ms": SECONDS * 1000, **prepared.submit_options()}
        return await self.on.ok(prepared.url, prepared.method, prepared.headers, **options)

    async def with_files(self, request: Request) -> None:
        """Has the person pick each file that a request names."""
        for file in [request.body.file, *(part.file for part in request.body.parts)]:
            if isinstance(file, FileRef) and file.path:
                self.on.picked = self.folder / file.path
                told = json.loads(await self.on.call("http-control", "pick-body", "Choose", []))
                file.handle, file.bytes = told["handle"], told["bytes"]

    def reads(self, name: str) -> bytes | None:
        """A file of the folder."""
        path = self.folder / name
        return path.read_bytes() if path.is_file() else None


@contextlib.asynccontextmanager
async def both(folder: Path) -> AsyncIterator[Both]:
    """The recorder, a host that may reach it, and a folder with files that command lines name."""
    (folder / "work" / "dir").mkdir(parents=True)
    for name in ("a b.bin", "dir/x.json", "dir/x"):
        (folder / "work" / name).write_bytes(b"what is in " + name.encode())
    (folder / "work" / "f.txt").write_bytes(b"l1\r\nl2 \xc3\xa4&=\n")
    (folder / "work" / "b.bin").write_bytes(bytes(range(256)))
    (folder / "work" / "d.json").write_bytes(b'{"a": [1, 2]}\n')
    (folder / "work" / "headers").write_bytes(b"X-One: 1\nX-Two: 2\n")
    (folder / "work" / "curlrc").write_bytes(b'# one\nheader = "X-From: the \\"file\\""\n-A agent\nuser-agent: other\n')
    async with recorder() as made, stage(folder) as on:
        await on.allow(made.server.url(""))
        yield Both(made, on, folder / "work")


def said_headers(command: str) -> frozenset[str]:
    """Names of headers that a command line says itself: those are compared."""
    names = re.findall(r"(?:-H|--header)[ ']*([\w-]+): ?[^ ']", command)
    return frozenset(name.lower() for name in names if name.lower() not in ("expect", "connection", "content-length"))
