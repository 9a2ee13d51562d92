"""A file read in parts is the same as one read in one go."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoth_ls.errors import PluginRefused

from . import lines
from .conftest import JsonPlugin, Opened

MIB = 1 << 20
LINES = {"format": "lines"}


def what_it_shows(opened: Opened, rng: random.Random) -> dict[str, Any]:
    """Everything that depends on the index, at places chosen by `rng`."""
    size, records = opened.progress.bytes_total, opened.progress.records
    offsets = [rng.randrange(size + 1) for _ in range(10)]
    starts = [rng.randrange(records + 1) for _ in range(10)]
    return {
        "progress": opened.progress,
        "problems": opened.problems(),
        "located": [opened.json("tree-loader", "locate", offset) for offset in offsets],
        "records": [opened.json("tree-loader", "roots", start, 2) for start in starts],
    }


def read_in_parts(main: Opened, surveyor: Opened, rng: random.Random, advancing: float = 0.0) -> Opened:
    """Takes over surveys of parts of any size, now and then reading on a little in between."""
    size = main.progress.bytes_total
    while not main.progress.done:
        begin = main.progress.bytes_done
        if begin == size or rng.random() < advancing:
            main.advance(rng.choice((1, 100_000)))
            continue
        end = min(size, begin + rng.choice((1, 100, 65_536, 200_000, MIB)))
        survey = surveyor.call("segmented-loader", "survey", begin, end)
        assert len(survey) < MIB
        main.progress = main.step("segmented-loader", "accept", survey)
        assert main.progress.bytes_done == end or main.progress.done
    return main


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 2**32), st.sampled_from((0.0, 0.3)))
def test_parts_of_any_size_make_the_same_index(json_plugin: JsonPlugin, file: int, seed: int, advancing: float) -> None:
    """Counts, problems, records and places, whether parts begin within lines or at them."""
    data = b'{"filler":[1,2]}\n' * (MIB // 17 + 1) + lines.make(file).data  # `open` itself reads the first MiB
    plain = json_plugin.open(data, LINES, instance=0).read_on()
    main, surveyor = (json_plugin.open_again(LINES, instance=number) for number in (1, 2))
    assert main.call("segmented-loader", "segmented") is True
    read_in_parts(main, surveyor, random.Random(seed), advancing)
    assert what_it_shows(main, random.Random(seed)) == what_it_shows(plain, random.Random(seed))


def test_a_line_longer_than_all_parts_is_one_record(json_plugin: JsonPlugin) -> None:
    """Parts in which no line begins are empty, and the record is not torn."""
    data = b'{"a":1}\n' * 200_000 + b'{"long":"' + b"x" * (3 * MIB) + b'"}\n{"b":2}\n'
    plain = json_plugin.open(data, LINES, instance=0).read_on()
    main, surveyor = (json_plugin.open_again(LINES, instance=number) for number in (1, 2))
    read_in_parts(main, surveyor, random.Random(1))
    assert main.progress == plain.progress
    assert main.progress.records == 200_002


def test_a_survey_that_does_not_fit_changes_nothing(json_plugin: JsonPlugin) -> None:
    """One of another place, one that is damaged, and one that comes twice."""
    data = b'{"a":1}\n' * 400_000
    main = json_plugin.open(data, LINES, instance=1)
    surveyor = json_plugin.open_again(LINES, instance=2)
    begin = main.progress.bytes_done
    good = surveyor.call("segmented-loader", "survey", begin, begin + MIB)
    later = surveyor.call("segmented-loader", "survey", begin + MIB, begin + 2 * MIB)
    head, rest = good.split("\n", 1)
    numbers = head.split(" ")
    damaged = [
        " ".join([*numbers[:at], str(int(numbers[at]) + 3), *numbers[at + 1 :]]) + "\n" + rest for at in (1, 3, 4)
    ]
    for survey in ("", "x", "h 1 2", good[:-20], good + "k 1 2\n", later, *damaged):
        before = main.progress
        with pytest.raises(PluginRefused):
            main.step("segmented-loader", "accept", survey)
        assert main.step("segmented-loader", "accept", f"h {begin} {begin} {begin} {begin} 0 0 0\n") == before
    main.progress = main.step("segmented-loader", "accept", good)
    with pytest.raises(PluginRefused):
        main.step("segmented-loader", "accept", good)
    main.progress = main.step("segmented-loader", "accept", later)
    assert main.read_on().progress.records == 400_000


def test_only_files_of_lines_are_read_in_parts(json_plugin: JsonPlugin) -> None:
    """An array has no places to begin at."""
    opened = json_plugin.open(b"[1,2,3]", instance=1)
    assert opened.call("segmented-loader", "segmented") is False
    with pytest.raises(PluginRefused):
        opened.call("segmented-loader", "survey", 0, 5)
