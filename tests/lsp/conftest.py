"""A real server process, spoken to as an editor does.

Starting one takes longer than most tests, so that those which leave it as it was share one: `client` and `server`.
"""

import json
import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import pytest_lsp
from lsprotocol import types
from pytest_lsp.client import LanguageClient, register_lsp_features

from tests.lsp.homes import Home
from tests.lsp.raw import RawServer, raw_server
from thoth_ls.lsp.protocol import plain_converter
from thoth_ls.wire.methods import METHODS

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "samples"
SERVER = [sys.executable, "-m", "thoth_ls"]
SETTINGS = {"files": {"autoReload": False}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Runs what speaks to a server in one event loop: that in which the shared ones were started."""
    for item in items:
        if item.path.parent == Path(__file__).parent and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def make_client() -> LanguageClient:
    """pytest-lsp's client, leaving Thoth's own messages as the JSON they are and collecting notifications."""
    client = LanguageClient(converter_factory=plain_converter)
    register_lsp_features(client)
    client.told = {method: [] for method, rpc in METHODS.items() if rpc.to == "client"}  # type: ignore[attr-defined]
    for method in client.told:  # type: ignore[attr-defined]

        @client.feature(method)
        def keep(params: Any, method: str = method) -> None:
            client.told[method].append(params)  # type: ignore[attr-defined]

    return client


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the servers under test keep their files: never the user's own folders."""
    folder = tmp_path_factory.mktemp("thoth-home")
    before = os.environ.get("THOTH_HOME")
    os.environ["THOTH_HOME"] = str(folder)
    yield folder
    if before is None:
        del os.environ["THOTH_HOME"]
    else:
        os.environ["THOTH_HOME"] = before


@pytest_lsp.fixture(
    scope="session",
    params=["visual_studio_code", "neovim"],
    config=pytest_lsp.ClientServerConfig(server_command=SERVER, client_factory=make_client),
)
async def shared_client(
    request: pytest.FixtureRequest, lsp_client: LanguageClient, home: Path
) -> AsyncIterator[LanguageClient]:
    """An initialized server, once with the capabilities of VS Code and once with those of another editor."""
    await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=pytest_lsp.client_capabilities(request.param),
            initialization_options=SETTINGS,
        )
    )
    yield
    await lsp_client.shutdown_session()


@pytest_asyncio.fixture(loop_scope="session")
async def client(shared_client: LanguageClient) -> AsyncIterator[LanguageClient]:
    """The shared server; what a test opens is closed afterwards, and what it set is set back."""
    kept: list[dict[str, Any]] = [shared_client.diagnostics, shared_client.progress_reports, shared_client.told]  # type: ignore[attr-defined]
    kept[0].clear()
    kept[1].clear()
    for told in kept[2].values():
        told.clear()
    shared_client.opened = set()  # type: ignore[attr-defined]
    yield shared_client
    for document_id in shared_client.opened:  # type: ignore[attr-defined]
        await ask(shared_client, "thoth/document/close", documentId=document_id)
    shared_client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings={"thoth": SETTINGS}))
    assert (await ask(shared_client, "thoth/server/info"))["openDocuments"] == 0


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server(home: Path) -> AsyncIterator[RawServer]:
    """An initialized server that is spoken to byte by byte, for tests that leave it as it was."""
    async with raw_server() as raw:
        await raw.initialize()
        yield raw


async def ask(client: LanguageClient, method: str, **params: Any) -> Any:
    """The result of one of Thoth's requests."""
    return await client.protocol.send_request_async(method, params)


async def open_file(client: LanguageClient, path: Path, **params: Any) -> dict[str, Any]:
    """An open document."""
    opened = dict(await ask(client, "thoth/document/open", uri=path.as_uri(), **params))
    client.opened.add(opened["documentId"])  # type: ignore[attr-defined]
    return opened


def ref(opened: dict[str, Any]) -> dict[str, Any]:
    """What every request on a document names."""
    return {"documentId": opened["documentId"], "generation": opened["generation"]}


def rows(page: dict[str, Any]) -> list[list[Any]]:
    """The records of a page."""
    return list(json.loads(page["rows"]))


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Its own folders for the servers of one test."""
    monkeypatch.setenv("THOTH_HOME", str(tmp_path))
    return Home(tmp_path)
