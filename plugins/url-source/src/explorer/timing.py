"""Where the time of an exchange went: a bar of phases, and each redirect by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from explorer import sizes
from thoth_plugin import ui
from thoth_plugin.http import Hop, Timing
from thoth_plugin.nodes import Node

COLORS: Final = {
    "DNS": "info",
    "Connect": "secondary",
    "TLS": "warning",
    "Waiting": "accent",
    "Download": "success",
}
SMALLEST: Final = 0.01
"""Share of the bar that a phase has at least, so that it can be seen."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the time."""

    name: str
    milliseconds: float


def phases(hops: Sequence[Hop]) -> list[Phase]:
    """Of all hops together; those that did not happen are left out."""
    total: dict[str, float] = {}
    for hop in hops:
        for name, took in _phases_of(hop.timing):
            total[name] = total.get(name, 0) + took
    return [Phase(name, total[name]) for name in COLORS if name in total]


def bar(hops: Sequence[Hop]) -> Node | None:
    """A bar with a part for each phase, and what they are below it; None where nothing was measured."""
    found = phases(hops)
    whole = sum(phase.milliseconds for phase in found)
    if whole <= 0:
        return None
    shares = [max(SMALLEST, phase.milliseconds / whole) for phase in found]
    return ui.column(
        ui.split(
            *(ui.progress(1, color=COLORS[phase.name], height=6) for phase in found),
            widths=shares,
            gap=1,
        ),
        ui.row(
            *(
                ui.row(
                    ui.icon("●", color=COLORS[phase.name], size=9),
                    ui.text(f"{phase.name} {sizes.time(phase.milliseconds)}", variant="caption"),
                    gap=4,
                )
                for phase in found
            ),
            gap=12,
        ),
        gap=4,
    )


def chain(hops: Sequence[Hop]) -> Node | None:
    """Each request that was made, where there was more than one."""
    if len(hops) < 2:
        return None
    count = len(hops) - 1
    return ui.collapsible(f"{count} {'redirect' if count == 1 else 'redirects'}", hop_table(hops))


def hop_table(hops: Sequence[Hop]) -> Node:
    """A line for each request, with its address and times."""
    return ui.table(
        ["Status", "URL", "Address", "HTTP", "DNS", "Connect", "TLS", "Waiting", "Total"],
        [
            [
                ui.badge(str(hop.status), soft=True, color=status_color(hop.status)),
                ui.text(hop.url, variant="mono"),
                hop.address or "",
                hop.http_version.removeprefix("HTTP/"),
                *(
                    None if took is None else sizes.time(took)
                    for took in (
                        hop.timing.dns,
                        hop.timing.connect,
                        hop.timing.tls,
                        hop.timing.first_byte,
                        hop.timing.total,
                    )
                ),
            ]
            for hop in hops
        ],
        min_col_width=70,
    )


def status_color(status: int) -> str:
    """Of a status code."""
    if status < 300:
        return "success"
    if status < 400:
        return "info"
    return "warning" if status < 500 else "error"


def _phases_of(timing: Timing) -> list[tuple[str, float]]:
    known = [("DNS", timing.dns), ("Connect", timing.connect), ("TLS", timing.tls), ("Waiting", timing.first_byte)]
    found = [(name, took) for name, took in known if took is not None]
    if timing.total is not None:
        rest = timing.total - sum(took for _, took in found)
        if rest > 0:
            found.append(("Download", rest))
    return found
