"""What fits at a place of a `plugin.toml`, and what stands there means. The place is marked with `|`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoth_ls.authoring.completing import explanation, proposals
from thoth_ls.catalog import schema


def at(marked: str) -> tuple[str, int]:
    """The text without its mark, and where that was."""
    offset = marked.index("|")
    return marked[:offset] + marked[offset + 1 :], offset


def labels(marked: str) -> list[str]:
    """What is proposed."""
    return [item.label for item in proposals(*at(marked))[2]]


def completed(marked: str, label: str, *, snippet: bool = False) -> str:
    """The text once a proposal was taken."""
    text, offset = at(marked)
    start, end, items = proposals(text, offset)
    item = next(item for item in items if item.label == label)
    return text[:start] + (item.snippet if snippet else item.text) + text[end:]


def explained(marked: str) -> tuple[str, str, str] | None:
    """Title, meaning and facts of what stands there."""
    found = explanation(*at(marked))
    return None if found is None else (found[2].title, found[2].meaning, found[2].facts)


def test_an_empty_file_offers_what_it_has_to_have_first() -> None:
    """Then what it may have, then sections."""
    found = labels("|")
    assert found[:6] == ["id", "name", "version", "description", "author", "capabilities"]
    assert found.index("license") < found.index("[network]") < found.index("[permissions]")
    assert {"[[file-loader]]", "[[setting]]"} <= set(found)
    assert "permissions" not in found


def test_what_is_there_is_not_offered_again() -> None:
    """Be it before or behind the place; a list of tables may go on."""
    found = labels('id = "a.b"\n|\nname = "N"\n[permissions]\n[[setting]]\n')
    assert {"id", "name", "[permissions]"}.isdisjoint(found)
    assert {"version", "[[setting]]"} <= set(found)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[permissions]\n|", ["network", "tcp", "secure-storage", "file-dialog", "open-tabs", "read-datasets"]),
        ("[permissions]\nne|", ["network", "tcp"]),
        ("[permissions]\nnetwork = { | }", ["reason", "hosts"]),
        ('[permissions]\nnetwork = { reason = "r", | }', ["hosts"]),
        ("[[file-loader]]\n|", ["supported-extensions", "file-type", "encodings", "any-extension"]),
        ("[[setting]]\n[[setting]]\n|", ["key", "type", "title", "description"]),
        ("[|", ["data-source", "exporter", "network", "theme", "permissions"]),
        ("[[|", ["file-loader", "setting"]),
        ("[permissions.|", ["network", "tcp", "secure-storage"]),
        ("api = |", ["0.1"]),
        ("[[setting]]\ntype = |", ["string", "number", "integer", "boolean", "enum", "secret"]),
        ("[network]\nrequire_https = |", ["true", "false"]),
        ('capabilities = ["file-loader", "|"]', ["file-viewer", "data-source"]),
        ("capabilities = [\n  # which\n  |", ["file-loader", "file-viewer"]),
        ('[permissions]\ntcp = { hosts = ["|', ["db.example.com:5432", "*:5432"]),
    ],
)
def test_each_place_has_its_own(marked: str, expected: list[str]) -> None:
    """By the table, the key and the kind of value."""
    assert labels(marked)[: len(expected)] == expected


@pytest.mark.parametrize(
    "marked",
    [
        "# |",
        'name = "x" |',
        "name |",
        "zebra = |",
        "[zebra]\nx = |",
        "name = 'it|",
        "[future]\n|x = 1",
        "[permissions]\ntcp = { hosts = ['d|",
    ],
)
def test_nothing_is_invented(marked: str) -> None:
    """Comments, finished values, free texts and tables nobody knows get no keys or values."""
    assert [label for label in labels(marked) if not label.startswith("[")] == []


@pytest.mark.parametrize(
    ("marked", "label", "expected"),
    [
        ("na|", "name", "name = "),
        ("api = |", "0.1", 'api = "0.1"'),
        ('capabilities = ["fi|"]', "file-loader", 'capabilities = ["file-loader"]'),
        ('capabilities = ["fi|', "file-loader", 'capabilities = ["file-loader"'),
        ("[per|]\n", "permissions", "[permissions]\n"),
        ("[[set|", "setting", "[[setting]]"),
        ("x = 1\nse|", "[[setting]]", "x = 1\n[[setting]]\n"),
    ],
)
def test_what_is_taken_replaces_the_word_and_closes_once(marked: str, label: str, expected: str) -> None:
    """Editors add quotes and brackets of their own."""
    assert completed(marked, label) == expected


def test_editors_with_snippets_get_places_to_fill_in() -> None:
    """A need is written in one go."""
    assert completed("[permissions]\n|", "network", snippet=True) == (
        '[permissions]\nnetwork = { hosts = ["$1"], reason = "$2" }'
    )
    assert completed("|", "capabilities", snippet=True) == 'capabilities = ["$1"]'


@pytest.mark.parametrize(
    ("marked", "title", "meaning", "facts"),
    [
        ('i|d = "a.b"', "id", "Reverse-domain name", "A text like com.example.my-plugin, required."),
        ("[perm|issions]", "permissions", "What it needs beyond its sandbox", "A table."),
        ("[permissions]\ntcp = { h|osts = [] }", "hosts", "Which hosts and ports", "A list of texts, required."),
        ("[[setting]]\nty|pe = 'enum'", "type", "What it can be;", "One of string, number"),
        ('capabilities = ["c|li"]', "cli", "Has commands: exports `plugin-cli`.", ""),
        ("[network]\nrate_limit_|rpm = 1", "rate_limit_rpm", "Most requests a minute.", "A whole number, 60 where"),
    ],
)
def test_keys_and_words_are_explained(marked: str, title: str, meaning: str, facts: str) -> None:
    """In the words of the model."""
    found = explained(marked)
    assert found is not None
    assert found[0] == title
    assert found[1].startswith(meaning)
    assert found[2].startswith(facts)


@pytest.mark.parametrize("marked", ["|", "ze|bra = 1", 'name = "so|me"', "# i|d", "id |= 1\n"])
def test_what_is_not_known_is_not_explained(marked: str) -> None:
    """Texts of the author's own, keys of others, comments."""
    found = explained(marked)
    assert found is None or found[0] == "id"


@given(st.text(st.sampled_from("ab[]{}=.\"'\n ,#1"), max_size=40), st.integers(0, 40))
def test_any_text_is_answered(text: str, offset: int) -> None:
    """While it is being written it is mostly wrong."""
    offset = min(offset, len(text))
    start, end, items = proposals(text, offset)
    assert 0 <= start <= offset <= end <= len(text)
    assert len({item.label for item in items}) == len(items)
    explanation(text, offset)


def test_what_is_proposed_is_known() -> None:
    """Every proposal of keys is a key of the schema."""
    assert set(labels("[[setting]]\n|")) >= set(schema.keys_of(("setting",)))
