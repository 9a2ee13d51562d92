"""The tables of docs/security.md."""

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "security.md").read_text("utf-8")


def rows(heading: str, table: int = 0) -> list[list[str]]:
    """The cells of a table under a heading, without its head."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    tables = re.findall(r"(?:^\|.*\n)+", section, re.MULTILINE)
    lines = tables[table].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
