"""Whatever a manifest says, it is judged: no value makes the judging fail, and nothing that is said grows with it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.test_toml_scan import quoted, values
from thoth_ls.authoring.completing import explanation, proposals
from thoth_ls.catalog import schema
from thoth_ls.catalog.manifest import Setting, check_text
from thoth_ls.catalog.manifest_problems import ManifestProblem

GOOD = {
    "id": '"org.example.p"',
    "name": '"P"',
    "version": '"1.0.0"',
    "description": '""',
    "author": '""',
    "capabilities": "[]",
}
HUGE = ("0x" + "f" * 20_000, "1e400", "-inf", "nan", "9" * 4_000, "1979-05-27", "07:32:00", "1979-05-27T07:32:00Z")


def toml(value: Any) -> str:
    """A value as TOML, numbers also in forms that no JSON has."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{quoted(name)} = {toml(item)}" for name, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else str(value)


@st.composite
def tables(draw: st.DrawFn, path: tuple[str | int, ...] = ()) -> dict[str, Any]:
    """A table with keys that mean something, and values that may be right or wrong."""
    known = schema.keys_of(path)
    chosen = draw(st.lists(st.sampled_from(sorted(known)), unique=True, max_size=len(known)))
    table: dict[str, Any] = {}
    for name in chosen:
        node = known[name]
        kinds: list[st.SearchStrategy[Any]] = [values, st.sampled_from([*schema.choices(node), "a.b", "csv", ""])]
        if node.get("properties"):
            kinds.append(tables((*path, name)))
        elif node.get("items", {}).get("properties"):
            kinds.append(st.lists(tables((*path, name, 0)), max_size=3))
        elif "items" in node:
            kinds.append(st.lists(st.sampled_from([*schema.choices(node["items"]), "a:1", "*", "x"]), max_size=3))
        table[name] = draw(st.one_of(kinds))
    return table


def judged(text: str) -> list[ManifestProblem]:
    """What is said of a manifest, where all is in order with what is said."""
    checked = check_text(text)
    for problem in checked.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert 1 <= problem.line <= text.count("\n") + 1
        assert len(str(problem)) < 6_000
    assert (checked.manifest is None) == bool(checked.errors)
    if checked.manifest is not None:
        manifest = checked.manifest
        assert all(declared.reason for declared in manifest.needs().values())
        assert all(setting.default is None or not setting.problem_with(setting.default) for setting in manifest.setting)
    return list(checked.problems)


@given(tables())
def test_any_table_with_our_keys_is_judged(table: dict[str, Any]) -> None:
    """Right, wrong or odd."""
    text = "".join(f"{quoted(name)} = {toml(value)}\n" for name, value in table.items())
    judged(text)
    middle = len(text) // 2
    proposals(text, middle)
    explanation(text, middle)


@pytest.mark.parametrize("value", HUGE, ids=lambda text: text[:12])
@pytest.mark.parametrize(
    "line",
    [
        *(f"{name} = @" for name in schema.keys_of(())),
        "keywords = [@]",
        "[network]\nrate_limit_rpm = @",
        "[network]\nrequire_https = @",
        "[theme]\nfamily = 'f'\ncatalog = [['a', @]]",
        "[permissions]\nnetwork = { hosts = [@], reason = @ }",
        *(
            f"[[setting]]\nkey = 'k'\ntype = '{kind}'\ndefault = @"
            for kind in ("number", "integer", "string", "secret")
        ),
        "[[setting]]\nkey = 'k'\ntype = 'number'\nminimum = @\nmaximum = 5\ndefault = 3",
        "[[setting]]\nkey = 'k'\ntype = 'enum'\nenum = [@]\ndefault = @",
        "[[setting]]\nkey = @\ntype = @\nsecret = @",
        "unknown = @",
    ],
)
def test_numbers_and_dates_of_any_size_are_judged(line: str, value: str) -> None:
    """Some cannot be made a text, some no number that is compared; each is a mistake like another."""
    known = "".join(f"{name} = {text}\n" for name, text in GOOD.items() if not line.startswith(f"{name} ="))
    judged(known + line.replace("@", value))


def test_a_number_of_a_setting_fits_where_it_is_kept() -> None:
    """It is sent as JSON and read by programs that have 64 bits for it."""
    text = "".join(f"{name} = {value}\n" for name, value in GOOD.items())
    (error,) = check_text(f"{text}[[setting]]\nkey = 'k'\ntype = 'integer'\ndefault = {2**63}\n").errors
    assert "setting[0].default: expected a whole number of 64 bits" in error
    setting = Setting.model_validate({"key": "k", "type": "number"})
    assert [setting.problem_with(value) for value in (2**63 - 1, 2**63, 10**5_000, float("nan"))] == [
        None, "must be a number of 64 bits", "must be a number of 64 bits", "must be a finite number",
    ]  # fmt: skip
