"""Makes the files in samples/: some out of the npm package vega-datasets, some from facts written down below.

Run by hand when a sample changes; the files are committed. Needs npm (for one pinned package) and zstandard.
samples/README.md says where each file comes from and under which terms.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import zstandard

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
FACTS = Path(__file__).with_name("sample_facts.json")
VEGA_DATASETS = "vega-datasets@3.2.1"

Row = Sequence[object]


def main() -> int:
    """Writes every sample; returns the exit code."""
    SAMPLES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data = fetch_vega_datasets(Path(folder))
        copy_real_files(data)
        write_state_capitals(data)
        write_ragged(data)
        write_json(data)
    write_from_facts()
    write_oddities()
    for path in sorted(SAMPLES.iterdir()):
        print(f"{path.stat().st_size:>9,}  {path.name}")
    return 0


def fetch_vega_datasets(folder: Path) -> Path:
    """The package's data folder, unpacked below `folder`."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("make_samples needs npm")
    packed = subprocess.run(
        [npm, "pack", "--silent", VEGA_DATASETS], cwd=folder, check=True, capture_output=True, text=True
    )
    with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package" / "data"


def copy_real_files(data: Path) -> None:
    """Files of the United States government as they are, two of them compressed."""
    for name in ("airports.csv", "us-employment.csv", "unemployment.tsv"):
        shutil.copyfile(data / name, SAMPLES / name)
    weather = (data / "seattle-weather.csv").read_bytes()
    (SAMPLES / "seattle-weather.csv.gz").write_bytes(gzip.compress(weather, 9, mtime=0))
    strikes = (data / "birdstrikes.csv").read_bytes()
    (SAMPLES / "birdstrikes.csv.zst").write_bytes(zstandard.ZstdCompressor(level=19).compress(strikes))


def write_state_capitals(data: Path) -> None:
    """us-state-capitals.json as a pipe-separated file."""
    places = json.loads((data / "us-state-capitals.json").read_text("utf-8"))
    rows: list[Row] = [(p["state"], p["city"], p["lat"], p["lon"]) for p in places]
    write("state-capitals.psv", [("state", "capital", "latitude", "longitude"), *rows], delimiter="|")


def write_ragged(data: Path) -> None:
    """iowa-electricity.csv with the damage hand-edited exports have; samples/README.md lists it."""
    lines = (data / "iowa-electricity.csv").read_text("utf-8").splitlines()
    lines[5] = lines[5].rsplit(",", 1)[0]  # a cell is missing
    lines[9] += ",see note"  # one cell too many
    lines[14] = lines[14].split(",", 1)[0]  # one cell only
    lines[20] = lines[20].replace("Nuclear Energy", '"Nuclear" Energy')  # text after a closing quote
    lines[26] += ",,"  # two empty cells too many
    date, source, amount = lines[40].split(",")
    lines[40] = f'{date},"{source}'  # a quote that only the next quoted cell ends
    lines[41] = f'{amount} and all of the next line",{amount}'
    lines[-1] = lines[-1].replace("Renewables", '"Renewables')  # a quote that nothing ends
    (SAMPLES / "ragged.csv").write_text("\n".join(lines) + "\n", "utf-8")


def write_json(data: Path) -> None:
    """An array of records, GeoJSON, and newline-delimited JSON: sound, compressed, and damaged as logs are."""
    shutil.copyfile(data / "us-state-capitals.json", SAMPLES / "state-capitals.json")
    quakes = json.loads((data / "earthquakes.json").read_text("utf-8"))
    quakes["features"] = quakes["features"][:300]
    (SAMPLES / "earthquakes.geojson").write_text(json.dumps(quakes, ensure_ascii=False, indent=1) + "\n", "utf-8")
    with (data / "airports.csv").open(newline="", encoding="utf-8") as file:
        airports = [as_nested(row) for row in csv.DictReader(file)]
    (SAMPLES / "airports.ndjson.gz").write_bytes(gzip.compress(lines(airports), 9, mtime=0))
    with (data / "seattle-weather.csv").open(newline="", encoding="utf-8") as file:
        days = list(csv.DictReader(file))[:60]
    damaged = lines(days).decode().splitlines()
    damaged[4] = damaged[4][:-20]  # cut off, as by a full disk
    damaged[9] = damaged[9].replace('"', "'")  # Python's repr instead of JSON
    damaged[14] = damaged[14].replace("}", ", }")  # a trailing comma
    damaged[19:21] = [damaged[19] + damaged[20]]  # a line break lost: two values on a line
    damaged[24] = ""  # a blank line is no record
    damaged[29] = damaged[29].replace('"wind": "', '"wind": NaN, "gust": "')
    damaged[34] = damaged[34].replace('"rain"', '"ra\tin"').replace('"sun"', '"s\tun"')  # a tab inside a string
    (SAMPLES / "damaged.ndjson").write_text("\n".join(damaged) + "\n", "utf-8")


def as_nested(row: dict[str, str]) -> dict[str, object]:
    """An airport with its place in an object of its own."""
    place = {"latitude": float(row["latitude"]), "longitude": float(row["longitude"])}
    return {**{key: row[key] for key in ("iata", "name", "city", "state", "country")}, "location": place}


def lines(records: Iterable[object]) -> bytes:
    """One record a line."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


ODDITIES = r"""// What JSON can hold that many programs get wrong. Comments and trailing commas: this is JSONC.
{
  "large integer": 123456789012345678901234567890,
  "exact decimal": 0.1000000000000000055511151231257827,
  "exponents": [1e400, -0.0, 1E-7, 2e+3],
  "twice": "the first",
  "twice": "the second", // the same name again
  "escapes": "\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00",
  "lone surrogate": "\ud800 stays",
  "NUL": "a\u0000b",
  "scripts": ["Ελληνικά", "Русский", "日本語", "עברית", "😀"],
  "": "an empty name",
  "a/b~c'd\"e": "a name that paths have to quote",
  "empty": [{}, [], "", null], /* nothing,
                                  four times */
  "deep": [[[[[[[["eight down"]]]]]]]],
}
"""


def write_oddities() -> None:
    """A document written by us."""
    (SAMPLES / "oddities.jsonc").write_text(ODDITIES, "utf-8")


def write_from_facts() -> None:
    """The files made of facts nobody owns."""
    facts: dict[str, list[Row]] = json.loads(FACTS.read_text("utf-8"))
    write("amendments.csv", facts["amendments"], end="\r\n")
    planets = map(decimal_comma, facts["planeten"])
    write("planeten.csv", planets, delimiter=";", encoding="utf-8-sig", end="\r\n")
    write("hauptstaedte-windows1252.csv", facts["hauptstaedte"], delimiter=";", encoding="cp1252", end="\r\n")
    write("elements-utf16.csv", facts["elements"], encoding="utf-16", end="\r\n")


def decimal_comma(row: Row) -> Row:
    """The row with its numbers as much of Europe writes them."""
    return [str(value).replace(".", ",") if isinstance(value, float) else value for value in row]


def write(name: str, rows: Iterable[Row], *, delimiter: str = ",", encoding: str = "utf-8", end: str = "\n") -> None:
    """Writes rows as delimited text; `utf-16` is little-endian with a byte order mark on every machine."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    content = "\ufeff" + text.getvalue() if encoding == "utf-16" else text.getvalue()
    (SAMPLES / name).write_bytes(content.encode("utf-16-le" if encoding == "utf-16" else encoding))


if __name__ == "__main__":
    sys.exit(main())
