"""Words of the command line as the server takes them."""

from __future__ import annotations

import argparse


def text(word: str) -> str:
    """Refuses bytes that the terminal's encoding does not know: nothing else can be sent to the server."""
    try:
        word.encode("utf-8")
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(f"{word!r} is not text") from None
    return word
