"""What leaves for a command line is what curl sends for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from rest.variables import Scope, Value, Variables
from tests.url_source.real_curl import Both, both, said_headers

if TYPE_CHECKING:
    from pathlib import Path

SHELL = Variables([Scope("shell", {"V": Value("of-the-shell")})])
COMMANDS = r"""
curl URL
curl URL/
curl 'URL/a/../b/./c?x=1&x=2&y=%20+&z#frag'
curl "URL/?q='<>^|{}\"" -g
curl 'URL/{a,b}/[1-3]' 'URL/[a-c:2]?x=[001-010:5]'
curl -g 'URL/{a}?b=[1]'
curl -X DELETE URL/x
curl --request PATCH --data a=b URL/x
curl -XPURGE URL
curl -I URL/x
curl --head URL/x -H 'X-A: b'
curl -d a=1 URL
curl -d a=1 -d 'b=2 3' --data 'c=%20+' URL
curl -d '' URL
curl -X POST URL
curl -d '' -d a URL
curl -d 'no pairs at all' URL
curl -d $'two\nlines=1' URL
curl --data-raw '@not-a-file' URL
curl --data-binary $'\x00'"nothing" URL
curl --data-binary $'a\r\nb\n' URL
curl --data-binary $'\xff\xfe' URL
curl --data-binary @b.bin URL
curl --data-binary @f.txt -H 'Content-Type: application/octet-stream' URL
curl -d @f.txt URL
curl -d @f.txt -d x=1 URL
curl --data-urlencode 'a b&c=d' --data-urlencode 'n=x y~-._*()ä' --data-urlencode '=q=r' --data-urlencode m@f.txt URL
curl --data-urlencode @f.txt URL
curl -G -d a=1 -d 'b=2' URL
curl -G --data-urlencode 'q=a b&c' 'URL/p?x=1#f'
curl -G 'URL/?q'
curl -G -d a=1 'URL/?'
curl -G -I -d a=1 URL
curl --url-query 'b=2 3&4' --url-query '+c=4&d' --url-query 'plain x' --url-query '=e f' --url-query n@f.txt URL/p?a=0
curl --json '{"a": 1}' URL
curl --json '{"a":' --json '1}' -H 'Accept: application/xml' URL
curl --json @d.json URL
curl -H 'Content-Type: application/json' -d '{"a":"\u00e4 ä"}' URL
curl -H 'content-type: application/json; charset=utf-8' -d '{}' URL
curl -H 'Content-Type: application/xml' -d '<a>&amp;</a>' URL
curl -H 'Content-Type: text/plain' -d 'x' URL
curl -H 'Content-Type:' -d 'x=1' URL
curl -H 'Content-Type;' -d 'x=1' URL
curl -d '{"not": "a form"}' URL
curl -H 'Content-Type: application/json' -d '{"query":"query Q { me }","variables":{"a":[1]},"operationName":"Q"}' URL
curl -H 'Content-Type: application/json' -d '{"query": "{ me }"}' URL
curl -H 'Content-Type: application/json' -d '{"query":"{ me }"}' URL
curl -F a=b -F 'c= d ;type=text/x' URL
curl -F 'f=@f.txt' -F 'g=@"f.txt";filename="q\"u.bin";type=a/b' -F 'h=@b.bin;type=image/png' URL
curl -F 'x=<f.txt' -F 'y=<f.txt;type=text/csv' URL
curl -F 'a="x;y"' -F 'b=x;y' -F 'q"u=1' --form-string 'j=@x;type=y' URL
curl -F 'i=@f.txt;headers="X-A: b"' -F 'k=v;type=text/plain; charset=utf-8' URL
curl -F $'m=two\nlines' -F 'e=' URL
curl -X PUT -F a=b URL
curl -T f.txt URL/
curl -T b.bin URL/x
curl -T b.bin URL
curl -T f.txt -H 'Content-Type: text/csv' -X POST URL/x?y=1
curl -u user:pass URL
curl -u 'us er:p:w:ä' URL
curl -u user: URL
curl --basic --user a:b URL
curl 'http://us%40er:p%3Aw@HOST/x'
curl --oauth2-bearer tok URL
curl --oauth2-bearer tok -u a:b URL
curl -H 'Authorization: Bearer tok' URL
curl -H 'Authorization: Basic YTpi' -u c:d URL
curl -H 'Authorization: Token abc' URL
curl -b 'a=1' -b 'b=2; c=3' URL
curl -b a=1 -H 'Cookie: z=9' URL
curl -A agent/1 -e 'http://r/;auto' URL
curl --user-agent 'x y' --referer http://r URL -H 'User-Agent: wins'
curl -H 'X-Empty;' -H 'X-A:b' -H 'X-A:  c  ' -H 'Accept: text/html' URL
curl -H 'X-Gone:' -H ':authority: x' -H 'nothing' URL
curl -H @headers URL
curl -r 0-5,9- URL
curl --range -500 URL
curl -C 10 URL
curl -z 'Tue, 01 Feb 2022 10:00:00 GMT' URL
curl -L --max-redirs 3 -k -m 5 --http1.1 --compressed -H 'Accept-Encoding: gzip' URL
curl -sSfLo /dev/null -w '%{http_code}' --retry 2 URL
curl URL/1 --next -d a URL/2 -: -X PUT URL/3
curl -d a=1 URL/1 URL/2
curl -s URL/1; curl URL/2 && curl URL/3 | cat
curl URL/"$V"x -H "X: $V"
curl -d "a=$V" -G URL
curl -d @- URL <<EOF
here $V
EOF
curl --data-binary @- URL <<'EOF'
as $V is
EOF
curl -d @- URL <<< "word"
curl -K curlrc URL
curl --url URL/x --location --insecure
curl HOST/no/scheme
curl -H 'X: ä€' URL
curl --proto-default http HOST
curl -H $'X: it\'s "quoted" \\ back' URL
curl --heade 'X-A: b' --insec URL
"""
OF_FILES_ALONE = re.compile("-F 'f=|-T |--data-binary @[fb]")
"""What can be sent where no file can be read: the person picks it."""
NEED_TEXT = re.compile("=<|@-")


def commands(text: str) -> list[str]:
    """One a line; here-documents go on to their end."""
    found: list[str] = []
    for line in text.strip().split("\n"):
        if line.startswith("curl"):
            found.append(line)
        else:
            found[-1] += f"\n{line}"
    return found


def on(host: Both, command: str) -> str:
    return command.replace("URL", host.url).replace("HOST", host.url.removeprefix("http://"))


async def compare(host: Both, command: str, *, reads: bool) -> None:
    theirs = await host.curl(command)
    ours = await host.ours(command, SHELL, host.reads if reads else lambda _: None)
    assert theirs is not None
    said = said_headers(command)
    assert [one.comparable(said) for one in ours] == [one.comparable(said) for one in theirs], command


@pytest.mark.parametrize("command", commands(COMMANDS))
async def test_what_leaves_is_what_curl_sends(command: str, tmp_path: Path) -> None:
    async with both(tmp_path) as host:
        await compare(host, on(host, command), reads=True)


@pytest.mark.parametrize(
    "command", [line for line in commands(COMMANDS) if OF_FILES_ALONE.search(line) and not NEED_TEXT.search(line)]
)
async def test_files_that_the_person_picks_are_sent_the_same(command: str, tmp_path: Path) -> None:
    """In the plugin no file can be read: what is nothing but a file is picked, and sent as curl would."""
    async with both(tmp_path) as host:
        await compare(host, on(host, command), reads=False)
