"""Bytes as people look at them: offset, sixteen in hexadecimal, and as letters."""

from typing import Final

MOST: Final = 16 * 1024
WIDTH: Final = 16


def of(content: bytes) -> str:
    """A line for every sixteen bytes."""
    lines = []
    for at in range(0, len(content), WIDTH):
        piece = content[at : at + WIDTH]
        left, right = piece[:8].hex(" "), piece[8:].hex(" ")
        letters = "".join(chr(byte) if 0x20 <= byte < 0x7F else "·" for byte in piece)
        lines.append(f"{at:08x}  {left:<23}  {right:<23}  {letters}")
    return "\n".join(lines)
