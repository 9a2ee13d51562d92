"""JSON as it crosses the border to the host: as short as can be, and always text that UTF-8 can hold."""

from __future__ import annotations

import json
import re
from typing import Any

_HALF = re.compile("[\ud800-\udfff]")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def dumps(value: Any) -> str:
    """`value` as JSON; raises TypeError or ValueError where it cannot be written.

    Half a character, which JSON can hold and texts of the contract cannot, is written as its escape.
    """
    text = _encode(value)
    return text if text.isascii() else _HALF.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
