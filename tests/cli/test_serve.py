"""`thoth-ls`, as it is started."""

import subprocess
import sys

import pytest

LIMITED = """
import resource
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))
from thoth_ls.cli.serve import allow_open_files
allow_open_files()
now = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
print(now == 10_240 or now == hard)
"""
LOGGING = """
import logging
from thoth_ls.cli.serve import configure_logging
configure_logging("debug")
for name in ("thoth_ls.net.dial", "httpx", "httpcore.http11", "hpack.hpack", "websockets.client", "pygls.protocol"):
    logging.getLogger(name).debug("said by %s", name)
    logging.getLogger(name).info("said by %s", name)
logging.getLogger("websockets.client").warning("it is wrong")
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python to its end, with nothing to read."""
    return subprocess.run(
        [sys.executable, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(("argument", "said"), [("--version", "thoth-ls 0."), ("--help", "standard input and output")])
def test_it_says_what_it_is(argument: str, said: str) -> None:
    """On standard output, with exit code 0."""
    done = run("-m", "thoth_ls", argument)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout


@pytest.mark.parametrize("arguments", [["--log-level", "loud"], ["--tcp"], ["file.csv"]])
def test_wrong_usage_is_explained(arguments: list[str]) -> None:
    """Exit code 2, nothing on standard output, which is the protocol's."""
    done = run("-m", "thoth_ls", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert arguments[-1] in done.stderr
    assert "Traceback" not in done.stderr


def test_no_input_is_no_error() -> None:
    """A server that nobody speaks to ends without a word."""
    done = run("-m", "thoth_ls", "--stdio")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_many_files_can_be_open() -> None:
    """A few hundred documents must not be the end: each holds three descriptors."""
    done = run("-c", LIMITED)
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_libraries_are_not_asked_for_what_they_know() -> None:
    """They log messages and headers, which hold people's data and secrets; Thoth's own parts say what they shall."""
    done = run("-c", LOGGING)
    assert done.stderr.splitlines() == [
        "DEBUG thoth_ls.net.dial: said by thoth_ls.net.dial",
        "INFO thoth_ls.net.dial: said by thoth_ls.net.dial",
        "WARNING websockets.client: it is wrong",
    ]
