"""What is said of a manifest: the line, the key, what was expected; errors and warnings."""

import pytest

from thoth_ls.catalog.manifest import CheckedManifest, check_manifest, check_text

GOOD = """id = "org.example.p"
name = "P"
version = "1.0.0"
description = ""
author = ""
capabilities = []
"""


def said(text: str) -> list[str]:
    """All problems of the good manifest with that text after it."""
    return [str(problem) for problem in check_text(GOOD + text).problems]


def test_a_good_manifest_has_no_problems() -> None:
    """Nothing is said for the sake of saying something."""
    checked = check_manifest(GOOD.encode())
    assert (checked.problems, checked.declared_id) == ((), "org.example.p")
    assert checked.manifest is not None


@pytest.mark.parametrize(
    ("text", "line", "key", "meant"),
    [
        ("licence = 'MIT'", 7, "licence", "license"),
        ("keyword = []", 7, "keyword", "keywords"),
        ("zebra = 1", 7, "zebra", None),
        ("[future]\nx = 1", 7, "future", None),
        ("[permission]", 7, "permission", "permissions"),
        ("[permissions]\nfile_dialog = {}", 8, "permissions.file_dialog", "file-dialog"),
        ('[[setting]]\nkey="a"\ntype="string"\ndefalt=""', 10, "setting[0].defalt", "default"),
        ("[network]\nallowed-domains = []", 8, "network.allowed-domains", "allowed_domains"),
    ],
)
def test_an_unknown_key_is_a_warning_with_a_suggestion(text: str, line: int, key: str, meant: str | None) -> None:
    """The plugin works: a manifest may say more than this version understands."""
    checked = check_text(GOOD + text)
    assert checked.manifest is not None
    question = f"; did you mean {meant}?" if meant else ""
    assert checked.warnings == [f"plugin.toml:{line}: {key}: is not a key that Thoth knows{question}"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"1.0.0"', '"1"', "plugin.toml:3: version: expected major.minor.patch"),
        ('author = ""', 'author = ""\nhomepage = "file:///etc/passwd"', "plugin.toml:6: homepage: expected an address"),
        ("[]", '["exporter"]', 'plugin.toml:6: capabilities: names "exporter", but there is no section exporter'),
        ("[]", '["file-loader"]', 'plugin.toml:6: capabilities: names "file-loader", but there is no section'),
        ("[]", '["cli", "cli"]', "plugin.toml:6: capabilities: names a capability twice"),
        ("[]\n", '[]\n[exporter]\noutput_extension = "csv"\n', "plugin.toml:7: exporter: has no effect: capabilities"),
        ("[]\n", '[]\n[permissions]\n[[setting]]\nkey = "a"\ntype = "secret"\n', "plugin.toml:8: setting[0]: is a se"),
        ("[]\n", '[]\n[network]\nallowed_domains = ["*"]\n[permissions]\n', "plugin.toml:8: network.allowed_"),
    ],
)  # fmt: skip
def test_what_has_no_effect_is_a_warning(old: str, new: str, expected: str) -> None:
    """It is not what its author meant, and it harms nobody."""
    checked = check_text(GOOD.replace(old, new))
    assert checked.manifest is not None
    (warning,) = checked.warnings
    assert warning.startswith(expected)


def test_every_error_is_told_with_its_line() -> None:
    """In the order of the file, errors before warnings."""
    assert said('zebra = 1\nlicense = 5\nkeywords = "x"\n[permissions]\nheadless = { reason = "" }') == [
        "plugin.toml:8: license: expected a text, found 5",
        'plugin.toml:9: keywords: expected a list of texts, found "x"',
        "plugin.toml:11: permissions.headless.reason: expected a text that is not empty",
        "plugin.toml:7: zebra: is not a key that Thoth knows",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[]", '["file-loadr"]', ', found "file-loadr"; did you mean file-loader?'),
        ("[]", "5", "plugin.toml:6: capabilities: expected a list of texts, found 5"),
        ('"P"', "true", "plugin.toml:2: name: expected a text, found true"),
        ('"P"', "2020-01-01", "plugin.toml:2: name: expected a text, found a date or time"),
        ('"P"', '""', "plugin.toml:2: name: expected a text that is not empty"),
        ('"P"', f'"{"x" * 5000}"', "plugin.toml:2: name: expected a text of at most 4096 characters"),
        ('"P"', "{}", "plugin.toml:2: name: expected a text, found a table"),
        ("[]", "[]\nfile-loader = 3", "plugin.toml:7: file-loader: expected a list of tables, found 3"),
        ("[]", "[]\n[network]\nrate_limit_rpm = -1", "expected a whole number from 0 to 4294967295, found -1"),
        ("[]", "[]\n[permissions]\ntcp = { hosts = [], reason = 'r' }", "tcp.hosts: expected a list of texts with"),
        ('id = "org.example.p"\n', "", "plugin.toml:1: id: is missing; expected a text like com.example.my-plugin"),
    ],
)  # fmt: skip
def test_an_error_says_what_was_expected_and_what_is_there(old: str, new: str, expected: str) -> None:
    """In words of the file, not of the program that reads it."""
    checked = check_text(GOOD.replace(old, new))
    assert checked.manifest is None
    (error,) = checked.errors
    assert expected in error


def test_many_unknown_keys_are_counted() -> None:
    """A file full of them does not fill the list."""
    warnings = said("".join(f"unknown{number} = 1\n" for number in range(1_000)))
    assert len(warnings) == 21
    assert warnings[-1] == "plugin.toml:27: unknown20: and 979 further keys are not known either"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = ", "plugin.toml:7: is not valid TOML: invalid value, and the file ends there"),
        ("x = [1,", "plugin.toml:7: is not valid TOML:"),
        ("x y", "plugin.toml:7: is not valid TOML:"),
        ("\n\nname = 'again'", "plugin.toml:9: is not valid TOML:"),
        ("x = 1\0", "plugin.toml:7: is not valid TOML:"),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(text: str, expected: str) -> None:
    """And nothing else is: the rest cannot be known."""
    (problem,) = said(text)
    assert problem.startswith(expected)


def test_bytes_that_are_no_utf_8_are_told_with_their_line() -> None:
    """They may be anywhere in the file."""
    checked = check_manifest(GOOD.encode() + b'license = "\xff"\n')
    assert checked.errors == ["plugin.toml:7: expected text in UTF-8, found other bytes"]


def test_lines_may_end_as_on_windows_and_a_mark_may_begin_the_file() -> None:
    """Editors there write both."""
    assert check_manifest(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()).manifest is not None
    assert "plugin.toml:2: name" in check_manifest(GOOD.replace("\n", "\r\n").replace('"P"', "1").encode()).errors[0]


def test_the_id_is_known_although_something_else_is_wrong() -> None:
    """A plugin that is broken while somebody works on it stays the same plugin."""
    assert check_text(GOOD.replace('"P"', "1")).declared_id == "org.example.p"
    assert check_text('api = "9"\n' + GOOD).declared_id == "org.example.p"
    for bad in ('"../x"', "5", '"x"'):
        assert check_text(GOOD.replace('"org.example.p"', bad)).declared_id is None


def test_each_problem_has_its_place() -> None:
    """For an editor that underlines it: of an error the value, of an unknown key the key."""
    text = GOOD.replace('"P"', "77") + "zebra = 1\n"
    checked: CheckedManifest = check_text(text)
    assert [text[problem.span.start : problem.span.end] for problem in checked.problems] == ["77", "zebra"]
