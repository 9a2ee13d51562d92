"""Draws vscode-extension/media/icon.png: a table with its header and one cell picked out. Standard library only."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

SIZE = 128
SAMPLES = 4
"""Points a pixel is the mean of, in each direction."""

Colour = tuple[int, int, int, int]
CLEAR: Colour = (0, 0, 0, 0)
GROUND: Colour = (27, 42, 65, 255)
HEADER: Colour = (242, 177, 52, 255)
CELL: Colour = (204, 214, 228, 255)
PICKED: Colour = (64, 170, 160, 255)

COLUMNS = ((22, 46), (50, 74), (78, 106))
ROWS = ((24, 40), (46, 60), (66, 80), (86, 100))


def colour_at(x: float, y: float) -> Colour:
    """The colour of one point of the drawing."""
    if not _in_rounded(x, y, (4, 4, 124, 124), 22):
        return CLEAR
    for row, (top, bottom) in enumerate(ROWS):
        for column, (left, right) in enumerate(COLUMNS):
            if _in_rounded(x, y, (left, top, right, bottom), 3):
                return HEADER if row == 0 else PICKED if (row, column) == (2, 1) else CELL
    return GROUND


def _in_rounded(x: float, y: float, box: tuple[float, float, float, float], radius: float) -> bool:
    left, top, right, bottom = box
    if not (left <= x <= right and top <= y <= bottom):
        return False
    near_x = min(max(x, left + radius), right - radius)
    near_y = min(max(y, top + radius), bottom - radius)
    return (x - near_x) ** 2 + (y - near_y) ** 2 <= radius**2


def pixel(x: int, y: int) -> bytes:
    """Red, green, blue and opacity of one pixel."""
    steps = [(step + 0.5) / SAMPLES for step in range(SAMPLES)]
    points = [colour_at(x + right, y + down) for right in steps for down in steps]
    opacity = sum(point[3] for point in points)
    if opacity == 0:
        return bytes(4)
    mixed = [round(sum(point[i] * point[3] for point in points) / opacity) for i in range(3)]
    return bytes([*mixed, round(opacity / len(points))])


def png() -> bytes:
    """The file."""
    rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(SIZE)) for y in range(SIZE))
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


if __name__ == "__main__":
    path = Path(__file__).resolve().parent.parent / "vscode-extension" / "media" / "icon.png"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(png())
