"""`python -m tests.net.servers [--tls FOLDER]`: the web server in a process of its own, for editors and measurements.

Writes one line of JSON once it listens: `{"url", "ws", "caFile"}`. Ends when its standard input does.
"""

import argparse
import asyncio
import json
import sys
from pathlib import Path

from tests.net.servers import Certificates, web


async def main() -> None:
    """Serves until whoever started this is gone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tls", type=Path, help="folder to write the certificate authority into")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    certificates = Certificates(options.tls) if options.tls else None
    context = certificates.server() if certificates else None
    async with web(tls=context, host=options.host, port=options.port) as server:
        told = {
            "url": server.url(""),
            "ws": server.ws_url(""),
            "caFile": str(certificates.ca_file) if certificates else None,
        }
        print(json.dumps(told), flush=True)
        await asyncio.to_thread(sys.stdin.read)


asyncio.run(main())
