"""A guest that has `tcp-client`, with everything around it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.net.callers import Guest, Person
from tests.net.places import Names, gate, grant, plugin
from thoth_ls.calling import HostRefusal
from thoth_ls.net.activity import ActivityLog
from thoth_ls.net.tcp import TcpClient
from thoth_ls.wire.network import NetworkActivity

LOCAL = {"local": True}


class Stage:
    """A client of everything around it, one plugin, and guests of it."""

    def __init__(self, folder: Path, names: Names | None = None, **network: Any) -> None:
        self.gate = gate(folder, names, connect_seconds=5.0, read_seconds=5.0, **network)
        self.person = Person()
        self.log = ActivityLog(folder / "log")
        self.plugin = plugin()
        self.client = TcpClient(self.gate, self.person, self.log, asyncio.get_running_loop())
        self.guest = Guest()
        self.table = self.imports(self.guest)

    def imports(self, guest: Guest) -> Any:
        return self.client.imports(self.plugin, guest)

    async def allow(self, port: int, host: str = "127.0.0.1", **fields: Any) -> None:
        await self.gate.decisions.keep(self.plugin, grant(f"tcp://{host}:{port}", **{**LOCAL, **fields}))

    async def call(self, name: str, *arguments: Any) -> Any:
        return await self.guest.call(self.table, name, *arguments)

    async def refusal(self, name: str, *arguments: Any) -> tuple[int, str]:
        """The `plugin-error` that a call is answered with."""
        with pytest.raises(HostRefusal) as told:
            await self.call(name, *arguments)
        return told.value.code, str(told.value)

    @property
    def entries(self) -> list[NetworkActivity]:
        return self.log.entries(0, 1000).entries

    def set(self, **network: Any) -> None:
        before = self.gate.settings
        self.gate.settings = before.model_copy(update={"network": before.network.model_copy(update=network)})


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while part := await reader.read(1 << 16):
        writer.write(part)
        await writer.drain()
