"""The one table of permissions: what a person is told of each need, and which need each host function takes.

`RULES` has a row for every function of every interface of `wit/` that plugins may import. The guard
(`thoth_ls.runtime.imports`) looks there and nowhere else: a function without a row cannot be offered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args

from thoth_ls.catalog.scopes import tcp_address
from thoth_ls.wire.permissions import Need

MOST_REASON: Final = 300
"""Characters of an author's reason that people are shown."""
NEEDS: Final[tuple[Need, ...]] = get_args(Need)
"""Every need, in the order people are shown them."""


@dataclass(frozen=True, slots=True)
class About:
    """What people are told of a need."""

    title: str
    """As it stands in a list: what the plugin may do."""
    scoped: bool = False
    """Whether it is limited to hosts; then an empty scope reaches nothing."""


ABOUT: Final[Mapping[Need, About]] = {
    "network": About("Reach hosts on the network (HTTP, WebSocket)", scoped=True),
    "tcp": About("Connect to servers by TCP", scoped=True),
    "secure-storage": About("Keep secrets of its own in the key store"),
    "file-dialog": About("Ask you for a file, to read it or to write it"),
    "open-tabs": About("Open further tabs of its own"),
    "read-datasets": About("Read data of other plugins"),
    "opened-file": About("Read the files you open with it"),
    "headless": About("Run its commands without an editor"),
}

STOPS: Final = object()
"""In `Rule.refused`: nothing can be answered."""
TOLD: Final = object()
"""In `Rule.refused`: the offered function has a method `refused(refusal, *arguments)` that answers instead."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What one host function takes."""

    need: Need | None
    """Has to be declared and granted before the function is called; None for what every plugin may do."""
    target: Callable[[tuple[Any, ...]], str] | None = None
    """What a call with these arguments is about to reach, to be compared with the need's scope."""
    refused: Any = STOPS
    """What a refused call returns where the type of the function has no error. `STOPS` ends the guest with one; with
    `TOLD` the function itself says so in its own way, for instance by an event."""


Rules = Mapping[str, Mapping[str, Rule]]

_FREE: Final = Rule(None)
_NETWORK: Final = Rule("network")
_TCP: Final = Rule("tcp")
_SECRETS: Final = Rule("secure-storage")
_DIALOG: Final = Rule("file-dialog")


def _request_url(arguments: tuple[Any, ...]) -> str:
    return str(arguments[0]["url"])


def _first(arguments: tuple[Any, ...]) -> str:
    return str(arguments[0])


def _host_and_port(arguments: tuple[Any, ...]) -> str:
    return tcp_address(str(arguments[0]), int(arguments[1]))


RULES: Final[Rules] = {
    "http-client": {
        "fetch": Rule("network", target=_request_url),
        # Returns an id at once: that it is not allowed comes as the event.
        "submit": Rule("network", target=_request_url, refused=TOLD),
    },
    "http-control": {
        "fetch": Rule("network", target=_request_url),
        "submit": Rule("network", target=_request_url),
        "cancel": _FREE,
        # A body that was received: what it took to get it was judged then.
        "read-body": _FREE,
        "show-body": _FREE,
        "save-body": _DIALOG,
        "pick-body": _DIALOG,
        "release-body": _FREE,
    },
    "websocket": {
        "connect": Rule("network", target=_first),
        "send-text": _NETWORK,
        "send-binary": _NETWORK,
        # Letting go needs no leave: a plugin that was just refused the network shall still end what it began.
        "close": _FREE,
    },
    "websocket-control": {"connect": Rule("network", target=_first), "close": _FREE},
    "tcp-client": {
        "connect": Rule("tcp", target=_host_and_port),
        "read": _TCP,
        "write": _TCP,
        "start-tls": _TCP,
        "close": _FREE,
    },
    "secure-storage": {"write": _SECRETS, "read": _SECRETS, "delete": _SECRETS},
    "file-dialog": {"open-file": _DIALOG, "save-file": _DIALOG},
    # An empty id is what a plugin gets for a tab that was not opened.
    "ui-tabs": {"open-tab": Rule("open-tabs", refused="")},
    # One text of the plugin's own, capped, in a file nobody else reads.
    "plugin-storage": {"read": _FREE, "write": _FREE},
    # Calls the plugin's own `data-source.query`, which can do no more there than here.
    "db-runtime": {"submit-query": _FREE},
    # A few short words in the status bar, under the plugin's name.
    "signals": {"emit-signal": _FREE},
    # Tables of its own: it hands data over and gets none. Others are shown them when a person says so.
    "dataset-bus": {"publish": _FREE, "update": _FREE, "append": _FREE, "release": _FREE},
}
"""Interface name → function name → what it takes, names as in WIT."""
