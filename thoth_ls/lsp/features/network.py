"""What plugins may reach, decided by a person, and what they did. How people are asked: `lsp/consent_prompt.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.wire.base import Empty
from thoth_ls.wire.methods import NETWORK_ACTIVITY, NETWORK_GRANTS, SET_NETWORK_GRANT
from thoth_ls.wire.network import NetworkActivities, NetworkActivityParams, NetworkGrants, SetNetworkGrantParams

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds every `thoth/network/*` request."""

    @server.feature(NETWORK_GRANTS.method)
    async def grants(ls: ThothServer, params: Empty) -> NetworkGrants:
        return ls.services.network_access.grants()

    @server.feature(SET_NETWORK_GRANT.method)
    async def set_grant(ls: ThothServer, params: SetNetworkGrantParams) -> NetworkGrants:
        return await ls.services.network_access.set(params)

    @server.feature(NETWORK_ACTIVITY.method)
    async def activity(ls: ThothServer, params: NetworkActivityParams) -> NetworkActivities:
        return ls.services.network_access.activity.entries(params.after, params.limit, params.plugin_id)
