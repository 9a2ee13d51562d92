"""Every option of curl, and what becomes of it here.

Of 7.88 (Debian's, which a test compares with) and of what came with later versions up to 8.17.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Meaning = Literal["read", "lost", "irrelevant"]
"""`read`: it is in the request. `lost`: the request differs without it. `irrelevant`: it is about something else."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option."""

    name: str
    """Long, without dashes."""
    takes: bool
    """Whether a value follows."""
    meaning: Meaning
    reason: str = ""
    """Why it is not in the request."""


_READ_VALUES: Final = """
config cookie continue-at data data-ascii data-binary data-raw data-urlencode form form-string header json max-redirs
max-time oauth2-bearer proto-default range referer request time-cond upload-file url url-query user user-agent variable
"""
_READ_FLAGS: Final = """
anyauth basic compressed digest get globoff head http1.1 http2 http2-prior-knowledge insecure location
location-trusted next
"""
_PROXY: Final = "a proxy is set for all requests in the settings of the editor"
_TLS: Final = "the host chooses how connections are encrypted"
_FILES: Final = "certificates are allowed for each host in the network permissions"
_PLACE: Final = "requests go where their address leads, found by DNS and checked"
_AGAIN: Final = "a request is sent once"
_OUTPUT: Final = "it is about what curl prints and stores"
_OTHER: Final = "it is about other protocols than HTTP"
_SPEED: Final = "connections are kept as the host sees fit"

_LOST: Final[tuple[tuple[str, str, str], ...]] = (
    (
        _PROXY,
        """noproxy preproxy proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile
        proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers
        proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 socks4 socks4a socks5
        socks5-gssapi-service socks5-hostname haproxy-clientip""",
        """haproxy-protocol proxy-anyauth proxy-basic proxy-ca-native proxy-digest proxy-http2 proxy-insecure
        proxy-negotiate proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel
        socks5-basic socks5-gssapi socks5-gssapi-nec suppress-connect-headers""",
    ),
    (
        _TLS,
        "ciphers curves ech engine random-file egd-file sigalgs tls-max tls13-ciphers tlsauthtype tlspassword tlsuser",
        """false-start no-alpn alpn no-npn npn no-sessionid sessionid ssl-allow-beast ssl-auto-client-cert
        ssl-no-revoke ssl-revoke-best-effort ssl-sessions sslv2 sslv3 tls-earlydata tlsv1 tlsv1.0 tlsv1.1 tlsv1.2
        tlsv1.3""",
    ),
    (_FILES, "cacert capath cert cert-type crlfile key key-type pass pinnedpubkey", "ca-native cert-status"),
    (
        _PLACE,
        """abstract-unix-socket alt-svc connect-to dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url hsts
        interface ip-tos ipfs-gateway local-port resolve unix-socket vlan-priority""",
        "doh-cert-status doh-insecure ipv4 ipv6",
    ),
    (_AGAIN, "retry retry-delay retry-max-time", "retry-all-errors retry-connrefused"),
    ("its way of proving who asks is not known here", "aws-sigv4 delegation service-name", "negotiate ntlm ntlm-wb"),
    ("we read no files of passwords", "netrc-file", "netrc netrc-optional"),
    ("the address is sent as it reads once its dots are resolved", "request-target", "path-as-is"),
    ("the host decides about the version below 1.1 and above 2", "", "http0.9 http1.0 http3 http3-only"),
    ("what comes in is never more than the settings allow", "max-filesize", "ignore-content-length raw"),
    ("the settings say how long a connection may take", "connect-timeout expect100-timeout speed-limit speed-time", ""),
    ("after a redirect methods change as browsers have it", "", "follow post301 post302 post303"),
    ("cookies are kept for the plugin, and in no file", "cookie-jar", "junk-session-cookies"),
    ("the tag would be read from a file", "etag-compare", ""),
    ("trailers and codings of the transfer are the host's", "", "tr-encoding"),
    ("names of parts have quotes escaped as browsers do it", "", "form-escape"),
    ("line ends are sent as they are", "", "crlf"),
    ("addresses with a user name are read as basic auth", "", "disallow-username-in-url"),
    ("which protocols may be used is not of a single request", "proto proto-redir", ""),
    ("the bytes are sent without a word about them", "upload-flags", ""),
)
_IRRELEVANT: Final[tuple[tuple[str, str, str], ...]] = (
    (
        _OUTPUT,
        """create-file-mode dump-header etag-save help libcurl output output-dir stderr trace trace-ascii trace-config
        write-out""",
        """create-dirs disable dump-ca-embed fail fail-early fail-with-body include manual no-buffer buffer no-clobber
        clobber no-progress-meter out-null progress-bar progress-meter remote-header-name remote-name remote-name-all
        remote-time remove-on-error show-error show-headers silent skip-existing styled-output trace-ids trace-time
        verbose version xattr""",
    ),
    (
        _SPEED,
        """happy-eyeballs-timeout-ms keepalive-cnt keepalive-time limit-rate parallel-max parallel-max-host rate""",
        "mptcp no-keepalive keepalive parallel parallel-immediate tcp-fastopen tcp-nodelay",
    ),
    (
        _OTHER,
        """ftp-account ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode hostpubmd5 hostpubsha256 krb
        login-options mail-auth mail-from mail-rcpt pubkey quote sasl-authzid telnet-option tftp-blksize""",
        """append compressed-ssh disable-eprt disable-epsv eprt epsv ftp-create-dirs ftp-pasv ftp-pret
        ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control list-only mail-rcpt-allowfails metalink sasl-ir ssl ssl-reqd
        tftp-no-options use-ascii""",
    ),
)
SHORT: Final = {
    "0": "http1.0",
    "1": "tlsv1",
    "2": "sslv2",
    "3": "sslv3",
    "4": "ipv4",
    "6": "ipv6",
    "#": "progress-bar",
    ":": "next",
    "a": "append",
    "A": "user-agent",
    "b": "cookie",
    "B": "use-ascii",
    "c": "cookie-jar",
    "C": "continue-at",
    "d": "data",
    "D": "dump-header",
    "e": "referer",
    "E": "cert",
    "f": "fail",
    "F": "form",
    "g": "globoff",
    "G": "get",
    "h": "help",
    "H": "header",
    "i": "include",
    "I": "head",
    "j": "junk-session-cookies",
    "J": "remote-header-name",
    "k": "insecure",
    "K": "config",
    "l": "list-only",
    "L": "location",
    "m": "max-time",
    "M": "manual",
    "n": "netrc",
    "N": "no-buffer",
    "o": "output",
    "O": "remote-name",
    "p": "proxytunnel",
    "P": "ftp-port",
    "q": "disable",
    "Q": "quote",
    "r": "range",
    "R": "remote-time",
    "s": "silent",
    "S": "show-error",
    "t": "telnet-option",
    "T": "upload-file",
    "u": "user",
    "U": "proxy-user",
    "v": "verbose",
    "V": "version",
    "w": "write-out",
    "x": "proxy",
    "X": "request",
    "y": "speed-time",
    "Y": "speed-limit",
    "z": "time-cond",
    "Z": "parallel",
}
"""Options of one letter."""


def _all() -> Iterator[Option]:
    yield from (Option(name, takes=True, meaning="read") for name in _READ_VALUES.split())
    yield from (Option(name, takes=False, meaning="read") for name in _READ_FLAGS.split())
    groups: tuple[tuple[Meaning, tuple[tuple[str, str, str], ...]], ...] = (
        ("lost", _LOST),
        ("irrelevant", _IRRELEVANT),
    )
    for meaning, table in groups:
        for reason, values, flags in table:
            yield from (Option(name, takes=True, meaning=meaning, reason=reason) for name in values.split())
            yield from (Option(name, takes=False, meaning=meaning, reason=reason) for name in flags.split())


OPTIONS: Final = {option.name: option for option in _all()}
"""By their long names."""


def long_option(name: str) -> tuple[Option, bool] | None:
    """The option that `--name` means, and whether it is switched on; None where there is none or several.

    A name may be cut short where that says which one is meant, and `no-` switches off what takes no value.
    """
    if name in OPTIONS:
        return OPTIONS[name], True
    wanted = name.removeprefix("no-")
    if name.startswith("no-") and wanted in OPTIONS and not OPTIONS[wanted].takes:
        return OPTIONS[wanted], False
    begun = [option for known, option in OPTIONS.items() if known.startswith(name)] if name else []
    return (begun[0], True) if len(begun) == 1 else None
