"""No error is forgotten on its way to the client."""

import pytest

from thoth_ls.errors import ErrorKind, Limit, PluginLimitHit, ThothError
from thoth_ls.lsp.errors import CODES, response_error


def tree(error: type[ThothError]) -> list[type[ThothError]]:
    """The class and everything below it."""
    return [error, *(below for child in error.__subclasses__() for below in tree(child))]


def test_every_error_kind_has_a_code_of_its_own() -> None:
    """A new ErrorKind cannot ship without a JSON-RPC code."""
    assert set(ErrorKind) == set(CODES)
    assert len(set(CODES.values())) == len(CODES)


def test_every_kind_is_raised_by_one_class() -> None:
    """The tree and the kinds agree; bases in between have the kind of a fault of ours."""
    kinds = [error.kind for error in tree(ThothError) if "kind" in vars(error)]
    assert sorted(kinds) == sorted(ErrorKind)


def test_facts_travel_with_the_error() -> None:
    """A program can switch on the limit without reading the sentence."""
    answer = response_error(PluginLimitHit("com.x", "page", Limit.FUEL, "5,000,000,000"), "thoth/document/page")
    assert answer.data == {"kind": "pluginLimitHit", "pluginId": "com.x", "export": "page", "limit": "fuel"}
    assert all(word in answer.message for word in ("com.x", "page", "fuel"))


def test_a_fault_of_ours_shows_no_traceback(caplog: pytest.LogCaptureFixture) -> None:
    """What a person cannot use goes to the log."""
    answer = response_error(KeyError("secret path"), "thoth/document/open")
    assert "secret" not in answer.message
    assert answer.data == {"kind": "internal"}
    assert "secret path" in caplog.text
