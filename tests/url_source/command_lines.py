"""A corpus of command lines: made up by the hundred, and those of curl's own manual."""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path

from hypothesis import strategies as st

MAN_PAGE = Path("/usr/share/man/man1/curl.1.gz")

WORD = st.text(alphabet=st.sampled_from("abz019-_.~ '\"\\$`!%^&|<>(){}[]*?#;,=@+:/\té€\U0001f600\n"), max_size=12)
LINE = st.text(alphabet=st.sampled_from("abz019-_.~ '\"\\$`!%^&|<>(){}[]*?#;,=@+:/é"), max_size=12)
TOKEN = st.text(alphabet=st.sampled_from("abzAZ019-_"), min_size=1, max_size=8)
NAME = st.sampled_from(["a", "b c", "n", "x[]", "é"])
PATH = st.sampled_from(["", "/", "/p", "/a/b.json", "/a%20b/", "/é", "/{{x}}"])
QUERY = st.sampled_from(["", "?", "?a=1", "?a=1&a=2&b", "?q=%20+é", "?x={{y}}&", "?a=b=c&&d", "?a#f"])
FILES = st.sampled_from(["f.txt", "a b.bin", "dir/x.json", 'q"uote.png'])


@st.composite
def _pair(
    draw: st.DrawFn, option: str, name: st.SearchStrategy[str], sign: str, value: st.SearchStrategy[str]
) -> list[str]:
    return [option, draw(name) + sign + draw(value)]


def _said(*words: str | st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.tuples(*(st.just(word) if isinstance(word, str) else word for word in words)).map(list)


DATA = st.one_of(
    _said("-d", WORD.filter(lambda said: not said.startswith("@"))),
    _said("--data-raw", WORD),
    _said("--data-raw", st.sampled_from(["a=1", "a=1&b=2", '{"a": 1}', "<a/>", '{"query":"{ me }"}', "a=%20+", ""])),
    _said("--data-urlencode", WORD.filter(lambda said: "@" not in said)),
    _said("--json", WORD.filter(lambda said: not said.startswith("@"))),
)
FORM = st.one_of(
    _pair("--form-string", NAME, "=", WORD),
    _pair("-F", NAME, "=", WORD.filter(lambda said: said[:1] not in tuple('@<("'))),
    _pair("-F", NAME, "=@", FILES.filter(lambda name: '"' not in name)),
    _pair("-F", NAME, '=@"dir/x";type=a/b;filename=', TOKEN),
    _pair("-F", NAME, "=v;type=text/plain; charset=", TOKEN),
    _pair("-F", NAME, '=v;headers="X-A: ', TOKEN.map(lambda said: f'{said}"')),
)
HEADER = st.one_of(
    _pair(
        "-H", st.sampled_from(["X-A", "Accept", "User-Agent", "X-B"]), ": ", LINE.map(lambda said: f"v{said.strip()}")
    ),
    _said("-H", st.sampled_from(["X-Empty;", "X-Gone:", "Content-Type: application/json", "Content-Type: text/plain"])),
    _said(
        "-H", st.sampled_from(["Content-Type:", "content-type: application/xml", "Cookie: a=1", "Referer: http://r"])
    ),
    _pair(
        "-H",
        st.sampled_from(["Authorization"]),
        ": ",
        st.sampled_from(["Bearer t", "Basic YTpi", "Basic ?", "Digest x"]),
    ),
    _said("-A", TOKEN),
    _said("-e", TOKEN),
    _pair("-b", TOKEN, "=", TOKEN),
    _said("-r", st.sampled_from(["0-5", "-7"])),
)
AUTH = st.one_of(
    _said("-u", LINE.filter(lambda said: ":" in said)),
    st.tuples(st.just("--digest"), st.just("-u"), LINE.map(lambda said: f"u:{said}")).map(list),
    _said("--oauth2-bearer", TOKEN),
)
HOW = st.sampled_from(
    [
        *(["-L"], ["-k"], ["-m", "2.5"], ["--max-redirs", "3", "-L"], ["--http1.1"], ["--http2"], ["-s"]),
        *(["-X", "PUT"], ["-X", "GET"], ["-I"], ["-G"], ["--url-query", "z=1 2"], ["-o", "x"], ["-x", "p:1"]),
        ["--compressed"],
    ]
)


NOT_ON_THE_WIRE = {"--digest", "--http2", "-o", "-x"}
"""Options that the server of the tests cannot answer, or that go elsewhere; digest has tests of its own."""


@st.composite
def arguments(draw: st.DrawFn, *, on_the_wire: bool = False) -> list[list[str]]:
    """What follows `curl`, in groups: an address, and options that go together."""
    scheme = draw(st.sampled_from(["http://", "https://", "", "https://u:p%40@"]))
    url = f"{scheme}h.test{draw(PATH)}{draw(QUERY)}"
    groups = [["-g", url.replace("https", "http") if on_the_wire else url]]
    groups += draw(st.one_of(st.lists(DATA, max_size=3), st.lists(FORM, max_size=3), st.just([["-T", "dir/x.json"]])))
    groups += draw(st.lists(HEADER, max_size=3))
    groups += draw(st.lists(AUTH, max_size=1))
    groups += draw(st.lists(HOW, max_size=3))
    if on_the_wire:
        groups = [group for group in groups if group[0] not in NOT_ON_THE_WIRE]
    return draw(st.permutations(groups))


def of_the_manual() -> list[str]:
    """Every command line in curl's man page and its manual, in order, each once."""
    page = gzip.decompress(MAN_PAGE.read_bytes()).decode()
    page = page.replace("\\-", "-").replace("\\&", "").replace('\\"', '"').replace("\\\\", "\\").replace("\\(aq", "'")
    manual = subprocess.run(["curl", "--manual"], capture_output=True, text=True, check=True).stdout
    page, manual = (re.sub(r"\\\n\s*", "", text) for text in (page, manual))
    lines = [
        line.strip()
        for text in (page, manual)
        for line in text.split("\n")
        if re.match(r" *curl [^()]*-|^ *curl .*//", line)
    ]
    return list(dict.fromkeys(lines))
