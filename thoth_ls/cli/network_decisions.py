"""`thoth network list`, `allow`, `deny` and `forget`: what plugins may reach, decided without an editor."""

from __future__ import annotations

import json
import sys
from contextlib import AbstractAsyncContextManager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from thoth_ls.cli import session
from thoth_ls.cli.table import printable
from thoth_ls.wire.methods import NETWORK_GRANTS, PLUGIN_DETAILS, SET_NETWORK_GRANT
from thoth_ls.wire.network import SetNetworkGrantParams
from thoth_ls.wire.plugins import PluginDetails, PluginRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoth_ls.lsp.client import ThothClient
    from thoth_ls.wire.network import NetworkGrant, NetworkGrants, Verification

QUIET = {"logLevel": "warning"}
CERTIFICATES = {"verify": "", "caFile": "certificates by {}", "insecure": "certificates not checked"}


async def list_decisions(*, as_json: bool, workspace: bool) -> int:
    """Prints every decision; returns 0."""
    async with _connected(workspace=workspace) as client:
        found: NetworkGrants = await client.request(NETWORK_GRANTS)
    if as_json:
        print(json.dumps(found.model_dump(by_alias=True), ensure_ascii=False, indent=2))
        return 0
    if not found.grants:
        print("Nothing is decided yet: plugins reach the hosts they were granted by name, and ask about others.")
    for plugin_id, grants in groupby(found.grants, lambda grant: grant.plugin_id):
        print(printable(plugin_id))
        print("\n".join(f"  {printable(line)}" for line in _lines(list(grants))))
    return 0


async def allow(
    plugin_id: str, target: str, *, workspace: bool, local: bool, ca_file: Path | None, insecure: bool
) -> int:
    """Allows it, and says what else it takes; returns 0. Raises RequestFailed."""
    checked: Verification = "insecure" if insecure else "caFile" if ca_file else "verify"
    params = SetNetworkGrantParams(
        plugin_id=plugin_id,
        pattern=target,
        decision="allowed",
        duration="workspace" if workspace else "user",
        local=local,
        verification=checked,
        ca_file=str(ca_file.absolute()) if ca_file else None,
    )
    async with _connected(workspace=workspace) as client:
        found: NetworkGrants = await client.request(SET_NETWORK_GRANT, params)
        details: PluginDetails = await client.request(PLUGIN_DETAILS, PluginRef(plugin_id=plugin_id))
    _say(f"{plugin_id} may reach {target}{_where(workspace)}")
    need = "tcp" if target.lower().startswith("tcp://") else "network"
    for permission in details.plugin.permissions:
        if permission.need == need and permission.decision != "granted":
            run = f"thoth plugins grant {plugin_id} {need}"
            _say(f"It takes the permission {need} as well, which is not granted; run: {run}", error=True)
    if found.why_not:
        _say(found.why_not, error=True)
    return 0


async def deny(plugin_id: str, target: str, *, workspace: bool) -> int:
    """Denies it for good; returns 0. Raises RequestFailed."""
    async with _connected(workspace=workspace) as client:
        duration = "workspace" if workspace else "user"
        params = SetNetworkGrantParams.model_validate(
            {"pluginId": plugin_id, "pattern": target, "decision": "denied", "duration": duration}
        )
        await client.request(SET_NETWORK_GRANT, params)
    _say(f"{plugin_id} does not reach {target}{_where(workspace)}, and nobody is asked about it")
    return 0


async def forget(plugin_id: str, target: str, *, workspace: bool) -> int:
    """Forgets a decision; returns 1 where there was none. Raises RequestFailed."""
    async with _connected(workspace=workspace) as client:
        before: NetworkGrants = await client.request(NETWORK_GRANTS)
        duration = "workspace" if workspace else "user"
        params = SetNetworkGrantParams.model_validate(
            {"pluginId": plugin_id, "pattern": target, "decision": "ask", "duration": duration}
        )
        after: NetworkGrants = await client.request(SET_NETWORK_GRANT, params)
    if len(after.grants) == len(before.grants):
        listing = "thoth network list --workspace" if workspace else "thoth network list"
        _say(
            f"thoth: nothing was decided about {target} for {plugin_id}{_where(workspace)}; see: {listing}", error=True
        )
        return 1
    _say(f"{plugin_id} is asked about again when it wants to reach {target}{_where(workspace)}")
    return 0


def _connected(*, workspace: bool) -> AbstractAsyncContextManager[ThothClient]:
    return session.connect(QUIET, folders=[Path.cwd()]) if workspace else session.connect(QUIET)


def _where(workspace: bool) -> str:
    return f" in {Path.cwd()}" if workspace else ""


def _say(sentence: str, *, error: bool = False) -> None:
    print(printable(sentence), file=sys.stderr if error else sys.stdout)


def _lines(grants: list[NetworkGrant]) -> Iterator[str]:
    widest = max(len(grant.pattern) for grant in grants)
    for grant in grants:
        facts = [
            "this folder" if grant.duration == "workspace" else "",
            f"local{': ' if grant.addresses else ''}{', '.join(grant.addresses)}" if grant.local else "",
            CERTIFICATES[grant.verification].format(grant.ca_file),
            f"since {grant.since[:10]}" if grant.since else "",
        ]
        yield f"{grant.decision:<7}  {grant.pattern:<{widest}}  {', '.join(fact for fact in facts if fact)}".rstrip()
