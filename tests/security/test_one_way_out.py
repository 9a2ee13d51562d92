"""One place connects and one looks names up: whatever else wanted to would have to change these tests."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2] / "thoth_ls"
LOOKS_UP = {"getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getnameinfo", "getfqdn"}
CONNECTS = {"sock_connect", "connect_ex", "create_connection", "open_connection", "create_datagram_endpoint", "sendto"}
LISTENS = {"listen", "create_server", "start_server", "start_unix_server", "create_unix_server"}


def calls() -> Iterator[tuple[str, str, set[str]]]:
    """Every call in our code: file, name of what is called, names of the keywords."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                yield path.relative_to(ROOT).as_posix(), name, {keyword.arg or "**" for keyword in node.keywords}


def test_one_place_looks_names_up() -> None:
    assert {path for path, name, _ in calls() if name in LOOKS_UP} == {"net/resolve.py"}


def test_one_place_connects() -> None:
    """Others are handed a socket that is connected; the server's own transport to the client is in the library."""
    connecting = {path for path, name, keywords in calls() if name in CONNECTS and "sock" not in keywords}
    assert connecting == {"net/dial.py"}


def test_nothing_listens_for_plugins() -> None:
    """What a plugin sends can reach nobody through a port of ours."""
    assert {path for path, name, _ in calls() if name in LISTENS} == set()
