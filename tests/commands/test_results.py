"""What a command returned: checked, never rounded, and kept no longer than the server."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from thoth_ls.commands.results import KEPT, MAX_RECORDS, ResultFiles, read_records
from thoth_ls.errors import FileUnwritable, PluginInvalid

PLUGIN = "com.example.counter"


def problem(text: object) -> str:
    """Why a text is no result."""
    with pytest.raises(PluginInvalid) as caught:
        read_records(PLUGIN, text)
    return str(caught.value)


def test_records_are_what_was_returned() -> None:
    """Digits, names that stand twice and the order of members stay; line ends between values go."""
    records = '[ {"n":12345678901234567890.10e-400, "n" : -0.0},\n{}\t,{"a":\n[1]}]'
    text = f' {{ "took" : [1, {{"records": 2}}],\r\n "records" : {records}\n}} '
    assert read_records(PLUGIN, text) == ['{"n":12345678901234567890.10e-400, "n" : -0.0}', "{}", '{"a": [1]}']
    assert read_records(PLUGIN, '{"records":[]}') == []
    assert read_records(PLUGIN, '{"records":[{"t":"\\n\\ud800\u2028"}]}') == ['{"t":"\\n\\ud800\u2028"}']
    digits = "9" * 10_000
    assert read_records(PLUGIN, f'{{"records":[{{"n":{digits}}}]}}') == [f'{{"n":{digits}}}']


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "did not return text"),
        ("", "not an object"),
        ("[]", "not an object"),
        ("{}", "no member `records`"),
        ('{"rows":[]}', "no member `records`"),
        ('{"records":{}}', "`records` is not an array"),
        ('{"records":[1]}', "record 1 is not an object"),
        ('{"records":[{},"x"]}', "record 2 is not an object"),
        ('{"records":[],"records":[]}', "stands in it twice"),
        ('{"records":[{}]', "is missing"),
        ('{"records":[{}', "is missing"),
        ('{"records":[{},]}', "not JSON"),
        ('{"records":[{}],}', "not JSON"),
        ('{"records":[{}]}x', "something follows"),
        ('{"records":[{"a":NaN}]}', "NaN is no number"),
        ('{"records":[{"a":\x00}]}', "not JSON"),
        ('{"records":[{"a":"line\nend"}]}', "not JSON"),
        ('{1:[],"records":[]}', "a member has no name"),
        ('{"records" []}', "a member has no value"),
        ('{"records":[{"a":' + "[" * 100_000, "nested too deeply"),
        ('{"x":' + "[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_result_is_refused_with_a_sentence(text: object, said: str) -> None:
    """Whatever a plugin says, it ends in an error of its own."""
    assert said in problem(text)
    assert problem(text).startswith(f"plugin {PLUGIN}: plugin-cli.run ")


def test_a_million_records_are_read_in_seconds() -> None:
    """Nothing is made of the values; more than two million are refused."""
    one = ",".join(['{"number":1,"even":false}'] * 1_000_000)
    began = time.perf_counter()
    assert len(read_records(PLUGIN, f'{{"records":[{one}]}}')) == 1_000_000
    assert time.perf_counter() - began < 20
    assert f"{MAX_RECORDS:,} are allowed" in problem('{"records":[' + ",".join(["{}"] * (MAX_RECORDS + 1)) + "]}")


def test_a_result_is_a_private_file_of_lines(tmp_path: Path) -> None:
    """Named after the command, readable by nobody else, gone at the end."""
    results = ResultFiles(tmp_path / "results")
    first, second = results.write("count", ['{"a":1}', '{"a":"é"}']), results.write("..", [])
    assert (first.name, second.name) == ("count-1.ndjson", "..-2.ndjson")
    assert first.read_bytes() == '{"a":1}\n{"a":"é"}\n'.encode()
    assert first.parent == second.parent
    assert first.parent.parent == tmp_path / "results"
    if hasattr(os, "getuid"):
        assert first.parent.stat().st_mode & 0o077 == 0
    results.close()
    assert list((tmp_path / "results").iterdir()) == []
    results.close()


def test_the_oldest_results_make_room(tmp_path: Path) -> None:
    """A task that runs every minute does not fill the disk."""
    results = ResultFiles(tmp_path)
    paths = [results.write("x", [json.dumps({"n": number})]) for number in range(KEPT + 3)]
    assert [path.exists() for path in paths[:4]] == [False, False, False, True]
    assert sum(path.exists() for path in paths) == KEPT


def test_results_of_servers_that_are_gone_are_swept(tmp_path: Path) -> None:
    """A server that was killed leaves nothing for good; those of one that runs stay."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for folder in (tmp_path / f"{ended.pid}-ab", tmp_path / f"{os.getpid()}-cd"):
        folder.mkdir()
        (folder / "count-1.ndjson").write_text("{}\n")
    ResultFiles(tmp_path).write("x", ["{}"])
    names = {path.name for path in tmp_path.iterdir()}
    assert f"{ended.pid}-ab" not in names
    assert f"{os.getpid()}-cd" in names


def test_a_result_that_cannot_be_kept_says_so(tmp_path: Path) -> None:
    """What is in the way is named."""
    (tmp_path / "results").write_text("a file")
    with pytest.raises(FileUnwritable, match="results"):
        ResultFiles(tmp_path / "results").write("x", ["{}"])
