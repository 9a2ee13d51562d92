"""Large files to measure on, made once and kept under build/bench/."""

import csv
import io
import random
from pathlib import Path

FOLDER = Path(__file__).parent.parent.parent / "build" / "bench"
GB = 1_000_000_000
HEADER = ["id", "name", "note", "amount", "when", "city"]
CITIES = ["Reykjavík", "Oslo", "São Paulo", "Nairobi", "Kyoto", "Montréal", "Austin", "Kraków"]


def quoted_file(size: int) -> Path:
    """A CSV file of about `size` bytes: every fifth row has quotes, doubled quotes and an embedded newline."""
    path = FOLDER / f"quoted-{size // 1_000_000}mb.csv"
    if path.exists() and path.stat().st_size >= size:
        return path
    FOLDER.mkdir(parents=True, exist_ok=True)
    block = _block(64_000_000)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write((",".join(HEADER) + "\n").encode())
        while file.tell() < size:
            file.write(block)
    part.rename(path)
    return path


def _block(size: int) -> bytes:
    """Whole records, repeated to fill the file; always the same."""
    chance = random.Random(20261123)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    number = 0
    while text.tell() < size:
        number += 1
        note = "plain words and nothing else"
        if number % 5 == 0:
            note = f'said "{chance.randrange(1000)}",\nand left'
        writer.writerow(
            [
                number,
                f"name {chance.randrange(10**6)}",
                note,
                f"{chance.random() * 10_000:.2f}",
                f"2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
                chance.choice(CITIES),
            ]
        )
    return text.getvalue().encode()
