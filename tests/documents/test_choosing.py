"""Which plugin opens a file, what happens when it cannot, and what is offered instead."""

import gzip
from typing import Any

import pytest

from tests.documents.conftest import Bench
from tests.fakes import PLUGIN_ID, FakeLoader
from thoth_ls.documents.source import Candidate, Match
from thoth_ls.errors import Limit as LimitKind
from thoth_ls.errors import NoLoader, PluginInvalid, PluginLimitHit, PluginRefused, PluginTrapped
from thoth_ls.wire.views import LoadersParams

FAILURES = [
    PluginRefused(PLUGIN_ID, "this is HTML"),
    PluginTrapped(PLUGIN_ID, "paged-loader.open", "unreachable"),
    PluginInvalid(PLUGIN_ID, "its component is damaged"),
    PluginLimitHit(PLUGIN_ID, "paged-loader.open", LimitKind.FUEL, "5,000,000,000"),
]


def add(bench: Bench, match: Match, name: str, failure: BaseException | None = None) -> FakeLoader:
    """One more loader, behind those there are."""
    loader = FakeLoader(name=name)
    loader.extensions = ("lines", "text")
    if failure is not None:
        loader.behaviour.failures["open"] = failure
    bench.loaders.further.append(Candidate(loader, match))
    return loader


async def offered(bench: Bench, name: str, content: bytes = b"a,b\n") -> list[dict[str, Any]]:
    """What can open a file."""
    path = bench.file(name, content)
    found = await bench.documents.loaders(LoadersParams(uri=path.as_uri()))
    return [choice.model_dump() for choice in found.loaders]


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
async def test_the_next_plugin_opens_what_the_first_cannot(bench: Bench, failure: BaseException) -> None:
    """And a note says which one failed, and why."""
    bench.loader.behaviour.failures["open"] = failure
    other = add(bench, "name", "Other")
    opened = await bench.open(bench.file())
    assert opened.notes[-1] == f"Lines could not open the file, so that Other shows it. {failure}."
    assert len(other.sources) == 1
    assert bench.source.closed


async def test_a_plugin_that_cannot_even_be_started_is_passed_over_too(bench: Bench) -> None:
    """Its component may not compile."""
    bench.loader.failure = PluginInvalid(PLUGIN_ID, "is not WebAssembly")
    add(bench, "content", "Other")
    assert (await bench.open(bench.file())).notes[-1].startswith("Lines could not open the file, so that Other")


async def test_a_plugin_that_was_asked_for_is_not_replaced(bench: Bench) -> None:
    """Whoever chooses one wants to know what it says; so does who tells it how to read the file."""
    bench.loader.behaviour.failures["open"] = PluginRefused(PLUGIN_ID, "this is HTML")
    other = add(bench, "name", "Other")
    path = bench.file()
    with pytest.raises(PluginRefused, match="this is HTML"):
        await bench.open(path, plugin_id=PLUGIN_ID)
    with pytest.raises(PluginRefused, match=r"this is HTML$"):
        await bench.open(path, options={"delimiter": ";"})
    assert other.sources == []


async def test_a_refusal_says_what_can_be_done(bench: Bench) -> None:
    """The plugin's own sentence, then other ways to look at the file."""
    bench.loader.behaviour.failures["open"] = PluginRefused(PLUGIN_ID, "this is HTML")
    add(bench, "content", "Other", PluginRefused("com.example.other", "not mine"))
    with pytest.raises(PluginRefused) as caught:
        await bench.open(bench.file())
    assert str(caught.value) == (
        f"plugin {PLUGIN_ID}: this is HTML. If its name is misleading, open it with another plugin (Open With), or as"
        " text."
    )


async def test_a_file_of_unknown_name_is_opened_by_its_content(bench: Bench) -> None:
    """Plugins that judge by the content are asked, those that open anything are not."""
    refusing = add(bench, "content", "First", PluginRefused("com.example.first", "not mine"))
    add(bench, "content", "Second")
    opened = await bench.open(bench.file("table.odd"))
    assert opened.notes[-1] == "The file's name does not say so, but its content is what Second opens."
    assert [source.closed for source in refusing.sources] == [True]
    assert bench.loader.sources == []


async def test_where_only_the_content_speaks_for_a_plugin_it_has_to_be_sound(bench: Bench) -> None:
    """Many a text begins like something else. Whoever chooses the plugin gets the file with its problems."""
    other = add(bench, "content", "Other")
    other.behaviour.malformed_rows = frozenset({0})
    path = bench.file("table.odd")
    with pytest.raises(NoLoader, match=r"line 1 is not well formed: too few cells\. Choose the plugin \(Open With\)"):
        await bench.open(path)
    assert [item["match"] for item in await offered(bench, "table.odd")] == ["other"]
    other.behaviour.malformed_rows = frozenset()
    other.rows = []
    with pytest.raises(NoLoader, match="there are no records in it"):
        await bench.open(path)


async def test_a_name_without_an_ending_is_no_misleading_one(bench: Bench) -> None:
    """Then the content is all there is."""
    add(bench, "content", "Other")
    assert (await bench.open(bench.file("table"))).notes == ["a note of the plugin"]


async def test_a_file_that_nobody_opens_is_said_to_be_so(bench: Bench) -> None:
    """With the endings that are known, and what those said that looked into it."""
    with pytest.raises(NoLoader, match=r"^no plugin opens table\.odd: files ending in csv can be opened$"):
        await bench.open(bench.file("table.odd"))
    add(bench, "content", "First", PluginRefused("com.example.first", "not mine"))
    with pytest.raises(NoLoader, match=r"files ending in csv, lines, text can be opened\. plugin .*first: not mine\.$"):
        await bench.open(bench.file("table.odd"))


async def test_nobody_judges_by_the_content_of_an_empty_file(bench: Bench) -> None:
    """Whoever it is made for opens it; otherwise it is of no kind."""
    other = add(bench, "content", "Other")
    assert (await bench.open(bench.file("table.csv", b""))).plugin_name == "Lines"
    with pytest.raises(NoLoader):
        await bench.open(bench.file("table.odd", b""))
    assert [item["match"] for item in await offered(bench, "table.odd", b"")] == ["other", "other"]
    assert other.sources == []


async def test_a_compressed_file_is_unpacked_once_for_all_who_try(bench: Bench) -> None:
    """A temporary file can be large; and for a plugin that may refuse it, only the beginning is unpacked."""
    content = b"a,b\n" * 1_000_000
    bench.loader.behaviour.failures["open"] = PluginRefused(PLUGIN_ID, "no")
    other = add(bench, "content", "Other")
    opened = await bench.open(bench.file("table.csv.gz", gzip.compress(content, 1)))
    first, look, last = bench.loader.sources[0], *other.sources
    assert first.path == last.path != look.path
    assert opened.progress.records == 1_000_000
    assert 2**20 <= len(look.rows) * 4 < 2 * 2**20
    assert look.closed


async def test_what_can_open_a_file_is_listed_best_first(bench: Bench) -> None:
    """With the reason; a plugin that judges by the content is listed where it opens the file."""
    add(bench, "content", "Refusing", PluginRefused("com.example.first", "not mine"))
    add(bench, "content", "Opening")
    add(bench, "other", "Willing")
    found = await offered(bench, "table.csv.gz", gzip.compress(b"a,b\n"))
    assert [(item["name"], item["match"], item["default"]) for item in found] == [
        ("Lines", "name", True),
        ("Opening", "content", False),
        ("Willing", "other", False),
    ]
    assert [item["reason"] for item in found] == [
        "Opens files ending in .csv.",
        "The content of the file is of its kind.",
        "Made for files ending in .lines, .text; choose it where the name of the file is misleading.",
    ]
    assert [item["default"] for item in await offered(bench, "table.odd")] == [True, False, False]


async def test_a_plugin_that_only_might_do_is_nobodys_default(bench: Bench) -> None:
    """It is offered all the same."""
    assert [(item["match"], item["default"]) for item in await offered(bench, "table.odd")] == [("other", False)]


async def test_a_setting_that_cannot_be_followed_is_told(bench: Bench) -> None:
    """The file opens without it."""
    bench.loaders.notes.append("The setting names nobody.")
    assert (await bench.open(bench.file())).notes == ["a note of the plugin", "The setting names nobody."]


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be", "utf-32-le"])
async def test_a_marked_encoding_is_seen_in_compressed_files_too(bench: Bench, mark: str) -> None:
    """Where the plugin does not decode it itself, the file is transcoded for it."""
    content = "\ufeffä,b\n".encode(mark)
    for path in (bench.file("table.csv", content), bench.file("table.csv.gz", gzip.compress(content))):
        opened = await bench.open(path)
        assert opened.first_page.rows in ('[["\\u00e4", "b"]]', '[["\\ufeff\\u00e4", "b"]]')
