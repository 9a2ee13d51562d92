"""A web server for tests in the real host, in a process of its own: plugins never reach what Thoth itself listens to.

with FakeWeb() as web:
    web.on("GET", "/users", json=[1, 2])
    panel.change("url", web.url + "/users")
    panel.click("send")
    assert web.wait_for(1)[0].header("accept") == "*/*"
"""

from __future__ import annotations

import base64
import json as json_module
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class WebRequest:
    """A request that arrived."""

    method: str
    path: str
    """With the query."""
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for given, value in self.headers if given.lower() == name.lower()), None)

    def json(self) -> Any:
        """The body read as JSON."""
        return json_module.loads(self.body)


class FakeWeb:
    """Answers what `on` said; anything else with 404. Use it in a `with` block."""

    def __init__(self) -> None:
        self.requests: list[WebRequest] = []
        """All that arrived, in order."""
        self.url = ""
        """Without a slash at the end."""
        self._news = threading.Condition()
        self._taken = False
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "thoth_plugin.testing.web_process"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8", env=_environment()
        )
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{json_module.loads(self._process.stdout.readline())['port']}"
        threading.Thread(target=self._listen, daemon=True, name="fake-web").start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(SECONDS)

    def on(
        self,
        method: str,
        path: str,
        *,
        status: int = 200,
        body: bytes | str = b"",
        json: object = None,
        headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        hold: bool = False,
    ) -> None:
        """Answers requests of `method` (or `*`) for `path`; with `hold`, once `release` is called."""
        pairs = [*(headers.items() if hasattr(headers, "items") else headers)]
        if json is not None:
            body, pairs = json_module.dumps(json), [*pairs, ("Content-Type", "application/json")]
        content = body.encode() if isinstance(body, str) else body
        encoded = base64.b64encode(content).decode("ascii")
        answer = {"status": status, "headers": pairs, "body": encoded, "hold": hold}
        self._tell({"method": method, "path": path, **answer})

    def release(self, path: str) -> None:
        """Lets the answers go that are held."""
        self._tell({"release": path})

    def wait_for(self, count: int, seconds: float = SECONDS) -> list[WebRequest]:
        """The requests, once there are so many; AssertionError where they do not come."""
        with self._news:
            if not self._news.wait_for(lambda: len(self.requests) >= count, seconds):
                raise AssertionError(f"{count} requests did not come within {seconds} s, but {len(self.requests)}")
        return self.requests

    def _tell(self, line: Mapping[str, Any]) -> None:
        assert self._process is not None, "use the server in a `with` block"
        assert self._process.stdin is not None
        with self._news:
            self._taken = False
            self._process.stdin.write(json_module.dumps(line) + "\n")
            self._process.stdin.flush()
            if not self._news.wait_for(lambda: self._taken, SECONDS):
                raise AssertionError("the fake server does not answer")

    def _listen(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                told = json_module.loads(line)
                with self._news:
                    if "method" in told:
                        headers = [(name, value) for name, value in told["headers"]]
                        body = base64.b64decode(told["body"])
                        self.requests.append(WebRequest(told["method"], told["path"], headers, body))
                    else:
                        self._taken = True
                    self._news.notify_all()


def _environment() -> dict[str, str]:
    """Ours, so that the process finds this package where we found it."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
