"""In a plugin there is no library but what was imported when it was built, and nothing to reach."""

import ast
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "plugins" / "url-source" / "src"
MISSING = {"ssl", "ctypes", "mmap", "socket", "lzma", "bz2", "subprocess", "threading", "multiprocessing", "asyncio"}
"""What CPython within WebAssembly does not have, or the logic of requests has no business with."""
SCENARIO = r"""
import importlib, pkgutil, sys
import rest
for found in pkgutil.walk_packages(rest.__path__, "rest."):
    importlib.import_module(found.name)
asked = []
class Refuse:
    def find_spec(self, name, path=None, target=None):
        asked.append(name)
        return None
sys.meta_path.insert(0, Refuse())

import json
from rest.curl.reading import read
from rest.curl.writing import write
from rest import collections, diff, digest, environments, extract, history, params, secrets, stored, workspace
from rest.dynamic import names
from rest.model import Auth, Body, Extraction, FileRef, Part, Request, Row
from rest.prepare import prepare
from rest.prepared import Credentials
from rest.variables import Scope, Value, Variables
from rest.vault import Vault

numbers = iter(range(10000))
new_id = lambda: f"i{next(numbers)}"
variables = Variables([Scope("e", {"a": Value("{{b|x}}")})], lambda key: "s")
for shell in ("sh", "cmd", "powershell", "powershell-5.1"):
    for command in (
        "curl -u a:b 'https://h/{x,y}?q=%C3%A4' -H 'A: b' -d @- <<EOF\n$V\nEOF",
        "curl -F a=b -F 'c=@d;type=e/f' h -z 'Tue, 01 Feb 2022 10:00:00 GMT' --json '{}' -b a=1",
        "curl --data-binary $'\\xff' h -H 'Authorization: Basic YTpi'",
    ):
        for one in read(command, shell="sh").requests:
            write(one.request, shell, variables=variables)
            hidden, kept = secrets.hide(one.request, new_id)
            stored.dump_request(hidden)
text = " ".join("{{%s}}" % name for name in names()) + " {{$datetime rfc1123}} {{$datetime '%A %d %B %Y' -3 h}} {{a}}"
request = Request("r", "n", method="POST", headers=[Row("A", text)], body=Body("json", "[1,]"))
request.auth = Auth("digest", "u", "p")
params.set_url(request, "h.test/p?x=ä&y={{a}}")
ready = prepare(request, variables)
for algorithm in ("MD5", "SHA-256", "SHA-256-sess"):
    challenge = 'Digest realm="r", nonce="n", qop="auth-int", algorithm=' + algorithm
    assert digest.answer(ready, 401, [("WWW-Authenticate", challenge)], lambda handle: [])
request.body = Body("multipart", parts=[Part("a", "b"), Part("f", file=FileRef("x.png", handle="h"))])
told = prepare(request, variables).errors
assert told == [], told
original = {"requests": [{"url": "https://h", "auth_type": "basic", "auth_password": "p"}]}
space = workspace.load(json.dumps(original), new_id)
assert workspace.load(workspace.dump(space.workspace), new_id).workspace == space.workspace
received = extract.Received(200, [("A", "b")], '{"a": [1.10, "x"]}')
for rule in ("$.a[?@ == 1.1]", "$..[?match(@, 'x.*')]", "$["):
    extract.extract(Extraction("v", "jsonpath", rule), received)
extract.extract(Extraction("v", "regex", "a+"), received)
request.body = Body()
entry = history.entry_of("h", "now", request, ready)
entry.response = history.response_of(200, [("Content-Type", "application/json")], '{"a": 1}', 8, {"k": "secret"})
other = history.response_of(200, [], "a\nb", 3, {})
diff.compare(entry.response, other), diff.compare(entry.response, history.response_of(200, [], '{"a": 2}', 8, {}))
assert stored.from_json(history.Entry, json.loads(json.dumps(stored.to_json(entry)))) == entry
held = {}
Vault(held.get, held.__setitem__, held.pop).put_all({"a": "b"})
print(sorted(set(asked)))
"""


def test_nothing_is_imported_after_the_plugin_was_built() -> None:
    done = subprocess.run([sys.executable, "-c", SCENARIO], cwd=SOURCE, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.strip() == "[]"


def test_nothing_is_imported_that_a_plugin_does_not_have_nor_anything_of_others() -> None:
    wrong: list[str] = []
    for path in sorted((SOURCE / "rest").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                top = name.partition(".")[0]
                if top in MISSING or (top != "rest" and top not in sys.stdlib_module_names):
                    wrong.append(f"{path.name} imports {name}")
    assert wrong == []
