"""Names of encodings."""

from __future__ import annotations

import codecs

import pytest

from thoth_ls.documents.encodings import _COMMON, codec_name, common_name, offer_encodings
from thoth_ls.errors import UnknownEncoding
from thoth_ls.wire.documents import Choice, OpenOption


@pytest.mark.parametrize(("codec", "name", "label"), _COMMON)
def test_every_offered_encoding_is_one_python_knows(codec: str, name: str, label: str) -> None:
    """The table spells Python's names out; they have to be right, and the labels tell them apart."""
    assert codec_name(name) == codec == codecs.lookup(name).name
    assert [item[2] for item in _COMMON].count(label) == 1


@pytest.mark.parametrize(("name", "codec"), [("Latin1", "iso8859-1"), (" UTF8 ", "utf-8"), ("Windows-1252", "cp1252")])
def test_aliases_are_one_encoding(name: str, codec: str) -> None:
    """However people write it."""
    assert codec_name(name) == codec


@pytest.mark.parametrize(
    "name", ["rot13", "hex", "base64", "bz2", "zlib", "quopri", "uu", "idna", "punycode", "undefined"]
)
def test_codecs_that_do_not_decode_files_are_refused(name: str) -> None:
    """They are codecs to Python, but not encodings of text."""
    with pytest.raises(UnknownEncoding, match="not an encoding of text"):
        codec_name(name)


@pytest.mark.parametrize(("name", "near"), [("windows1252x", "windows-1252"), ("ut8", "utf-8"), ("shiftjs", "shift")])
def test_a_misspelt_name_gets_suggestions(name: str, near: str) -> None:
    """The error says what to write instead."""
    with pytest.raises(UnknownEncoding, match=f"Did you mean .*{near}"):
        codec_name(name)


@pytest.mark.parametrize("name", ["", "\0", "x" * 100_000, "\ud800", "os.path", "../utf-8", "utf-8\nx"])
def test_junk_is_refused_readably(name: str) -> None:
    """Whatever a client sends, one error comes back, and it can be sent."""
    with pytest.raises(UnknownEncoding) as caught:
        codec_name(name)
    assert len(str(caught.value).encode()) < 700


def test_plugins_are_told_the_name_most_programs_know() -> None:
    """`windows-1252`, not `cp1252`; rare codecs keep Python's name."""
    assert common_name("cp1252") == "windows-1252"
    assert common_name("iso8859-1") == "iso-8859-1"
    assert common_name("utf-16-le") == "utf-16le"
    assert common_name("cp1140") == "cp1140"


def encoding_option(value: str, *choices: str) -> OpenOption:
    """What a plugin says."""
    offered = [Choice(value=choice, label=choice.upper()) for choice in choices]
    return OpenOption(key="encoding", label="Character set", value=value, choices=offered)


def test_the_plugins_choices_come_first_and_once() -> None:
    """The host adds what it can transcode, not what the plugin offers under another name."""
    (option,) = offer_encodings([encoding_option("utf-8", "utf-8", "latin-1")], None)
    values = [choice.value for choice in option.choices]
    assert values[:2] == ["utf-8", "latin-1"]
    assert "iso-8859-1" not in values
    assert "shift_jis" in values
    assert (option.label, option.value) == ("Character set", "utf-8")


def test_the_users_encoding_is_the_value_in_force() -> None:
    """The plugin reads UTF-8 then, which is nobody's concern; the value is one of the choices."""
    (option,) = offer_encodings([encoding_option("utf-8", "utf-8")], "SJIS")
    assert option.value == "shift_jis"
    (option,) = offer_encodings([encoding_option("utf-8", "utf-8")], "cp1140")
    assert option.value == "cp1140"
    assert option.choices[-1].value == "cp1140"


def test_files_without_text_get_no_encodings() -> None:
    """Unless one was asked for."""
    other = OpenOption(key="table", label="Table", value="a", choices=[])
    assert offer_encodings([other], None) == [other]
    assert [option.key for option in offer_encodings([other], "koi8-r")] == ["table", "encoding"]
