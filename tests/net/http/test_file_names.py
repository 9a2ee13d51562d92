"""Names of files that bodies become, as plugins and servers propose them."""

import pytest

from thoth_ls.net.http.showing import file_name


@pytest.mark.parametrize(
    ("proposed", "made"),
    [
        ("orders.json", "orders.json"),
        ("", "response"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\a.txt", "a.txt"),
        (".json", "json"),
        (". . .", "response"),
        ('a<b>"c"|d?.csv', "a b c d.csv"),
        ("a\x00b\n\u202ec.json", "a b c.json"),
        ("x" * 300 + ".json", "x" * 120 + ".json"),
        ("\U0001f600" * 300 + ".json", "\U0001f600" * 50 + ".json"),
        ("a." + "x" * 300, ("a." + "x" * 300)[:120]),
        ("archive.tar.gz", "archive.tar.gz"),
    ],
)
def test_they_are_harmless_and_keep_their_ending(proposed: str, made: str) -> None:
    """Every system takes them, however long they were."""
    assert file_name(proposed) == made
    assert len(file_name(proposed).encode()) < 255
