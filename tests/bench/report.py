"""Collects measures, prints them as a table and writes build/bench.json."""

import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

RESULT = Path(__file__).parent.parent.parent / "build" / "bench.json"


@dataclass(frozen=True)
class Goal:
    """What a measure should reach: at most (`<`) or at least (`>`) a number, compared with the value or the ratio."""

    sign: str
    number: float
    of: str = "value"


class Report:
    """The measures of one run."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, float | str | None]] = {}
        self._goals: dict[str, Goal] = {}

    def add(
        self,
        measure: str,
        value: float,
        unit: str,
        goal: Goal | None = None,
        peer: tuple[str, float] | None = None,
        ratio: float | None = None,
    ) -> None:
        """Keeps one measure; `ratio` is how many times better than the peer it is."""
        name, peer_value = peer or (None, None)
        row = {"value": value, "unit": unit, "peer": name, "peer_value": peer_value, "ratio": ratio}
        self._rows[measure] = row
        if goal:
            self._goals[measure] = goal
        print(self._line(measure), flush=True)

    def write(self) -> None:
        """Writes the JSON, and says which goals were missed."""
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(self._rows, indent=2) + "\n")
        missed = [measure for measure, goal in self._goals.items() if not self._met(measure, goal)]
        print(
            f"\n{len(self._goals) - len(missed)} of {len(self._goals)} goals met"
            + (f"; missed: {', '.join(missed)}" if missed else "")
        )

    def _met(self, measure: str, goal: Goal) -> bool:
        number = self._rows[measure][goal.of]
        assert isinstance(number, float | int)
        return number <= goal.number if goal.sign == "<" else number >= goal.number

    def _line(self, measure: str) -> str:
        row = self._rows[measure]
        line = f"{measure:<26} {_number(row['value']):>12} {row['unit']:<6}"
        if row["peer"]:
            line += f"  {row['peer']}: {_number(row['peer_value'])} {row['unit']}, ratio {_number(row['ratio'])}"
        if goal := self._goals.get(measure):
            what = "at most" if goal.sign == "<" else "at least"
            line += f"  [{'met' if self._met(measure, goal) else 'MISSED'}: {goal.of} {what} {goal.number:g}]"
        return line


def _number(value: float | str | None) -> str:
    return (
        f"{value:,.3g}"
        if isinstance(value, float) and abs(value) < 1000
        else f"{value:,.0f}"
        if isinstance(value, float | int)
        else str(value)
    )


def median(run: Callable[[], float], times: int) -> float:
    """The median of several runs: machines are shared and noisy."""
    return statistics.median(run() for _ in range(times))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
