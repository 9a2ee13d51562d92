"""How a guest comes to its end, or to the end of what it may do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.courier import COURIER, Courier
from tests.security.courier_stage import CourierStage
from thoth_ls.errors import PluginError, PluginTrapped
from thoth_ls.wire.network import SetNetworkGrantParams
from thoth_ls.wire.permissions import SetPermissionParams
from thoth_ls.wire.plugins import EnablePluginParams, UninstallPluginParams

SOON = 5.0
"""Seconds until nothing is left of it, on a machine that does other things as well."""


async def traps(stage: CourierStage, courier: Courier) -> None:
    """It crashes."""
    with pytest.raises(PluginTrapped):
        await courier.run("trap")


async def spins(stage: CourierStage, courier: Courier) -> None:
    """It uses more than a call has."""
    with pytest.raises(PluginError):
        await courier.run("spin")


async def is_cancelled(stage: CourierStage, courier: Courier) -> None:
    """The person cancels the command it runs."""
    running = asyncio.create_task(courier.run("spin", kill=True))
    await asyncio.sleep(0.1)
    running.cancel()
    await asyncio.wait([running])


async def is_closed(stage: CourierStage, courier: Courier) -> None:
    """What showed it was closed."""
    await courier.instance.close()


async def is_switched_off(stage: CourierStage, courier: Courier) -> None:
    """In the view of plugins."""
    await stage.services.plugins.set_enabled(EnablePluginParams(plugin_id=COURIER, enabled=False, scope="user"))


async def is_reloaded(stage: CourierStage, courier: Courier) -> None:
    """By hand or because it was built anew."""
    await stage.services.plugins.reload(COURIER)


async def is_uninstalled(stage: CourierStage, courier: Courier) -> None:
    """Its folder is gone afterwards."""
    await stage.services.plugins.uninstall(UninstallPluginParams(plugin_id=COURIER, delete_data=True))


async def the_server_ends(stage: CourierStage, courier: Courier) -> None:
    """The editor is closed."""
    await stage.services.close()


async def loses_its_needs(stage: CourierStage, courier: Courier) -> None:
    """The person takes its permissions back; it goes on without."""
    for need in ("network", "tcp"):
        params = SetPermissionParams(plugin_id=COURIER, need=need, decision="denied")
        await stage.services.plugins.set_permission(params)


async def loses_its_grants(stage: CourierStage, courier: Courier) -> None:
    """The person undoes what they decided about the host."""
    for grant in stage.grants():
        await stage.forget(grant.pattern)


async def is_denied(stage: CourierStage, courier: Courier) -> None:
    """The person denies the host, which wins over what allows it."""
    for grant in stage.grants():
        params = SetNetworkGrantParams(
            plugin_id=COURIER, pattern=grant.pattern, decision="denied", duration="untilClosed"
        )
        await stage.services.network_access.set(params)


async def the_network_is_switched_off(stage: CourierStage, courier: Courier) -> None:
    """For all plugins, by the setting."""
    before = stage.services.network_access.gate.settings
    off = before.network.model_copy(update={"enabled": False})
    stage.services.reconfigure(before.model_copy(update={"network": off}))


DEATHS = [traps, spins, is_cancelled]
ENDS = [is_closed, is_switched_off, is_reloaded, is_uninstalled, the_server_ends]
TAKEN = [loses_its_needs, loses_its_grants, is_denied, the_network_is_switched_off]
Act = Callable[[CourierStage, Courier], Awaitable[None]]
