"""HTTP with servers at public, private and metadata addresses. Run by `test_namespace.py` in a namespace of its own."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.net.http.guests import Stage, stage
from tests.net.namespace.interfaces import AZURE, INTRANET, METADATA, OTHER_SHOP, SHOP, make_up
from tests.net.namespace.names import Answers
from tests.net.servers import RawServer, raw
from tests.net.servers.rude import says
from thoth_ls.calling import HostRefusal

HELLO = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello"
KEPT = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: keep-alive\r\n\r\nhello"


@pytest.fixture(scope="module", autouse=True)
def addresses() -> None:
    make_up()


def redirect(location: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n".encode()


async def public(on: Stage, *places: str) -> None:
    for place in places:
        await on.allow(place, local=False)


async def refused(on: Stage, url: str) -> str:
    with pytest.raises(HostRefusal) as told:
        await on.fetch(url)
    return str(told.value)


async def serving(stack: AsyncExitStack, address: str, response: bytes = HELLO) -> RawServer:
    return await stack.enter_async_context(raw(says(response), host=address, port=80))


async def test_a_public_name(tmp_path: Path) -> None:
    answers = Answers(shop_example=[[SHOP]])
    async with AsyncExitStack() as stack, stage(tmp_path, answers.resolver) as on:  # type: ignore[arg-type]
        server = await serving(stack, SHOP)
        await public(on, "http://shop.example")
        assert (await on.fetch("http://shop.example/"))["body"] == b"hello"
        assert (server.connections, answers.asked["shop.example"]) == (1, 1)
    assert on.log()[0].address == SHOP


@pytest.mark.parametrize("inside", ["127.0.0.1", INTRANET, METADATA, AZURE])
async def test_rebinding_between_the_check_and_the_connection(tmp_path: Path, inside: str) -> None:
    answers = Answers(rebind_example=[[SHOP], [inside]])
    async with AsyncExitStack() as stack, stage(tmp_path, answers.resolver) as on:  # type: ignore[arg-type]
        await serving(stack, SHOP)
        target = await serving(stack, inside)
        await public(on, "http://rebind.example")
        assert (await on.fetch("http://rebind.example/"))["body"] == b"hello"
        assert "hello" not in await refused(on, "http://rebind.example/")
        assert target.connections == 0


async def test_a_connection_that_was_kept_is_no_way_around_the_judge(tmp_path: Path) -> None:
    """The place it leads to was allowed for the name, and the name is somewhere else by now."""
    answers = Answers(moves_example=[[SHOP], [OTHER_SHOP]])
    async with AsyncExitStack() as stack, stage(tmp_path, answers.resolver) as on:  # type: ignore[arg-type]
        first, second = await serving(stack, SHOP, KEPT), await serving(stack, OTHER_SHOP, KEPT)
        await public(on, "http://moves.example")
        for _ in range(2):
            assert (await on.fetch("http://moves.example/"))["body"] == b"hello"
        assert (first.connections, second.connections) == (1, 1)


@pytest.mark.parametrize(
    "inside", ["127.0.0.1", "localhost", INTRANET, METADATA, AZURE, "meta.example", "[::ffff:7f00:1]"]
)
async def test_redirects_into_the_machine(tmp_path: Path, inside: str) -> None:
    """A hop is a request of its own: what was allowed for the shop is not allowed for where it points."""
    answers = Answers(shop_example=[[SHOP]], meta_example=[[METADATA]])
    async with AsyncExitStack() as stack, stage(tmp_path, answers.resolver) as on:  # type: ignore[arg-type]
        targets = [await serving(stack, address) for address in ("127.0.0.1", INTRANET, METADATA, AZURE)]
        await serving(stack, SHOP, redirect(f"http://{inside}/latest/meta-data/"))
        await public(on, "http://shop.example", "*")
        said = await refused(on, "http://shop.example/")
        assert "hello" not in said
        assert [server.connections for server in targets] == [0, 0, 0, 0]


async def test_mixed_answers(tmp_path: Path) -> None:
    answers = Answers(mixed_example=[[SHOP, INTRANET]])
    async with AsyncExitStack() as stack, stage(tmp_path, answers.resolver) as on:  # type: ignore[arg-type]
        servers = [await serving(stack, address) for address in (SHOP, INTRANET)]
        await public(on, "http://mixed.example")
        assert "at once" in await refused(on, "http://mixed.example/")
        assert [server.connections for server in servers] == [0, 0]


async def test_a_proxy_of_the_environment_sees_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = Answers(shop_example=[[SHOP]])
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://{INTRANET}:80")
    async with AsyncExitStack() as stack, stage(tmp_path, answers.resolver) as on:  # type: ignore[arg-type]
        server, proxy = await serving(stack, SHOP), await serving(stack, INTRANET)
        await public(on, "http://shop.example")
        await on.fetch("http://shop.example/")
        assert (server.connections, proxy.connections) == (1, 0)
