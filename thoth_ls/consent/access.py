"""What people decide about the network, look at and hear of; and the parts that act by it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from thoth_ls.catalog.scopes import ScopeError, covers, shown
from thoth_ls.consent.desk import Desk
from thoth_ls.errors import InputInvalid
from thoth_ls.net.activity import ActivityLog
from thoth_ls.net.addresses import canonical, classify
from thoth_ls.net.allowance import Allowance
from thoth_ls.net.decisions import Decisions
from thoth_ls.net.gate import Gate
from thoth_ls.net.model import NetworkRefused, Trust
from thoth_ls.net.patterns import parse_reach
from thoth_ls.net.policy import why_off
from thoth_ls.net.resolve import Resolver
from thoth_ls.wire.network import DidChangeNetworkGrants, DidNetworkActivity, NetworkGrant, NetworkGrants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.consent.desk import Ask
    from thoth_ls.errors import PluginError
    from thoth_ls.net.patterns import Reach
    from thoth_ls.net.policy import Granted
    from thoth_ls.paths import Paths
    from thoth_ls.settings import Settings
    from thoth_ls.storage.whole_file import Report
    from thoth_ls.wire.network import SetNetworkGrantParams
    from thoth_ls.wire.permissions import Need

SHOWN_HOSTS = 5


class NetworkEvents(Protocol):
    """Whoever tells the client. Called on the event loop; must not raise."""

    def network_activity(self, event: DidNetworkActivity) -> None:
        """Something went on."""

    def network_changed(self, event: DidChangeNetworkGrants) -> None:
        """Decisions have changed, or the switch."""


class NetworkAccess:
    """Decisions, the gate that judges by them, the desk that asks for them, and the log. Belongs to one event loop.

    `granted` tells what a plugin declares for a need and was granted; `installed` finds a plugin or raises
    PluginNotFound; `workspace` names the open workspace, None without one.
    """

    def __init__(
        self,
        paths: Paths,
        settings: Settings,
        granted: Granted,
        installed: Callable[[str], Plugin],
        events: NetworkEvents,
        report: Report,
        *,
        ask: Ask | None = None,
        turn: asyncio.Lock | None = None,
        workspace: str | None = None,
    ) -> None:
        self.decisions = Decisions(paths.state, workspace, report)
        self.allowance = Allowance(settings.network)
        self.gate = Gate(self.decisions, Resolver(), self.allowance, settings, granted, report=report)
        self.desk = Desk(self.decisions, self.gate, ask, turn=turn, report=report)
        self.activity = ActivityLog(
            paths.state / "network", lambda last: events.network_activity(DidNetworkActivity(last=last))
        )
        self._events = events
        self._installed = installed
        self.decisions.on_change(self._changed)

    def look(self) -> None:
        """Takes in what other servers have decided meanwhile."""
        self.decisions.refresh()

    def reconfigure(self, settings: Settings) -> None:
        """Takes settings over, from the next attempt on; questions they answer are withdrawn."""
        before = why_off(self.gate.settings)
        self.gate.settings = settings
        self.allowance.settings = settings.network
        self.desk.look_again()
        if why_off(settings) != before:
            self._events.network_changed(DidChangeNetworkGrants(plugin_ids=[]))

    def grants(self) -> NetworkGrants:
        """Every decision, and whether plugins may use the network at all."""
        off = why_off(self.gate.settings)
        return NetworkGrants(enabled=off is None, why_not=off, grants=self.decisions.all())

    async def set(self, params: SetNetworkGrantParams) -> NetworkGrants:
        """Decides about a pattern; it holds from the next attempt on, and may be asked about at once where forgotten.

        Raises PluginNotFound, InputInvalid for what makes no sense or could not have an effect, and FileUnwritable.
        """
        plugin = self._installed(params.plugin_id)
        if params.decision == "ask":
            await self.decisions.forget(plugin, params.pattern, params.duration)
        else:
            grant = NetworkGrant(
                plugin_id=plugin.id,
                pattern=params.pattern,
                decision=params.decision,
                duration=params.duration,
                local=params.local,
                addresses=params.addresses,
                verification=params.verification,
                ca_file=params.ca_file,
                since="",
            )
            if params.decision == "allowed":
                await _require_effect(plugin, grant)
            await self.decisions.keep(plugin, grant)
        self.desk.ask_again(plugin)
        return self.grants()

    def plugin_stopped(self, plugin_id: str, reason: PluginError) -> None:
        """`manager.views.View`: nobody is asked about it any more."""
        self.desk.stop(plugin_id, str(reason))

    def plugin_changed(self, plugin_id: str, message: str) -> None:
        """`manager.views.View`: it may ask."""

    async def forget_plugin(self, plugin_id: str) -> None:
        """Forgets all that was decided about a plugin; raises FileUnwritable."""
        await self.decisions.forget_plugin(plugin_id)

    async def close(self) -> None:
        """Waits until the log is written."""
        await self.activity.close()

    def _changed(self, plugin_ids: Iterable[str]) -> None:
        self.desk.look_again()
        self._events.network_changed(DidChangeNetworkGrants(plugin_ids=sorted(plugin_ids)))


async def _require_effect(plugin: Plugin, grant: NetworkGrant) -> None:
    """Raises InputInvalid for a grant by which nothing would be reached."""
    try:
        reach = parse_reach(grant.pattern)
    except ScopeError as error:
        raise InputInvalid(plugin.id, "pattern", str(error)) from None
    _require_declared(plugin, reach)
    _require_kind(plugin, reach, grant)
    for address in grant.addresses:
        _require_local(plugin, address)
    if grant.verification != "verify" and reach.pattern.scheme == "http":
        raise InputInvalid(plugin.id, "verification", "there are no certificates without encryption (http://)")
    if grant.verification == "caFile" and grant.ca_file is not None:
        path = Path(grant.ca_file)
        if not path.is_absolute():
            raise InputInvalid(plugin.id, "caFile", f"{grant.ca_file!r} is no whole path")
        from thoth_ls.net import tls  # takes a moment to load

        try:
            await asyncio.to_thread(tls.context, Trust("caFile", path))
        except NetworkRefused as error:
            raise InputInvalid(plugin.id, "caFile", str(error)) from None


def _require_declared(plugin: Plugin, reach: Reach) -> None:
    need: Need = "tcp" if reach.tcp else "network"
    declared = plugin.manifest.needs().get(need) if plugin.manifest else None
    if declared is None:
        said = f"is for the permission {need}, which the plugin does not declare; it could not be used"
        raise InputInvalid(plugin.id, "pattern", f"{reach} {said}")
    if not covers(declared.scope, [str(reach.pattern)]):
        hosts = shown(declared.scope)
        more = f" and {len(hosts) - SHOWN_HOSTS} more" if len(hosts) > SHOWN_HOSTS else ""
        said = f"is beyond what the plugin declares, {', '.join(hosts[:SHOWN_HOSTS])}{more}; it could not be used"
        raise InputInvalid(plugin.id, "pattern", f"{reach} {said}")


def _require_local(plugin: Plugin, address: str) -> None:
    try:
        if classify(canonical(address)).kind == "local":
            return
    except ValueError:
        pass
    said = f"{address[:80]!r} is no address of this machine or a private network"
    raise InputInvalid(plugin.id, "addresses", said)


def _require_kind(plugin: Plugin, reach: Reach, grant: NetworkGrant) -> None:
    """Local addresses take a grant of their own kind; of others than names one knows which they are."""
    host = reach.pattern.host
    if host == "localhost" or host.endswith(".localhost"):
        kind, what = "local", "this machine"
    elif reach.is_address:
        verdict = classify(host)
        kind, what = verdict.kind, verdict.name
        if kind == "never":
            said = f"{host} is an address that plugins never reach: {what} ({verdict.source})"
            raise InputInvalid(plugin.id, "pattern", said)
    else:
        return
    if kind == "local" and not grant.local:
        said = f"{host} is {what}: that takes a grant for local addresses (`local`, on the command line --local)"
        raise InputInvalid(plugin.id, "local", said)
    if kind == "public" and grant.local:
        said = f"{host} is a public address: a grant for local ones does not reach it; leave `local` (--local) out"
        raise InputInvalid(plugin.id, "local", said)
