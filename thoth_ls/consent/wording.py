"""What a person is asked and told about a plugin's wish to reach something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.catalog.harmless import harmless
from thoth_ls.catalog.needs import MOST_REASON
from thoth_ls.net.addresses import canonical, classify
from thoth_ls.net.judge import VIEW
from thoth_ls.net.patterns import is_named
from thoth_ls.wire.network import ConsentQuestion

if TYPE_CHECKING:
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.model import Attempt, Checked, Target
    from thoth_ls.wire.permissions import Need

MOST_TEXT = 80
"""Characters of a plugin's name, its version, and a method it thought up."""
SHOWN_ADDRESSES = 16


def question(plugin: Plugin, attempt: Attempt, checked: Checked, waiting: int) -> ConsentQuestion:
    """What a person is asked: everything they are shown is in it."""
    manifest = plugin.manifest
    declared = manifest.needs().get(need_of(attempt.target)) if manifest else None
    return ConsentQuestion(
        plugin_id=plugin.id,
        plugin_name=harmless(manifest.name if manifest else plugin.id, MOST_TEXT),
        version=harmless(manifest.version if manifest else "", MOST_TEXT),
        origin=plugin.origin,
        kind=attempt.kind,
        method=harmless(attempt.method, MOST_TEXT),
        target=str(attempt.target),
        host=attempt.target.host,
        port=attempt.target.port,
        addresses=list(checked.addresses[:SHOWN_ADDRESSES]),
        local=checked.local,
        reason=harmless(declared.reason, MOST_REASON) if declared else "",
        redirected_from=None if attempt.redirected_from is None else str(attempt.redirected_from),
        waiting=waiting,
    )


def need_of(target: Target) -> Need:
    """What its manifest has to declare for reaching a target."""
    return "tcp" if target.scheme == "tcp" else "network"


def how_to_allow(plugin: Plugin, target: Target, *, local: bool | None = None) -> str:
    """What a person does who wants it after all, as the end of a sentence; see `allowing`."""
    return f"allow it in {VIEW}, or run: {allowing(plugin, target, local=local)}"


def allowing(plugin: Plugin, target: Target, *, local: bool | None = None) -> str:
    """The command that allows it; without `local`, where only a lookup could tell, with what to add if need be."""
    known = _seems_local(target) if local is None else local
    command = f"thoth network allow {plugin.id} {target}"
    if known is None:
        return f"{command} (with --local behind it where that is in your own network)"
    return f"{command} --local" if known else command


def _seems_local(target: Target) -> bool | None:
    """Whether its addresses are of this machine or a private network; None of a name, which is not looked up."""
    if is_named(target):
        return True if target.host == "localhost" or target.host.endswith(".localhost") else None
    return classify(canonical(target.host)).kind == "local"
