"""`thoth network log`: what plugins did on the network, from the file all servers write to."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from thoth_ls.cli import session
from thoth_ls.cli.table import printable
from thoth_ls.net.activity_file import ActivityFile
from thoth_ls.wire.methods import NETWORK_ACTIVITY
from thoth_ls.wire.network import NetworkActivities, NetworkActivity, NetworkActivityParams

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


async def print_log(plugin_id: str | None, count: int, *, as_json: bool) -> int:
    """Prints the newest attempts, the newest last; returns 1 where the file cannot be read."""
    async with session.connect({"logLevel": "warning"}) as client:
        told: NetworkActivities = await client.request(NETWORK_ACTIVITY, NetworkActivityParams(limit=1))
    try:
        found = await asyncio.to_thread(ActivityFile(Path(told.log_file).parent).last, count, plugin_id)
    except OSError as error:
        print(printable(f"thoth: {told.log_file} cannot be read: {error.strerror or error}"), file=sys.stderr)
        return 1
    if not found and not as_json:
        print(printable(f"There is nothing in the log {told.log_file}{f' of {plugin_id}' if plugin_id else ''}."))
    for entry in found:
        if as_json:
            print(json.dumps(entry, ensure_ascii=False))
        else:
            print("\n".join(printable(line) for line in _told(entry)))
    return 0


def _told(entry: dict[str, Any]) -> Iterator[str]:
    """One attempt in a line, and why where it did not go well."""
    try:
        found = NetworkActivity.model_validate(entry)
    except ValidationError:  # of another version
        yield json.dumps(entry, ensure_ascii=False)
        return
    facts = [
        found.address or "",
        str(found.status) if found.status is not None else "",
        found.protocol or "",
        f"{found.sent_bytes:,} B sent, {found.received_bytes:,} B received" if found.address else "",
        f"{found.timing.total:,.0f} ms",
    ]
    what = f"{found.method} {found.url}".strip()
    yield f"{found.at}  {found.plugin_id}  {found.verdict}  {what}  ({', '.join(fact for fact in facts if fact)})"
    if found.redirected_from is not None:
        yield f"    redirected from {found.redirected_from}"
    if found.verdict not in ("allowed", "connected"):
        yield f"    {found.why}"
