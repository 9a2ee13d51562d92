"""Real servers of this machine, for every test that needs the other side.

`web(...)` is HTTP/1.1, HTTP/2 and WebSocket as a server in use speaks them (hypercorn, routes in `app.py`); `talk(...)`
speaks WebSocket alone and tells how clients closed; `raw(...)` is a socket and a function that answers as badly as it
likes (`raw.py`, `rude.py`, `sockets.py`). `Certificates` makes authorities and certificates, good ones and bad ones.
`python -m tests.net.servers` runs the web server in a process of its own.
Nothing here listens on anything but loopback unless it is told to.
"""

from tests.net.servers.app import App, Request
from tests.net.servers.certificates import Certificates
from tests.net.servers.raw import RawServer, raw
from tests.net.servers.talk import TalkServer, talk
from tests.net.servers.web import WebServer, web

__all__ = ["App", "Certificates", "RawServer", "Request", "TalkServer", "WebServer", "raw", "talk", "web"]
