"""The process behind `FakeWeb`: answers by lines of JSON on its input, and tells what arrives on its output."""

from __future__ import annotations

import base64
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

HELD_SECONDS = 60.0


class Web(ThreadingHTTPServer):
    """The answers, by method and path."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[tuple[str, str], dict[str, Any]] = {}
        self.held: dict[str, threading.Event] = {}
        self.lock = threading.Lock()

    def find(self, method: str, path: str) -> dict[str, Any] | None:
        """What was said about a request, with or without its query."""
        bare = path.partition("?")[0]
        keys = [(each, place) for place in (path, bare) for each in (method, "*")]
        return next((self.answers[key] for key in keys if key in self.answers), None)

    def tell(self, line: dict[str, Any]) -> None:
        """A line for the test."""
        with self.lock:
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        """Tells of it and answers it."""
        web = cast("Web", self.server)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        encoded = base64.b64encode(body).decode("ascii")
        web.tell({"method": self.command, "path": self.path, "headers": self.headers.items(), "body": encoded})
        found = web.find(self.command, self.path) or {"status": 404, "headers": [], "body": "", "hold": False}
        if found["hold"]:
            with web.lock:
                go = web.held.setdefault(self.path, threading.Event())
            go.wait(HELD_SECONDS)
        content = base64.b64decode(found["body"])
        self.send_response(found["status"])
        for name, value in found["headers"]:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


def main() -> None:
    """Serves until its input ends."""
    web = Web()
    threading.Thread(target=web.serve_forever, daemon=True).start()
    web.tell({"port": web.server_address[1]})
    for line in sys.stdin:
        told = json.loads(line)
        if "release" in told:
            with web.lock:
                web.held.setdefault(told["release"], threading.Event()).set()
        else:
            web.answers[told["method"], told["path"]] = told
        web.tell({})


if __name__ == "__main__":
    main()
