"""What a manifest says a plugin needs, and what an older one is taken to need."""

import pytest

from thoth_ls.catalog.manifest import Declared, ManifestError, parse_manifest
from thoth_ls.catalog.manifest_permissions import NO_REASON

HEAD = 'id = "org.example.p"\nname = "P"\nversion = "1.0.0"\ndescription = ""\nauthor = ""\n'


def needs(text: str, *capabilities: str) -> dict[str, Declared]:
    """The needs of a manifest with that text in it."""
    names = ", ".join(f'"{name}"' for name in capabilities)
    return dict(parse_manifest(f"{HEAD}capabilities = [{names}]\n{text}".encode()).needs())


def test_needs_are_those_declared_with_scope_and_reason() -> None:
    """Nothing is added to what `[permissions]` names, whatever else the manifest says."""
    found = needs(
        """
[network]
allowed_domains = ["*"]
[permissions]
network = { hosts = ["https://API.example.com", "*.example.com"], reason = "Asks the API." }
tcp = { hosts = ["*:5432"], reason = "Talks to the database." }
secure-storage = { reason = " Keeps the password. " }
""",
        "data-source",
        "cli",
    )
    assert found == {
        "network": Declared(("https://api.example.com", "*.example.com"), "Asks the API."),
        "tcp": Declared(("*:5432",), "Talks to the database."),
        "secure-storage": Declared((), "Keeps the password."),
    }


def test_an_empty_section_needs_nothing() -> None:
    """It is not an older manifest: nothing follows from its capabilities."""
    assert needs("[permissions]", "data-source", "cli", "file-loader") == {}


@pytest.mark.parametrize(
    ("capabilities", "network", "expected"),
    [
        (["theme"], '["*"]', {}),
        (["file-loader", "file-viewer"], '["*"]', {"opened-file": ()}),
        (["exporter", "renderer"], '["*"]', {}),
        (["new-ui-component"], '["*"]', {"open-tabs": ()}),
        (["cli"], None, {"secure-storage": (), "headless": ()}),
        (["cli"], '["a.b"]', {"network": ("a.b",), "tcp": ("a.b:*",), "secure-storage": (), "headless": ()}),
        (["data-source"], "[]", {"secure-storage": (), "file-dialog": (), "open-tabs": ()}),
        (
            ["data-source"],
            '["*"]',
            {"network": ("*",), "tcp": ("*:*",), "secure-storage": (), "file-dialog": (), "open-tabs": ()},
        ),
    ],
)
def test_the_needs_of_an_older_manifest_follow_from_its_capabilities(
    capabilities: list[str], network: str | None, expected: dict[str, tuple[str, ...]]
) -> None:
    """It has no `[permissions]`; what it could do before is what it asks for now."""
    section = "" if network is None else f"[network]\nallowed_domains = {network}"
    found = needs(section, *capabilities)
    assert {need: declared.scope for need, declared in found.items()} == expected
    assert {declared.reason for declared in found.values()} <= {NO_REASON}


def test_an_older_manifest_that_wants_https_asks_for_nothing_else() -> None:
    """Its scope says so."""
    found = needs('[network]\nallowed_domains = ["a.b"]\nrequire_https = true', "data-source")
    assert found["network"].scope == ("https://a.b",)


@pytest.mark.parametrize(
    "host",
    [
        "*",
        "a",
        "localhost:8080",
        "*.example.com",
        "https://a.b:8443",
        "ws://a",
        "127.0.0.1",
        "[::1]:80",
        "a:*",
        "x_y.z",
    ],
)
def test_hosts_a_plugin_may_name(host: str) -> None:
    """Names, all names below one, all names; with scheme and port."""
    assert needs(f'[permissions]\nnetwork = {{ hosts = ["{host}"], reason = "r" }}')["network"].scope == (host,)


@pytest.mark.parametrize(
    "host",
    [
        "",
        " ",
        "a b",
        "ftp://a",
        "https://",
        "a/b",
        "https://a/",
        "a.*",
        "*a.b",
        "*.*.b",
        "a:0",
        "a:65536",
        "a@b",
        "a?",
        "-a",
    ],
)
def test_hosts_nobody_can_judge_are_refused(host: str) -> None:
    """A pattern that is read in two ways would allow the wider one."""
    with pytest.raises(ManifestError, match=r"permissions\.network\.hosts\[0\]: must be a host"):
        needs(f'[permissions]\nnetwork = {{ hosts = ["{host}"], reason = "r" }}')


@pytest.mark.parametrize("host", ["a", "*", "a:", "tcp://a:1", "a:99999", "a:1:2", ":5"])
def test_tcp_needs_a_host_and_a_port(host: str) -> None:
    """Which port is part of what is asked for; `*` has to be written."""
    with pytest.raises(ManifestError, match=r"permissions\.tcp\.hosts\[0\]: must be host:port"):
        needs(f'[permissions]\ntcp = {{ hosts = ["{host}"], reason = "r" }}')


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("headless = {}", r"permissions\.headless\.reason"),
        ('headless = { reason = "" }', r"permissions\.headless\.reason"),
        ('headless = { reason = "   " }', r"permissions\.headless\.reason"),
        ("headless = true", r"permissions\.headless"),
        ('network = { reason = "r" }', r"permissions\.network\.hosts"),
        ('network = { hosts = [], reason = "r" }', r"permissions\.network\.hosts"),
    ],
)
def test_a_need_without_reason_or_scope_is_refused(line: str, said: str) -> None:
    """People are asked with the author's words, and hosts are never all by omission."""
    with pytest.raises(ManifestError, match=said):
        needs(f"[permissions]\n{line}")
