"""Tabs that are opened: the host refuses titles that are too long, and too many or too large ones."""

from typing import Any, Final

import thoth_plugin as thoth

LONGEST: Final = 200
"""Bytes of a title."""
REFUSED: Final = "No tab was opened: there were too many just now. Try again in a minute"


def open_tab(title: str, state: dict[str, Any]) -> bool:
    """Opens one; whether the host did. Raises HostError where there are no tabs."""
    return bool(thoth.tabs.open(shortened(title), state))


def must_open(title: str, state: dict[str, Any]) -> None:
    """Opens one; raises PluginError where the host did not."""
    if not open_tab(title, state):
        raise thoth.PluginError(f"{REFUSED}.")


def shortened(title: str) -> str:
    """A title that a tab may have, cut between two characters."""
    data = title.encode("utf-8", "replace")
    if len(data) <= LONGEST:
        return title
    sign = "…"
    return data[: LONGEST - len(sign.encode())].decode("utf-8", "ignore") + sign
