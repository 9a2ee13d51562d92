"""Colours as themes write them, and what can be read on what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_HEX: Final = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
TEXT_RATIO: Final = 4.5
"""Least contrast of text with what is behind it (WCAG 2.2, 1.4.3)."""


class Color(NamedTuple):
    """Red, green, blue and opacity, each from 0 to 255, in sRGB."""

    red: int
    green: int
    blue: int
    alpha: int = 255

    def __str__(self) -> str:
        """`#rrggbb`, or `#rrggbbaa` where something shines through."""
        opaque = f"#{self.red:02x}{self.green:02x}{self.blue:02x}"
        return opaque if self.alpha == 255 else f"{opaque}{self.alpha:02x}"

    def faded(self, percent: float) -> Color:
        """The same with so much of its opacity."""
        return self._replace(alpha=round(self.alpha * percent / 100))

    def over(self, behind: Color) -> Color:
        """What is seen where it lies over an opaque colour."""
        share = self.alpha / 255
        return Color(
            *(round(top * share + below * (1 - share)) for top, below in zip(self[:3], behind[:3], strict=True))
        )


BLACK: Final = Color(0, 0, 0)
WHITE: Final = Color(255, 255, 255)


def parse(text: str) -> Color:
    """The colour in `#rgb`, `#rgba`, `#rrggbb` or `#rrggbbaa`; raises ValueError."""
    if not _HEX.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is no color: write #rrggbb or #rrggbbaa")
    digits = text[1:]
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    return Color(*bytes.fromhex(digits))


def mixed(one: Color, other: Color, share: float = 0.5) -> Color:
    """A colour between two, `share` of it the other's."""
    return Color(*(round(a + (b - a) * share) for a, b in zip(one, other, strict=True)))


def luminance(color: Color) -> float:
    """Relative luminance from 0 to 1 (WCAG 2.2); opacity is left out."""
    red, green, blue = (_linear(part / 255) for part in color[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio from 1 to 21 (WCAG 2.2) of two opaque colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(fill: Color) -> Color:
    """Black or white, whichever is read better upon it."""
    return max((BLACK, WHITE), key=lambda ink: contrast(ink, fill))


def readable(color: Color, behind: Color, ratio: float = TEXT_RATIO) -> Color:
    """The colour, or one nearer to black or white by as little as it takes to be read upon `behind`."""
    color = color.over(behind)
    towards = ink_on(behind)
    return _nearer(color, towards, lambda tried: contrast(tried, behind) >= ratio)


def showing(ground: Color, text: Color, other: Color, ratio: float = TEXT_RATIO) -> Color:
    """The ground, or one nearer to another by as little as it takes for `text` to be read upon it."""
    return _nearer(ground, other, lambda tried: contrast(text, tried) >= ratio)


def _nearer(color: Color, towards: Color, enough: Callable[[Color], bool]) -> Color:
    """The first of 256 steps from one to the other that is enough; the other where none is."""
    if enough(color):
        return color
    low, high = 0, 256
    while high - low > 1:
        middle = (low + high) // 2
        if enough(mixed(color, towards, middle / 256)):
            high = middle
        else:
            low = middle
    return mixed(color, towards, high / 256)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
