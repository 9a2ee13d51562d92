"""What all scripts that write files from the code have in common."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Mapping
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def write_or_compare(description: str | None, files: Mapping[Path, str]) -> int:
    """Writes the files that are not current; with `--check` says how they differ. Returns the exit code."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, and exit 1 when a file is not current")
    check = parser.parse_args().check
    before = {path: path.read_text("utf-8") if path.exists() else None for path in files}
    stale = [path for path, text in files.items() if before[path] != text]
    for path in stale:
        if check:
            now, then = files[path].splitlines(keepends=True), (before[path] or "").splitlines(keepends=True)
            sys.stderr.writelines(difflib.unified_diff(then, now, str(path), "generated"))
            print(f"{path} is not current. Run: python scripts/{Path(sys.argv[0]).name}", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], "utf-8")
            print(f"wrote {path}")
    return 1 if check and stale else 0
