"""Large JSON files to measure on, made once and kept under build/bench/."""

import json
import random
from collections.abc import Callable
from pathlib import Path

from tests.bench.files import CITIES, FOLDER

NEEDLE = "needle in a haystack"
"""Stands once in each block of records."""

ELEMENTS = 10_000_000


def lines_file(size: int) -> Path:
    """Newline-delimited records of about 300 bytes: nested objects, arrays, escapes, letters beyond ASCII."""
    return _made(f"records-{size // 1_000_000}mb.ndjson", size, b"", b"\n", b"")


def array_file(size: int) -> Path:
    """The same records as one array, a record a line."""
    return _made(f"records-{size // 1_000_000}mb.json", size, b"[\n", b",\n", b"\n]\n")


def wide_file() -> Path:
    """One object whose value is an array of ten million elements, about 1 GB, all on one line."""
    path = FOLDER / "wide.json"
    if path.exists():
        return path
    FOLDER.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    chance = random.Random(20261125)
    tail = [
        f'"x":{chance.random()},"y":[{chance.randrange(1000)},true,null],"name":"the element of that number {i:04}"}}'
        for i in range(1000)
    ]
    with part.open("w", encoding="utf-8") as file:
        file.write('{"what":"ten million elements","items":[')
        for start in range(0, ELEMENTS, 1000):
            file.write("," * bool(start))
            file.write(",".join(f'{{"id":{start + i},{tail[i]}' for i in range(1000)))
        file.write("]}")
    part.rename(path)
    return path


def _made(name: str, size: int, begin: bytes, between: bytes, end: bytes) -> Path:
    path = FOLDER / name
    if path.exists() and path.stat().st_size >= size:
        return path
    FOLDER.mkdir(parents=True, exist_ok=True)
    block = between.join(_records(64_000_000))
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(begin + block)
        while file.tell() < size:
            file.write(between + block)
        file.write(end)
    part.rename(path)
    return path


def _records(size: int) -> list[bytes]:
    """Whole records of `size` bytes together; always the same."""
    chance = random.Random(20261125)
    made: list[bytes] = []
    length = 0
    while length < size:
        record = _record(len(made), chance.randrange, chance.random, chance.choice)
        made.append(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode())
        length += len(made[-1]) + 1
    made[len(made) // 2] = json.dumps({"id": -1, "note": NEEDLE}).encode()
    return made


def _record(
    number: int, below: Callable[[int], int], real: Callable[[], float], one_of: Callable[[list[str]], str]
) -> dict[str, object]:
    record: dict[str, object] = {
        "id": number,
        "user": {"name": f"user {below(10**6)}", "city": one_of(CITIES), "active": below(2) == 1},
        "amount": round(real() * 10_000, 2),
        "tags": [f"tag{below(50)}" for _ in range(below(5))],
        "at": f"2026-{below(12) + 1:02}-{below(28) + 1:02}T{below(24):02}:{below(60):02}:{below(60):02}Z",
        "note": "plain words and nothing else that would matter to anybody",
        "parent": None if below(3) else below(10**9),
        "position": {"latitude": real() * 180 - 90, "longitude": real() * 360 - 180},
    }
    if number % 5 == 0:
        record["note"] = f'said "{below(1000)}",\nand left'
    return record
