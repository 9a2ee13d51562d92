"""Command lines, read as their shells do and written so that they are read again."""

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rest.shells import powershell, reading
from rest.shells.commands import Shell, Unfinished
from rest.shells.quoting import Unspeakable, line, quoted
from rest.templates import Token, literal, scan

SHELLS: list[Shell] = ["sh", "cmd", "powershell", "powershell-5.1"]
WORDS = st.text(
    alphabet=st.one_of(
        st.sampled_from("'\"\\$`!%^&|<>(){}[]*?~#;,=@ \t\n-abc1é€\u2019\U0001f600"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"),
    ),
    max_size=20,
)


def words(text: str, shell: Shell | None = None) -> list[str]:
    return [word for command in reading.read(text, shell) for word in command.words]


def plain(word: str) -> str:
    return "".join(piece if isinstance(piece, str) else piece.text for piece in scan(word))


@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(SHELLS))
def test_words_come_out_of_each_shell_as_they_went_in(said: list[str], shell: Shell) -> None:
    written = line("curl", [[word] for word in said], shell)
    (command,) = reading.read(written, shell, templates=False)
    assert [plain(word) for word in command.words] == ["curl", *said]
    assert command.unknown == command.variables == []


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4))
def test_a_real_shell_hands_on_what_we_quote(said: list[str]) -> None:
    script = line("printf '%s\\0'", [[word] for word in said], "sh")
    out = subprocess.run(["bash", "-c", script], capture_output=True, check=True).stdout
    assert out.decode().split("\0")[:-1] == said


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["'a b'", '"c\\"d$"', "$'\\n\\x41\\u00e9'", "e\\ f", "g", " ", "\\\n", '"\\x\\\n"', "''", "h#i", "'\n'"]
        ),
        min_size=1,
        max_size=6,
    )
)
def test_we_read_what_a_real_shell_reads(pieces: list[str]) -> None:
    script = f"printf '%s\\0' {''.join(pieces)} ."
    out = subprocess.run(["bash", "-c", script], capture_output=True, check=True).stdout
    assert words(script, "sh")[2:] == out.decode().split("\0")[:-1]


def test_bytes_that_are_no_text_come_through_sh_alone() -> None:
    assert words(r"x $'\xff\n'") == ["x", "\udcff\n"]
    assert quoted("\udcff\n", "sh") == r"$'\xff\n'"
    with pytest.raises(Unspeakable, match="only sh"):
        quoted("\udcff", "cmd")
    with pytest.raises(Unspeakable, match="NUL"):
        quoted("\0", "sh")


@pytest.mark.parametrize(
    ("text", "shell"),
    [
        ("curl 'https://x'", "sh"),
        ('curl "https://x" -H "A: b"', "sh"),
        ('curl ^"https://x^"', "cmd"),
        ("curl https://x ^\n -L", "cmd"),
        ("curl https://x `\n -L", "powershell"),
        ("curl.exe 'https://x'", "powershell"),
        ('curl.exe "https://x" -d "{\\"a\\":1}"', "sh"),
        ("curl $env:HOST", "powershell"),
        ("curl --% -d x https://x", "powershell"),
        ("curl https://x -d '--% ^\"' \\\n  -H 'A: `'", "sh"),
    ],
)
def test_the_shell_is_seen(text: str, shell: str) -> None:
    assert reading.shell_of(text) == shell


def test_several_commands_in_sh() -> None:
    text = """# get it
$ curl -s a | jq . && curl b > out 2>&1; X=1 curl c <<EOF
body $V
EOF
curl -d @- d <<'END'
$V
END
curl e <<< "here"
"""
    found = reading.read(text, "sh")
    assert [command.words for command in found] == [
        ["$", "curl", "-s", "a"],
        ["jq", "."],
        ["curl", "b"],
        ["X=1", "curl", "c"],
        ["curl", "-d", "@-", "d"],
        ["curl", "e"],
    ]
    assert [command.stdin for command in found] == [None, None, None, "body {{V}}\n", "$V\n", "here\n"]
    assert [command.line for command in found] == [2, 2, 2, 2, 5, 8]


def test_what_only_the_shell_could_know_is_told() -> None:
    (command,) = reading.read('curl "$HOST/${V}/$(date +%s)/`id`" a$', "sh")
    assert command.words[1:] == ["{{HOST}}/{{V}}/$(date +%s)/`id`", "a$"]
    assert (command.variables, command.unknown) == (["HOST", "V"], ["$(date +%s)", "`id`"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('curl ^"a^&b^" ^\n  -H ^"x: ^\\^"y^\\^"^"', ["curl", "a&b", "-H", 'x: "y"']),
        ('curl "a&b" "c\\"d" "e""f" g\\\\', ["curl", "a&b", 'c"d', 'e"f', "g\\\\"]),
        ('curl ^"a^\n\nb^"', ["curl", "a\nb"]),
        ("curl a>nul 2>&1 & curl %X% %C3%A4", ["curl", "a", "curl", "{{X}}", "%C3%A4"]),
        ("curl %^41%^42", ["curl", "%41%42"]),
    ],
)
def test_cmd(text: str, said: list[str]) -> None:
    assert words(text, "cmd") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('curl.exe \'it\'\'s\' "a`"b""c`n" d`\n e', ["curl.exe", "it's", 'a"b"c\n', "d", "e"]),
        ("curl.exe @'\na'b\n\"c\"\n'@ x", ["curl.exe", 'a\'b\n"c"', "x"]),
        ('& curl.exe "$env:A/$b/$true" # c', ["curl.exe", "{{A}}/{{b}}/$true"]),
        ("curl.exe '{\\\"a\\\":1}' > $null", ["curl.exe", '{"a":1}']),
        ('curl.exe \'{"a":"\\""}\'', ["curl.exe", '{"a":"\\""}']),
        ('curl.exe --% -d "{\\"a\\": 1}" %X%', ["curl.exe", "-d", '{"a": 1}', "%X%"]),
        ("curl.exe a; curl.exe b | c", ["curl.exe", "a", "curl.exe", "b", "c"]),
    ],
)
def test_powershell(text: str, said: list[str]) -> None:
    assert [word for command in powershell.read(text) for word in command.words] == said


@pytest.mark.parametrize(
    ("text", "shell", "said"),
    [
        ("\ncurl 'a", "sh", "the quote ' in line 2"),
        ('curl "a', "sh", 'the quote " in line 1'),
        ("curl $'a", "sh", "the quote $' in line 1"),
        ("curl $(a", "sh", "$( in line 1"),
        ("curl 'a", "powershell", "the quote ' in line 1"),
        ("curl @'\na", "powershell", "@' in line 1"),
    ],
)
def test_what_is_not_closed_is_told_with_its_line(text: str, shell: Shell, said: str) -> None:
    with pytest.raises(Unfinished) as told:
        reading.read(text, shell)
    assert said in str(told.value)


def test_braces_are_variables_only_where_they_are_meant_to_be() -> None:
    (command,) = reading.read("curl '{{a}}' \"$B{{c}}\"", templates=False)
    assert command.words[1] == literal("{{a}}")
    assert [piece.name for piece in scan(command.words[2]) if isinstance(piece, Token)] == ["B"]
