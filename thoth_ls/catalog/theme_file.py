"""Looks whether `theme.json` holds the color themes that the manifest names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from thoth_ls.catalog.manifest import ManifestError, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from thoth_ls.catalog.manifest_tables import Theme


def theme_problems(path: Path, theme: Theme | None) -> list[str]:
    """What is wrong with the file, as sentences; of its colors nothing is said."""
    try:
        found = json.loads(read_bytes(path))
    except ManifestError as error:
        return [str(error)]
    except (ValueError, RecursionError) as error:
        return [f"is not valid JSON: {error}"]
    if not isinstance(found, dict) or not all(isinstance(item, dict) for item in found.values()):
        return ["expected one object whose keys are names of variants and whose values are objects of colors"]
    named = [str(pair[0]) for pair in theme.catalog] if theme is not None else []
    missing = [
        f"there is no variant “{name}”, which the catalog in plugin.toml names" for name in named if name not in found
    ]
    unnamed = [f"the variant “{name}” is not in the catalog in plugin.toml" for name in found if name not in named]
    return missing + unnamed
