"""Files of lines, well formed and not, made so that what is odd falls on every alignment."""

import json
import random
from dataclasses import dataclass, field

MIB = 1 << 20
WORDS = ("a", "name", "größe", "𝄞", 'say "hi"\n', "\\", "\u0000", "x" * 63, "y" * 64, "")
ODD = (
    b'{"a":1',
    b'{"a":tru}',
    b'{"a":1}}',
    b'{"a":"open',
    b"[1,2",
    b"]",
    b",",
    b"{'a':1}",
    b'{"a":1,}',
    b"hello there",
    b'{"a":1} {"b":2}',
    b'{"a":"\xff"}',
    b'{"a":01}',
    b'{"a" 1}',
    b"",
    b"   ",
    b"\t\r",
)


@dataclass(frozen=True)
class Lines:
    """A file, and its lines without their ends."""

    seed: int
    data: bytes = field(repr=False)

    @property
    def records(self) -> list[bytes]:
        """The lines that are not blank."""
        return [line for line in self.data.split(b"\n") if line.strip(b" \t\r")]


def make(seed: int) -> Lines:
    """The file of that number, of up to some 400 KB, always the same."""
    rng = random.Random(seed)
    size = rng.choice((0, 300, 70_000, 400_000))
    often, end = rng.choice((0, 0.01, 0.2)), rng.choice((b"\n", b"\n", b"\r\n"))
    longest = rng.choice((3, 30, 3_000, 60_000))
    parts: list[bytes] = []
    length = 0
    while length < size:
        line = rng.choice(ODD) if rng.random() < often else json.dumps(_value(rng, longest)).encode()
        parts.append(line + end)
        length += len(parts[-1])
    data = b"".join(parts)
    return Lines(seed, data[: -len(end)] if rng.random() < 0.3 else data)


def _value(rng: random.Random, longest: int) -> object:
    """A record; now and then one of many children, or with a long string."""
    record: dict[str, object] = {"id": rng.randrange(10**9), "name": rng.choice(WORDS), "n": rng.random() * 10**6}
    if rng.random() < 0.3:
        record["deep"] = [{"x": [rng.randrange(100) for _ in range(rng.randrange(longest // 3 + 1))]}, None, True]
    if rng.random() < 0.1:
        record["text"] = rng.choice(WORDS) * rng.randrange(longest)
    return rng.choice((record, record, record, [record], rng.randrange(1000), "text", None))
