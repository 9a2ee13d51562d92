"""What `[[setting]]` may say."""

import pytest

from thoth_ls.catalog.manifest import ManifestError, Setting, parse_manifest

HEAD = 'id = "org.example.p"\nname = "P"\nversion = "1.0.0"\ndescription = ""\nauthor = ""\ncapabilities = []\n'


def settings(*tables: str) -> list[Setting]:
    """The settings of a manifest with those tables."""
    return parse_manifest((HEAD + "".join(f"[[setting]]\n{table}\n" for table in tables)).encode()).setting


def test_each_type_takes_a_default_of_its_kind() -> None:
    """In the order of the file."""
    found = settings(
        'key = "a"\ntype = "string"\ndefault = "x"\ntitle = "A"\ndescription = "Does a."',
        'key = "b"\ntype = "integer"\ndefault = 3\nminimum = 1\nmaximum = 5',
        'key = "c"\ntype = "number"\ndefault = 0.5',
        'key = "d"\ntype = "boolean"\ndefault = true',
        'key = "e"\ntype = "enum"\nenum = ["x", "y"]\ndefault = "y"',
        'key = "f"\ntype = "secret"',
    )
    assert [(item.key, item.type, item.default) for item in found] == [
        ("a", "string", "x"),
        ("b", "integer", 3),
        ("c", "number", 0.5),
        ("d", "boolean", True),
        ("e", "enum", "y"),
        ("f", "secret", None),
    ]
    assert (found[0].title, found[0].description, found[4].enum) == ("A", "Does a.", ["x", "y"])


@pytest.mark.parametrize("said", ["secret = true", 'type = "string"\nsecret = true', 'type = "secret"\nsecret = true'])
def test_a_secret_said_in_any_way_is_one(said: str) -> None:
    """As a plain text it would stand in a plain file."""
    assert settings(f'key = "a"\n{said}')[0].type == "secret"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('type = "string"', "key: is missing; expected a text"),
        ('key = "a"', "type: is missing; expected one of string"),
        ('key = "a b"\ntype = "string"', "key: expected a name of letters"),
        ('key = "a"\ntype = "text"', "type: expected one of string, number, .*, secret, found .text."),
        ('key = "a"\ntype = "string"\ndefault = 1', "default: must be a text"),
        ('key = "a"\ntype = "integer"\ndefault = 1.5', "default: must be a whole number"),
        ('key = "a"\ntype = "integer"\ndefault = true', "default: must be a whole number"),
        ('key = "a"\ntype = "number"\ndefault = inf', "default: must be a finite number"),
        ('key = "a"\ntype = "number"\ndefault = 1\nminimum = 2', "default: must not be less than 2"),
        ('key = "a"\ntype = "number"\ndefault = 3\nmaximum = 2', "default: must not be more than 2"),
        ('key = "a"\ntype = "number"\nminimum = 3\nmaximum = 2', "minimum: is larger than maximum"),
        ('key = "a"\ntype = "string"\nminimum = 3', "minimum: is for numbers"),
        ('key = "a"\ntype = "boolean"\ndefault = "yes"', "default: must be true or false"),
        ('key = "a"\ntype = "enum"', "(type|enum): type = .enum. and a list"),
        ('key = "a"\ntype = "string"\nenum = ["x"]', "(type|enum): type = .enum. and a list"),
        ('key = "a"\ntype = "enum"\nenum = ["x", "x"]', "enum: names a choice twice"),
        ('key = "a"\ntype = "enum"\nenum = ["x"]\ndefault = "z"', "default: must be one of x"),
        ('key = "a"\ntype = "secret"\ndefault = "hunter2"', "default: a secret has none"),
        ('key = "a"\ntype = "integer"\nsecret = true', "secret: a secret is a text"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(table: str, said: str) -> None:
    """A form made of it would show something nobody can set."""
    with pytest.raises(ManifestError, match=rf"plugin\.toml:\d+: setting\[0\]\.{said}"):
        settings(table)


def test_two_settings_cannot_share_a_key() -> None:
    """They could not be told apart."""
    with pytest.raises(ManifestError, match="the key a is given to two settings"):
        settings('key = "a"\ntype = "string"', 'key = "a"\ntype = "number"')


@pytest.mark.parametrize(
    ("value", "problem"),
    [(3, None), (3.0, None), (0, "must not be less than 1"), (6, "must not be more than 5"), ("3", "must be a whole")],
)  # fmt: skip
def test_a_value_is_judged_as_the_default_is(value: object, problem: str | None) -> None:
    """By whoever stores what a person set."""
    setting = settings('key = "b"\ntype = "integer"\nminimum = 1\nmaximum = 5')[0]
    assert str(setting.problem_with(value)).startswith(str(problem))
