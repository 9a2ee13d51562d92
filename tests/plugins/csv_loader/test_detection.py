"""What is found out about a file without being told, and what is done with being told."""

import pytest

from thoth_ls.errors import PluginRefused

from .conftest import CsvPlugin


@pytest.mark.parametrize(
    ("text", "name", "delimiter"),
    [
        ("a,b\n1,2\n", "x.csv", ","),
        ("a\tb\n1\t2\n", "x.csv", "\t"),
        ("a;b\n1,5;2,5\n3,5;4,5\n", "x.csv", ";"),
        ("a|b\n1|2\n", "x.csv", "|"),
        ("a:b\n1:2\n", "x.csv", ":"),
        ("time,x\n10:20:30,a\n11:20:30,b\n", "x.csv", ","),
        ("name;note\nx;one, two, three\ny;four\n", "x.csv", ";"),
        ('a,b\n"1;2;3","x;y"\n"4;5;6","x;y"\n', "x.csv", ","),
        ("word\nanother\n", "x.csv", ","),
        ("a,b\tc,d\n1,2\t3,4\n", "x.tsv", "\t"),
        ("a,b|c,d\n1,2|3,4\n", "x.psv", "|"),
        ("word\nanother\n", "x.tsv", "\t"),
        ("", "x.csv", ","),
    ],
)
def test_the_delimiter_is_the_one_that_makes_even_records(
    csv_plugin: CsvPlugin, text: str, name: str, delimiter: str
) -> None:
    """Consistency decides, then how many cells are more than text, then the name."""
    assert csv_plugin.open(text.encode(), name=name).options()["delimiter"] == delimiter


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("id,name\n1,x\n2,y\n", "yes"),
        ("1,x\n2,y\n", "no"),
        ("1,2\n3,4\n", "no"),
        ("country,1990,1991,1992\nA,1,2,3\nB,4,5,6\n", "yes"),
        ("name,town\nx,y\n", "yes"),
        ("a,b,c\n", "yes"),
        ("2024-01-01,5\n2024-01-02,6\n", "no"),
        (",a,b\n0,1,2\n1,3,4\n", "yes"),
        ("", "yes"),
    ],
)
def test_the_header_is_told_from_the_types_below_it(csv_plugin: CsvPlugin, text: str, header: str) -> None:
    """A first row that would fit below itself is data."""
    assert csv_plugin.open(text.encode()).options()["header"] == header


@pytest.mark.parametrize(
    ("data", "encoding", "noted"),
    [
        ("a,é\n".encode(), "utf-8", False),
        ("a,é\n".encode("utf-8-sig"), "utf-8", False),
        ("a,é\n".encode("utf-16"), "utf-16le", False),
        (b"\xfe\xff" + "a,é\n".encode("utf-16-be"), "utf-16be", False),
        ("name,town\nx,é\n".encode("utf-16-le"), "utf-16le", True),
        ("name,town\nx,é\n".encode("utf-16-be"), "utf-16be", True),
        ("a,é\n".encode("windows-1252"), "windows-1252", True),
    ],
)
def test_the_encoding_is_told_from_the_first_bytes(
    csv_plugin: CsvPlugin, data: bytes, encoding: str, noted: bool
) -> None:
    """A guess that may be wrong comes with a sentence."""
    opened = csv_plugin.open(data)
    assert opened.options()["encoding"] == encoding
    assert bool(opened.describe().notes) == noted


def test_a_character_cut_off_by_the_end_of_the_sample_is_no_sign_of_another_encoding(csv_plugin: CsvPlugin) -> None:
    """The first MiB may end in the middle of a character."""
    for shift in range(3):
        data = b"x" * shift + ("€" * 1_000 + "\n").encode() * 400
        assert csv_plugin.open(data).options()["encoding"] == "utf-8"


@pytest.mark.parametrize(
    ("cells", "kind", "nulls"),
    [
        (["1", "-5", "+7", ""], "integer", []),
        (["1", "2.5", "1e9", ".5"], "float", []),
        (["1", "NA", "-", "2"], "integer", ["NA", "-"]),
        (["1.5", "NaN", "N/A"], "float", ["N/A", "NaN"]),
        (["true", "FALSE", "Yes"], "boolean", []),
        (["2024-01-31", "2024-12-01"], "date", []),
        (["31.01.2024", "01.12.2024"], "date", []),
        (["2024-01-31", "2024-01-31T10:00:00Z", "2024-01-31 10:00:00.5+01:00"], "timestamp", []),
        (["10:30", "23:59:59.999"], "time", []),
        (["550e8400-e29b-41d4-a716-446655440000"], "uuid", []),
        (['{"a": [1, 2]}', "[]"], "json", []),
        (["007", "042"], "text", []),
        (["2024-13-01"], "text", []),
        (["x", "NULL", "-", "None"], "text", ["NULL"]),
        (["\\N", "", "NA"], "text", ["\\N", "NA"]),
    ],
)
def test_the_type_of_a_column_covers_all_its_values(
    csv_plugin: CsvPlugin, cells: list[str], kind: str, nulls: list[str]
) -> None:
    """Only texts that occur are nulls, and in a text column only those that mean nothing else."""
    lines = "".join('"' + cell.replace('"', '""') + '",x\n' for cell in cells)
    column = csv_plugin.open(("first,second\n" + lines).encode(), {"header": "yes"}).describe().columns[0]
    assert (column.type, column.nulls) == (kind, nulls)


def test_names_are_kept_as_they_are_and_made_up_where_there_are_none(csv_plugin: CsvPlugin) -> None:
    """Two columns of one name stay two; without a header they are numbered."""
    opened = csv_plugin.open(b" a,b,b,\n1,2,3,4\n", {"header": "yes"})
    assert [column.name for column in opened.describe().columns] == [" a", "b", "b", ""]
    opened = csv_plugin.open(b"a,b\nc,d\n", {"header": "no"})
    assert [column.name for column in opened.describe().columns] == ["Column 1", "Column 2"]


def test_an_object_keeps_the_values_of_columns_that_share_a_name(csv_plugin: CsvPlugin) -> None:
    """A key is made different where it has been taken, and found for cells without a column."""
    csv_plugin.write(b"a,a,a (2)\n1,2,3,4\n")
    assert csv_plugin.call("file-loader", "open", "/data/data.csv") == 1
    text = csv_plugin.call("file-loader", "get", 0)
    assert text == '{"a":"1","a (2)":"2","a (2) (2)":"3","Column 4":"4"}'
    assert csv_plugin.call("file-viewer", "column-headers") == ["a", "a", "a (2)"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"delimiter": "ab"}, 'delimiter: "ab"'),
        ({"delimiter": "é"}, 'delimiter: "é"'),
        ({"delimiter": ""}, "delimiter"),
        ({"delimiter": '"'}, "the same character as the quote"),
        ({"header": "maybe"}, 'header: "maybe"'),
        ({"encoding": "koi8-r"}, 'encoding: "koi8-r"'),
        ({"quote": "|"}, 'quote: "|"'),
        ({"colour": "red"}, "unknown option colour"),
    ],
)
def test_an_option_that_cannot_be_followed_is_refused_by_name(
    csv_plugin: CsvPlugin, options: dict[str, str], says: str
) -> None:
    """The key and the value are named."""
    with pytest.raises(PluginRefused, match=says):
        csv_plugin.open(b"a,b\n", options)


def test_what_is_chosen_is_in_force(csv_plugin: CsvPlugin) -> None:
    """Options override what would be detected, and are listed with what else there is."""
    chosen = {"delimiter": "#", "encoding": "iso-8859-1", "header": "no", "quote": "'"}
    opened = csv_plugin.open(b"1#'a#b'\n2#\xe9\n", chosen).read_on()
    assert opened.options() == chosen
    assert opened.page() == [["1", "a#b"], ["2", "é"]]
    choices = {option.key: [choice.value for choice in option.choices] for option in opened.describe().options}
    assert choices["delimiter"] == [",", "\t", ";", "|", ":"]
    assert choices["header"] == ["yes", "no"]


@pytest.mark.parametrize(
    ("data", "records", "columns"),
    [
        (b"", 0, 0),
        (b"\xef\xbb\xbf", 0, 0),
        (b"\n", 1, 0),
        (b"a,b,c\n", 0, 3),
        (b"a,b,c", 0, 3),
        (b"\n\na,b\n1,2\n", 1, 2),
    ],
)
def test_files_with_next_to_nothing_in_them_open(
    csv_plugin: CsvPlugin, data: bytes, records: int, columns: int
) -> None:
    """Empty, a byte order mark alone, a blank line, a header alone, blank lines before the header."""
    opened = csv_plugin.open(data)
    assert opened.progress.done
    assert (opened.progress.records, len(opened.describe().columns)) == (records, columns)


def test_a_table_of_thousands_of_columns_has_them_all(csv_plugin: CsvPlugin) -> None:
    """Names, types and cells of 5,000 columns."""
    names = ",".join(f"c{i}" for i in range(5_000))
    values = ",".join(str(i) for i in range(5_000))
    opened = csv_plugin.open(f"{names}\n{values}\n".encode()).read_on()
    columns = opened.describe().columns
    assert len(columns) == 5_000
    assert {column.type for column in columns} == {"integer"}
    assert opened.page() == [values.split(",")]
