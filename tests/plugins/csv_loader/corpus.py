"""Delimited texts of every kind, made so that the places where things go wrong fall on every alignment."""

import random
from dataclasses import dataclass, field
from functools import cached_property

from hypothesis import strategies as st

SIZES = (0, 1, 10, 63, 64, 65, 127, 200, 3_000, 16_384, 17_000, 66_000, 140_000)
"""Lengths around the plugin's own: blocks of 64 bytes, chunks of 16 KiB, reads of 64 KiB."""
UNICODE = ("abc xyz 012", "abcé€𝄞", "aß中", "a")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "windows-1252")
NEWLINES = (("\n",), ("\r\n",), ("\r",), ("\n", "\r\n", "\r", "\n\r"))


@dataclass(frozen=True)
class Sample:
    """A text, and how it is written to a file."""

    seed: int
    text: str = field(repr=False)
    delimiter: str
    quote: str
    encoding: str

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.text.encode(self.encoding)

    @property
    def options(self) -> dict[str, str]:
        """How the plugin is to read it."""
        return {"delimiter": self.delimiter, "quote": self.quote, "encoding": self.encoding}

    @cached_property
    def offsets(self) -> list[int]:
        """Where each character begins in the file, and where the last one ends."""
        at = len("".encode(self.encoding))
        plain = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(self.encoding, self.encoding)
        offsets = [at]
        for char in self.text:
            at += len(char.encode(plain))
            offsets.append(at)
        return offsets


def make(seed: int) -> Sample:
    """The sample of that number, always the same."""
    rng = random.Random(seed)
    encoding = rng.choice(("utf-8", *ENCODINGS))
    letters = rng.choice(UNICODE) if encoding.startswith("utf") else "abcéü" + "€" * (encoding == "windows-1252")
    delimiter, quote = rng.choice(",\t;|:"), rng.choice(('"', '"', "'", ""))
    newlines = rng.choice(NEWLINES)
    piece = rng.choice((_wild, _tidy, _tidy))
    size, length, pieces = rng.choice(SIZES), 0, []
    while length < size:
        pieces.append(piece(rng, letters, delimiter, quote, newlines))
        length += len(pieces[-1])
    text = "".join(pieces)
    if rng.random() < 0.5:
        text = text[: max(0, len(text) - rng.randrange(3))]
    return Sample(seed, text, delimiter, quote, encoding)


SAMPLES = st.integers(0, 2**32).map(make)


def _wild(rng: random.Random, letters: str, delimiter: str, quote: str, newlines: tuple[str, ...]) -> str:
    """Anything after anything."""
    run = rng.choice(letters) * rng.randrange(1, 90)
    if rng.random() < 0.01:
        run *= 30
    structure = (delimiter, quote or '"', '"', rng.choice(newlines), quote * 2 or "''", "\r", "\n")
    return rng.choice((*structure, rng.choice(letters), run))


def _tidy(rng: random.Random, letters: str, delimiter: str, quote: str, newlines: tuple[str, ...]) -> str:
    """A record of a few cells, some of them quoted."""
    longest = rng.choice((12, 12, 200))
    cells = []
    for _ in range(rng.choice((1, 3, 3, 3, 7))):
        cell = "".join(rng.choice(letters) for _ in range(rng.randrange(longest)))
        if quote and rng.random() < 0.4:
            odd = rng.choice(("", delimiter, quote * 2, rng.choice(newlines), quote * 2 + delimiter))
            cell = quote + (cell + odd) * rng.randrange(1, 3) + quote
            cell += "tail" * (rng.random() < 0.05)
        cells.append(cell)
    return delimiter.join(cells) + rng.choice(newlines)
