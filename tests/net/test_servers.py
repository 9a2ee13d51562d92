"""The servers of the tests do what tests count on: checked with clients of others."""

import asyncio
import json
import ssl
import sys

import httpx
import pytest
import websockets

from tests.net.servers import Certificates, raw, rude, sockets, web


async def test_the_web_server_speaks_http_1_and_2(certificates: Certificates) -> None:
    """By ALPN; and tells what it was sent."""
    async with web(tls=certificates.server()) as server:
        for http2, version in ((False, "HTTP/1.1"), (True, "HTTP/2")):
            async with httpx.AsyncClient(http2=http2, verify=certificates.client(), trust_env=False) as client:
                answer = await client.put(server.url("/echo?a=1"), content=b"\x00\xff", headers={"X-Own": "yes"})
                assert (answer.http_version, answer.status_code) == (version, 200)
                assert answer.json()["method"] == "PUT"
                assert answer.json()["body_base64"] == "AP8="
                assert ["x-own", "yes"] in answer.json()["headers"]
                assert len((await client.get(server.url("/stream/100000"))).content) == 100_000
                assert (await client.get(server.url("/gzip"))).text == "squeezed " * 1000
                assert (await client.get(server.url("/hops/3"), follow_redirects=True)).text == "hello"
        assert server.app.requests[0].header("x-own") == "yes"


async def test_the_web_server_speaks_websocket() -> None:
    """With subprotocols, both kinds of messages, and codes."""
    async with web() as server:
        async with websockets.connect(server.ws_url(), subprotocols=["chat.v1", "odd"], proxy=None) as socket:
            assert socket.subprotocol == "chat.v1"
            await socket.send("hällo")
            await socket.send(b"\x00\x01")
            assert [await socket.recv(), await socket.recv()] == ["hällo", b"\x00\x01"]
        async with websockets.connect(server.ws_url("/ws/close/4001/so%20long"), proxy=None) as socket:
            with pytest.raises(websockets.ConnectionClosedError) as closed:
                await socket.recv()
            assert closed.value.rcvd is not None
            assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (4001, "so long")
        with pytest.raises(websockets.InvalidStatus, match="403"):
            await websockets.connect(server.ws_url("/ws/refuse"), proxy=None)


@pytest.mark.parametrize("kind", ["expired", "of_another", "stranger"])
async def test_bad_certificates_are_bad(certificates: Certificates, kind: str) -> None:
    """Each for its own reason."""
    why = {"expired": "expired", "of_another": "not valid for", "stranger": "unable to get|self.signed"}[kind]
    async with raw(sockets.echo, tls=getattr(certificates, kind)()) as server:
        with pytest.raises(ssl.SSLCertVerificationError, match=why):
            await asyncio.open_connection(server.host, server.port, ssl=certificates.client())
        assert server.connections == 0


async def test_raw_servers_answer_as_badly_as_they_are_told() -> None:
    """A promise not kept, a bomb, a WebSocket that breaks off; and connections are counted."""
    async with raw(rude.truncated) as server, httpx.AsyncClient(trust_env=False) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get(server.url())
        await server.wait_ended()
        assert server.connections == 1
    async with raw(rude.bomb(3 * rude.MIB + 5, layers=2)) as server, httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(server.url())
        assert int(answer.headers["content-length"]) < 10_000
        assert answer.content == bytes(3 * rude.MIB + 5)
    broken = sockets.websocket(sockets.frame(sockets.TEXT, b"once"), then=sockets.drops)
    async with raw(broken) as server, websockets.connect(server.ws_url(), proxy=None) as socket:
        assert await socket.recv() == "once"
        with pytest.raises(websockets.ConnectionClosedError):
            await socket.recv()


async def test_tls_can_begin_late(certificates: Certificates) -> None:
    """As databases do it."""
    async with raw(sockets.start_tls(certificates.server())) as server:
        reader, writer = await asyncio.open_connection(server.host, server.port)
        writer.write(b"STARTTLS\n")
        assert await reader.readexactly(1) == b"S"
        await writer.start_tls(certificates.client(), server_hostname="localhost")
        writer.write(b"hidden")
        assert await reader.readexactly(6) == b"hidden"
        writer.close()
        await writer.wait_closed()


async def test_the_server_runs_in_a_process_of_its_own() -> None:
    """It says where, and ends with its standard input."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.net.servers", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    told = json.loads(await process.stdout.readline())
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(told["url"] + "/hello")).text == "hello"
    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), 10) == 0
