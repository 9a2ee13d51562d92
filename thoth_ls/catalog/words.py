"""Names of people's things as folders, ids and commands are called."""

from __future__ import annotations

import re
import unicodedata


def word(name: str) -> str:
    """A name in lower-case letters, digits and single hyphens; empty where nothing of it is one of these."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
