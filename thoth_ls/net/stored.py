"""How decisions about the network stand in a file.

`{"<plugin id>": {"<source>": {"<pattern>": {"decision": …, "local": …, "addresses": […], …}}}}`, ids in lower case,
sources as `catalog.grants.source_of` tells. Somebody decided each entry: where nobody can tell what, it is a denial.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from thoth_ls.catalog.scopes import ScopeError
from thoth_ls.net.addresses import canonical
from thoth_ls.net.patterns import parse_reach
from thoth_ls.net.policy import Rule
from thoth_ls.wire.network import NetworkGrant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from thoth_ls.catalog.scoped_file import Scope

_KEPT = ("decision", "local", "addresses", "verification", "ca_file", "since")


def now() -> str:
    """The time as it is kept: RFC 3339, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def as_kept(grant: NetworkGrant) -> dict[str, Any]:
    """A decision as it is kept under its pattern."""
    return grant.model_dump(mode="json", include=set(_KEPT), by_alias=True) | {"id": grant.plugin_id}


def kept_rules(content: Mapping[str, Any], duration: Scope) -> Iterator[tuple[tuple[str, str], Rule]]:
    """Every decision in a file, with the id (lower case) and source of its plugin; what has no pattern is left out."""
    for plugin_id, by_source in content.items():
        for source, entries in by_source.items() if isinstance(by_source, dict) else ():
            for pattern, entry in entries.items() if isinstance(entries, dict) else ():
                rule = _rule(plugin_id, pattern, entry, duration)
                if rule is not None:
                    yield (plugin_id.lower(), source), rule


def _rule(plugin_id: str, pattern: str, entry: object, duration: Scope) -> Rule | None:
    try:
        reach = parse_reach(pattern)
    except ScopeError:
        return None
    fields = dict(entry) if isinstance(entry, dict) else {}
    known = {"plugin_id": fields.pop("id", plugin_id), "pattern": str(reach), "duration": duration}
    try:
        grant = NetworkGrant.model_validate({**fields, **known})
        addresses = [canonical(address) for address in grant.addresses]
    except (ValidationError, ValueError):
        return Rule(reach, _denial(plugin_id, str(reach), duration))
    return Rule(reach, grant.model_copy(update={"addresses": addresses}))


def _denial(plugin_id: str, pattern: str, duration: Scope) -> NetworkGrant:
    return NetworkGrant(
        plugin_id=plugin_id,
        pattern=pattern,
        decision="denied",
        duration=duration,
        local=False,
        addresses=[],
        verification="verify",
        ca_file=None,
        since="",
    )
