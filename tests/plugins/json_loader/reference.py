"""The rules of README.md again, as simply as they can be put: one byte at a time, all in memory."""

import json
import re
from typing import Any

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def refuse(name: str) -> Any:
    """What Python's reader takes beyond RFC 8259."""
    raise ValueError(f"{name} is no JSON")


def is_json(data: bytes) -> bool:
    """Whether Python's reader, made strict, takes the text."""
    try:
        json.loads(data.decode("utf-8"), parse_constant=refuse, strict=True)
    except (ValueError, RecursionError):
        return False
    return True
