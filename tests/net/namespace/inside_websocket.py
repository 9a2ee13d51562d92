"""WebSockets with servers at public, private and metadata addresses. Run by `test_namespace.py`, as the others here."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from tests.net.namespace.interfaces import AZURE, INTRANET, METADATA, OTHER_SHOP, SHOP, SHOP6, make_up
from tests.net.namespace.names import Answers
from tests.net.servers import RawServer, raw
from tests.net.servers.rude import says
from tests.net.servers.sockets import CLOSE, TEXT, frame, websocket
from tests.net.websocket.stage import Stage

HELLO = websocket(frame(TEXT, b"hello"), frame(CLOSE, b"\x03\xe8"))


@pytest.fixture(scope="module", autouse=True)
def addresses() -> None:
    make_up()


@asynccontextmanager
async def staged(folder: Path, answers: Answers) -> AsyncIterator[Stage]:
    made = Stage(folder, answers.resolver)
    try:
        yield made
    finally:
        await made.close()


async def serving(stack: AsyncExitStack, address: str) -> RawServer:
    return await stack.enter_async_context(raw(HELLO, host=address, port=80))


async def told(stage: Stage, url: str) -> tuple[list[str], int]:
    """The kinds of events of one connection, and the code of its end."""
    count = 1 + stage.guest.kinds().count("ws-close")
    number = await stage.connect(url)
    closed = await stage.guest.heard("ws-close", count)
    assert closed.widget_id == number
    return [event.kind for event in stage.guest.heard_of if event.widget_id == number], closed.told["code"]


OPENED = (["ws-open", "ws-message", "ws-close"], 1000)
REFUSED = (["ws-error", "ws-close"], 1008)


@pytest.mark.parametrize("address", [SHOP, SHOP6])
async def test_a_public_name(tmp_path: Path, address: str) -> None:
    answers = Answers(shop_example=[[address]])
    async with AsyncExitStack() as stack, staged(tmp_path, answers) as stage:
        server = await serving(stack, address)
        await stage.allow("ws://shop.example/", local=False)
        assert await told(stage, "ws://shop.example/") == OPENED
        assert (server.connections, answers.asked["shop.example"]) == (1, 1)
        assert stage.log()[0].address == address


@pytest.mark.parametrize("inside", ["127.0.0.1", INTRANET, METADATA, AZURE])
async def test_rebinding_between_the_check_and_the_connection(tmp_path: Path, inside: str) -> None:
    """The second answer would lead into the machine; it is asked for by the second connection alone, and judged."""
    answers = Answers(rebind_example=[[SHOP], [inside]])
    async with AsyncExitStack() as stack, staged(tmp_path, answers) as stage:
        shop, target = await serving(stack, SHOP), await serving(stack, inside)
        await stage.allow("ws://rebind.example/", local=False)
        stage.person.answer.set_result("no")
        assert await told(stage, "ws://rebind.example/") == OPENED
        assert await told(stage, "ws://rebind.example/") == REFUSED
        assert (shop.connections, target.connections) == (1, 0)


async def test_mixed_answers(tmp_path: Path) -> None:
    answers = Answers(mixed_example=[[SHOP, INTRANET]])
    async with AsyncExitStack() as stack, staged(tmp_path, answers) as stage:
        servers = [await serving(stack, address) for address in (SHOP, INTRANET)]
        await stage.allow("ws://mixed.example/", local=False)
        assert await told(stage, "ws://mixed.example/") == REFUSED
        assert [server.connections for server in servers] == [0, 0]


@pytest.mark.parametrize("inside", [METADATA, AZURE, "meta.example", f"[::ffff:{METADATA}]"])
async def test_metadata(tmp_path: Path, inside: str) -> None:
    """Whatever a person allowed."""
    answers = Answers(meta_example=[[METADATA]])
    async with AsyncExitStack() as stack, staged(tmp_path, answers) as stage:
        targets = [await serving(stack, address) for address in (METADATA, AZURE)]
        for local in (True, False):
            await stage.allow(f"ws://{inside}/", local=local)
            assert await told(stage, f"ws://{inside}/") == REFUSED
        assert stage.person.asked == []
        assert [server.connections for server in targets] == [0, 0]


@pytest.mark.parametrize("inside", ["127.0.0.1", INTRANET, METADATA])
async def test_redirects_into_the_machine_are_not_followed(tmp_path: Path, inside: str) -> None:
    """Nor any others: the library would follow them, to wherever the other side says."""
    answer = f"HTTP/1.1 302 Found\r\nLocation: ws://{inside}/\r\nContent-Length: 0\r\n\r\n".encode()
    answers = Answers(shop_example=[[SHOP]])
    async with AsyncExitStack() as stack, staged(tmp_path, answers) as stage:
        await stack.enter_async_context(raw(says(answer), host=SHOP, port=80))
        target = await serving(stack, inside)
        await stage.allow("ws://shop.example/", local=False)
        assert await told(stage, "ws://shop.example/") == (["ws-error", "ws-close"], 1006)
        assert f"redirects to ws://{inside}/" in stage.guest.heard_of[0].value
        assert target.connections == 0


async def test_a_proxy_of_the_environment_sees_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://{INTRANET}:80")
    answers = Answers(shop_example=[[SHOP]])
    async with AsyncExitStack() as stack, staged(tmp_path, answers) as stage:
        server, proxy = await serving(stack, SHOP), await serving(stack, INTRANET)
        await stage.allow("ws://shop.example/", local=False)
        assert await told(stage, "ws://shop.example/") == OPENED
        assert (server.connections, proxy.connections) == (1, 0)


async def test_a_server_of_the_next_address_is_found(tmp_path: Path) -> None:
    """Of several public addresses the first may be down."""
    answers = Answers(shop_example=[[OTHER_SHOP, SHOP]])
    async with AsyncExitStack() as stack, staged(tmp_path, answers) as stage:
        await serving(stack, SHOP)
        await stage.allow("ws://shop.example/", local=False)
        assert await told(stage, "ws://shop.example/") == OPENED
        assert stage.log()[0].address == SHOP


async def test_what_is_no_name_here_is_told(tmp_path: Path) -> None:
    async with staged(tmp_path, Answers()) as stage:
        await stage.allow("ws://nowhere.example/", local=False)
        kinds, _ = await told(stage, "ws://nowhere.example/")
        assert kinds == ["ws-error", "ws-close"]
        assert "nowhere.example" in stage.guest.heard_of[0].value
