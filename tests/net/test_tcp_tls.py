"""`tcp-client` with TLS: from the start and later, verified unless a person said otherwise."""

import asyncio

import pytest

from tests.net.servers import Certificates, raw
from tests.net.servers.rude import silent
from tests.net.tcp_stage import Stage, echo
from thoth_ls.calling import INVALID, IO_FAILED, UNKNOWN_ID


def upgrading(certificates: Certificates, first: bytes = b"S") -> object:
    """A server as those of databases: asked for TLS, it says `S` and goes over to it."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(4) == b"TLS?"
        writer.write(first)
        await writer.drain()
        await writer.start_tls(certificates.server())
        await echo(reader, writer)

    return answer


async def test_from_the_start(stage: Stage, certificates: Certificates) -> None:
    async with raw(echo, tls=certificates.server()) as server:
        await stage.allow(server.port, verification="caFile", ca_file=str(certificates.ca_file))
        number = await stage.call("connect", "127.0.0.1", server.port, True)
        await stage.call("write", number, b"secret")
        assert await stage.call("read", number, 100) == b"secret"
        await stage.call("close", number)
    _, entry = stage.entries
    assert entry.protocol == "TLSv1.3"
    assert entry.timing.tls is not None


async def test_what_nobody_vouches_for_is_refused(stage: Stage, certificates: Certificates) -> None:
    async with raw(echo, tls=certificates.server()) as server:
        await stage.allow(server.port)
        code, said = await stage.refusal("connect", "127.0.0.1", server.port, True)
        assert code == IO_FAILED
        assert "an authority that this machine does not know" in said
        assert f"`thoth network allow PLUGIN tcp://127.0.0.1:{server.port} --ca-file FILE`" in said
        await server.wait_ended(server.connections)
    assert stage.entries[-1].verdict == "failed"


@pytest.mark.parametrize("kind", ["expired", "of_another", "stranger"])
async def test_bad_certificates(stage: Stage, certificates: Certificates, kind: str) -> None:
    async with raw(echo, tls=getattr(certificates, kind)()) as server:
        await stage.allow(server.port, verification="caFile", ca_file=str(certificates.ca_file))
        code, said = await stage.refusal("connect", "127.0.0.1", server.port, True)
        expected = {"expired": "has expired", "of_another": "is not for 127.0.0.1", "stranger": "does not know"}
        assert (code, expected[kind] in said) == (IO_FAILED, True)


@pytest.mark.parametrize("kind", ["expired", "of_another", "stranger"])
async def test_unverified_where_a_person_said_so(stage: Stage, certificates: Certificates, kind: str) -> None:
    async with raw(echo, tls=getattr(certificates, kind)()) as server:
        await stage.allow(server.port, verification="insecure")
        number = await stage.call("connect", "127.0.0.1", server.port, True)
        assert await stage.call("write", number, b"x") == 1
        await stage.call("close", number)


async def test_later(stage: Stage, certificates: Certificates) -> None:
    async with raw(upgrading(certificates)) as server:  # type: ignore[arg-type]
        await stage.allow(server.port, verification="caFile", ca_file=str(certificates.ca_file))
        number = await stage.call("connect", "127.0.0.1", server.port, False)
        await stage.call("write", number, b"TLS?")
        assert await stage.call("read", number, 1) == b"S"
        await stage.call("start-tls", number, "localhost")
        await stage.call("write", number, b"secret")
        assert await stage.call("read", number, 100) == b"secret"
        assert (await stage.refusal("start-tls", number, "localhost"))[0] == INVALID
        assert await stage.call("write", number, b"x") == 1
        await stage.call("close", number)


async def test_the_name_is_checked_that_the_plugin_gives(stage: Stage, certificates: Certificates) -> None:
    async with raw(upgrading(certificates)) as server:  # type: ignore[arg-type]
        await stage.allow(server.port, verification="caFile", ca_file=str(certificates.ca_file))
        number = await stage.call("connect", "127.0.0.1", server.port, False)
        await stage.call("write", number, b"TLS?")
        assert await stage.call("read", number, 1) == b"S"
        code, said = await stage.refusal("start-tls", number, "elsewhere.example")
        assert (code, "is not for elsewhere.example" in said) == (IO_FAILED, True)
        assert (await stage.refusal("read", number, 1))[0] == UNKNOWN_ID


async def test_what_is_slipped_in_before_tls_is_not_taken_for_its_own(stage: Stage, certificates: Certificates) -> None:
    """Somebody in between answers for the server, in the clear, what the plugin is going to ask by TLS."""
    async with raw(upgrading(certificates, b"S and all is well")) as server:  # type: ignore[arg-type]
        await stage.allow(server.port, verification="caFile", ca_file=str(certificates.ca_file))
        number = await stage.call("connect", "127.0.0.1", server.port, False)
        await stage.call("write", number, b"TLS?")
        assert await stage.call("read", number, 1) == b"S"
        code, _ = await stage.refusal("start-tls", number, "localhost")
        assert code == IO_FAILED
        assert (await stage.refusal("read", number, 100))[0] == UNKNOWN_ID


async def test_what_was_slipped_in_and_received_already(stage: Stage, certificates: Certificates) -> None:
    """A read that found nothing in time goes on in the background."""
    async with raw(upgrading(certificates, b"S and all is well")) as server:  # type: ignore[arg-type]
        await stage.allow(server.port, verification="caFile", ca_file=str(certificates.ca_file))
        number = await stage.call("connect", "127.0.0.1", server.port, False)
        stage.set(read_seconds=0.1)
        assert (await stage.refusal("read", number, 100))[0] == IO_FAILED
        await stage.call("write", number, b"TLS?")
        assert await stage.call("read", number, 1) == b"S"
        code, said = await stage.refusal("start-tls", number, "localhost")
        assert (code, "sent more in the clear" in said) == (IO_FAILED, True)


@pytest.mark.parametrize("later", [True, False])
async def test_a_server_that_never_agrees(stage: Stage, later: bool) -> None:
    async with raw(silent) as server:
        await stage.allow(server.port)
        stage.set(connect_seconds=0.3)
        if later:
            number = await stage.call("connect", "127.0.0.1", server.port, False)
            code, said = await stage.refusal("start-tls", number, "localhost")
        else:
            code, said = await stage.refusal("connect", "127.0.0.1", server.port, True)
        assert code == IO_FAILED
        assert said.endswith("did not agree on TLS within 0.3 s (setting thoth.network.connectSeconds)")
        await server.wait_ended()
