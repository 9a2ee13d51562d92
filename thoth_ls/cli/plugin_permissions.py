"""`thoth plugins grant`, `deny` and `forget`: what a plugin may do, decided without an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.cli import session
from thoth_ls.cli.plugin_facts import needed
from thoth_ls.cli.table import printable
from thoth_ls.wire.methods import SET_PERMISSION
from thoth_ls.wire.permissions import SetPermissionParams

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoth_ls.wire.permissions import Decision, Need
    from thoth_ls.wire.plugins import PluginInfo


async def decide(plugin_id: str, needs: Sequence[Need], decision: Decision) -> int:
    """Decides about needs of a plugin and prints what holds for them now; returns 0, or raises RequestFailed."""
    info: PluginInfo | None = None
    async with session.connect({"logLevel": "warning"}) as client:
        for need in dict.fromkeys(needs):
            info = await client.request(
                SET_PERMISSION, SetPermissionParams(plugin_id=plugin_id, need=need, decision=decision)
            )
    if info is not None:
        for permission in info.permissions:
            if permission.need in needs:
                print("\n".join(printable(line) for line in needed(permission)))
    return 0
