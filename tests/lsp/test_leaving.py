"""However a client leaves, the server answers what it was asked, ends, and leaves nothing behind."""

import asyncio
import gzip
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.raw import PATIENCE, RawServer, raw_server


async def open_packed(raw: RawServer, folder: Path) -> dict[str, Any]:
    """A document with a temporary file and a private folder."""
    path = folder / "packed.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    return dict((await raw.request("thoth/document/open", {"uri": path.as_uri()}))["result"])


def left_behind(home: Path, pid: int) -> list[Path]:
    """What there is of a process in the folders for temporary files."""
    return list((home / "temp").glob(f"*/{pid}-*"))


@pytest.mark.parametrize("way", ["end of input", "exit alone", "shutdown and exit"])
async def test_nothing_is_left_of_open_documents(home: Path, tmp_path: Path, way: str) -> None:
    """A link left behind would keep a file that its owner deletes, a decompressed copy takes gigabytes."""
    async with raw_server() as raw:
        await raw.initialize()
        await open_packed(raw, tmp_path)
        assert left_behind(home, raw.process.pid)
        if way == "end of input":
            assert raw.process.stdin is not None
            raw.process.stdin.close()
        elif way == "shutdown and exit":
            assert (await raw.request("shutdown"))["result"] is None
        if way != "end of input":
            await raw.send({"jsonrpc": "2.0", "method": "exit"})
        code = await asyncio.wait_for(raw.process.wait(), PATIENCE)
        assert left_behind(home, raw.process.pid) == []
        assert code == (1 if way == "exit alone" else 0)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_the_server_in_order(home: Path, tmp_path: Path, number: int) -> None:
    """Editors end servers that way when they are in a hurry."""
    async with raw_server() as raw:
        await raw.initialize()
        await open_packed(raw, tmp_path)
        raw.process.send_signal(number)
        await asyncio.wait_for(raw.process.wait(), PATIENCE)
        assert left_behind(home, raw.process.pid) == []


async def test_nothing_is_begun_once_shutdown_was_asked(home: Path, tmp_path: Path) -> None:
    """What comes behind `shutdown` is refused at once, also while documents are still being closed."""
    async with raw_server() as raw:
        await raw.initialize()
        opened = await open_packed(raw, tmp_path)
        await raw.send({"jsonrpc": "2.0", "id": "bye", "method": "shutdown"})
        for method, params in (
            ("thoth/document/open", {"uri": opened["uri"]}),
            ("thoth/server/ping", {}),
            ("shutdown", None),
        ):
            await raw.send({"jsonrpc": "2.0", "id": method, "method": method, "params": params})
        await raw.send({"jsonrpc": "2.0", "method": "workspace/didChangeConfiguration", "params": {"settings": {}}})
        answers = {answer["id"]: answer for answer in [await raw.receive() for _ in range(4)]}
        assert answers.pop("bye")["result"] is None
        assert [answer["error"]["code"] for answer in answers.values()] == [-32600] * 3
        await raw.send({"jsonrpc": "2.0", "method": "exit"})
        assert await asyncio.wait_for(raw.process.wait(), PATIENCE) == 0
        assert left_behind(home, raw.process.pid) == []


async def test_a_reader_that_goes_away_ends_the_server(home: Path, tmp_path: Path) -> None:
    """Nobody is left to be told anything, even if the other pipe stays open."""
    async with raw_server() as raw:
        await raw.initialize()
        await open_packed(raw, tmp_path)
        raw.process._transport.get_pipe_transport(1).close()  # type: ignore[attr-defined]
        await raw.send({"jsonrpc": "2.0", "id": 1, "method": "thoth/server/ping"})
        await asyncio.wait_for(raw.process.wait(), PATIENCE)
        assert left_behind(home, raw.process.pid) == []
