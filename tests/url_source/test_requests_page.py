"""The page about requests says what is so."""

import re
from pathlib import Path

from rest import dynamic
from tests.url_source.recorder import ADDED

PAGE = (Path(__file__).parents[2] / "docs" / "rest-requests.md").read_text("utf-8")


def test_every_dynamic_variable_is_there() -> None:
    assert set(re.findall(r"\{\{(\$\w+)", PAGE)) - {"$name", "$secret"} == set(dynamic.names())


def test_what_is_not_compared_with_curl_is_there() -> None:
    said = PAGE.partition("Not compared")[2].partition("\n\n")[0].lower()
    assert [name for name in ADDED if f"`{name}`" not in said] == []
