"""What leaves for command lines that are made up, and for those of curl's manual, is what curl sends for them."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rest.curl.reading import read
from rest.importing import NotImportable
from rest.shells.quoting import line
from rest.variables import Variables
from tests.url_source import command_lines
from tests.url_source.real_curl import both, said_headers

NOWHERE = re.compile(
    r"--(next|config|http[23]|tr-encoding|digest|output)\b|--output|-O|-K |ftp\.|-Z|--parallel|example\.(com|net).* https?://"
)
"""Of the manual: what the server of the tests cannot answer, or more than one address."""


def of_http() -> list[str]:
    """Command lines of the manual that ask for one address of HTTP, and of which nothing is lost."""
    found: list[str] = []
    for command in command_lines.of_the_manual():
        try:
            imported = read(command)
        except NotImportable:
            continue
        told = [note for each in imported.requests for note in each.lost]
        if len(imported.requests) == 1 and not told and "http" in command and not NOWHERE.search(command):
            found.append(command)
    return found


MANUAL = of_http()


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
)
@given(st.lists(command_lines.arguments(on_the_wire=True), min_size=5, max_size=5))
def test_made_up_command_lines_leave_as_curl_sends_them_or_it_is_told_what_is_lost(
    several: list[list[list[str]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_compared(several, Path(folder)))


async def _compared(several: list[list[list[str]]], folder: Path) -> None:
    async with both(folder) as host:
        place = host.url.removeprefix("http://")
        for groups in several:
            command = line("curl", [[word.replace("h.test", place) for word in group] for group in groups], "sh")
            theirs = await host.curl(command, may_refuse=True)
            if theirs is None:
                continue
            if read(command, shell="sh", templates_in_it=False).requests[0].lost:
                continue  # it differs, and the person is told
            ours = await host.ours(command, Variables())
            said = said_headers(command)
            assert [one.comparable(said) for one in ours] == [one.comparable(said) for one in theirs], command


@pytest.mark.parametrize("command", MANUAL)
async def test_command_lines_of_the_manual(command: str, tmp_path: Path) -> None:
    """Asked of the server of the tests, whatever address they have: `--connect-to` for curl, another address for us."""
    async with both(tmp_path) as host:
        place = host.url.removeprefix("http://")
        plain = re.sub(
            r"https?://[^/\s\"'?]*?(@?)[\w.-]+(?=[/\s\"'?]|$)", lambda found: _moved(found[0], place), command
        )
        for name in re.findall(r"(?:@|<|-T |--upload-file )\"?([\w.-]+)", plain):
            (host.folder / name).write_bytes(b"what a file holds\n")
        theirs = await host.curl(f"{plain} -s -o /dev/null", may_refuse=True)
        assert theirs is not None
        ours = await host.ours(plain, Variables(), host.reads)
        said = said_headers(command)
        assert [one.comparable(said) for one in ours] == [one.comparable(said) for one in theirs], plain


def _moved(address: str, place: str) -> str:
    user = re.search(r"//([^/]*@)", address)
    return f"http://{user[1] if user else ''}{place}"


def test_many_command_lines_of_the_manual_are_of_http() -> None:
    assert len(MANUAL) > 60
