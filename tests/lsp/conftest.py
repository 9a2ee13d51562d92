"""A real server process, spoken to as an editor does."""

import json
import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp.client import LanguageClient, register_lsp_features

from thoth_ls.lsp.protocol import plain_converter
from thoth_ls.wire.methods import METHODS

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "samples"
SERVER = [sys.executable, "-m", "thoth_ls"]


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
    params=["visual_studio_code", "neovim"],
    config=pytest_lsp.ClientServerConfig(server_command=SERVER, client_factory=make_client),
)
async def client(
    request: pytest.FixtureRequest, lsp_client: LanguageClient, home: Path
) -> AsyncIterator[LanguageClient]:
    """An initialized server, once with the capabilities of VS Code and once with those of another editor."""
    await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=pytest_lsp.client_capabilities(request.param),
            initialization_options={"files": {"autoReload": False}},
        )
    )
    yield
    await lsp_client.shutdown_session()


async def ask(client: LanguageClient, method: str, **params: Any) -> Any:
    """The result of one of Thoth's requests."""
    return await client.protocol.send_request_async(method, params)


async def open_file(client: LanguageClient, path: Path, **params: Any) -> dict[str, Any]:
    """An open document."""
    return dict(await ask(client, "thoth/document/open", uri=path.as_uri(), **params))


def ref(opened: dict[str, Any]) -> dict[str, Any]:
    """What every request on a document names."""
    return {"documentId": opened["documentId"], "generation": opened["generation"]}


def rows(page: dict[str, Any]) -> list[list[Any]]:
    """The records of a page."""
    return list(json.loads(page["rows"]))
