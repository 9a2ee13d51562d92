"""What the judge knows: settings, the plugin's scope, and what people decided. Values alone, made by `policy`."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TYPE_CHECKING

from thoth_ls.catalog.scopes import HostPattern, ScopeError, readable
from thoth_ls.net.patterns import Reach, parse_reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.settings import Settings
    from thoth_ls.storage.whole_file import Report
    from thoth_ls.wire.network import NetworkGrant
    from thoth_ls.wire.permissions import Need

    Granted = Callable[[Plugin, Need], tuple[str, ...] | None]
    """The host patterns a plugin declares for a need and was granted; None where the need is not granted."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One decision of a person, ready to be compared with targets."""

    reach: Reach
    grant: NetworkGrant


@dataclass(frozen=True, slots=True)
class Blocked:
    """What the setting `thoth.network.blocked` names."""

    reaches: tuple[Reach, ...] = ()
    """Of an entry without a scheme both forms, that of HTTP and that of TCP."""
    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    """Ranges of addresses, whatever name leads there."""


@dataclass(frozen=True, slots=True)
class Policy:
    """All that holds for one plugin at one moment."""

    plugin_id: str
    off: str | None
    """Why no plugin reaches anything now, as a sentence; None where they may."""
    network: tuple[HostPattern, ...] | None
    """What it declares for HTTP and WebSocket and was granted; None where that need is not granted."""
    tcp: tuple[HostPattern, ...] | None
    """The same for TCP."""
    rules: Sequence[Rule]
    """What people decided about it."""
    blocked: Blocked
    """What no plugin reaches."""
    require_https: str | None
    """What wants https of it: a setting or its manifest; None where nothing does."""


def why_off(settings: Settings) -> str | None:
    """Why plugins may not use the network at all, as a sentence that says what to do; None where they may."""
    if not settings.network.enabled:
        return "Plugins may not use the network: the setting thoth.network.enabled is off. Turn it on to let them."
    if "workspace_trusted" in settings.model_fields_set and not settings.workspace_trusted:
        return (
            "Plugins may not use the network in a workspace that is not trusted. Trust it by the command"
            ' "Workspaces: Manage Workspace Trust".'
        )
    return None


def read_blocked(texts: Iterable[str], report: Report) -> Blocked:
    """What the entries of `thoth.network.blocked` name; those that name nothing are reported and left out."""
    reaches: list[Reach] = []
    networks: list[IPv4Network | IPv6Network] = []
    for text in texts:
        try:
            networks.append(ip_network(text.strip(), strict=False))
            continue
        except ValueError:
            pass
        try:
            reach = parse_reach(text.strip())
        except ScopeError as error:
            report(f"The setting thoth.network.blocked has an entry that blocks nothing: {error}")
            continue
        reaches.append(reach)
        if reach.pattern.scheme is None and not reach.tcp:
            reaches.append(Reach(True, reach.pattern))
    return Blocked(tuple(reaches), tuple(networks))


def policy(
    plugin: Plugin,
    settings: Settings,
    blocked: Blocked,
    granted: Granted,
    rules: Sequence[Rule],
) -> Policy:
    """What holds for a plugin now."""
    older = plugin.manifest.network if plugin.manifest else None
    why = "require_https in its manifest" if older is not None and older.require_https else None
    if settings.network.require_https:
        why = "the setting thoth.network.requireHttps"
    return Policy(
        plugin.id,
        why_off(settings),
        _patterns(granted(plugin, "network")),
        _patterns(granted(plugin, "tcp")),
        rules,
        blocked,
        why,
    )


def _patterns(texts: Iterable[str] | None) -> tuple[HostPattern, ...] | None:
    return None if texts is None else tuple(readable(texts))
