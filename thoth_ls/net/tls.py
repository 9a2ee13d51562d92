"""TLS: whom the other side's certificate is believed for, and what is said when it is not."""

from __future__ import annotations

import ssl
import threading
from typing import TYPE_CHECKING, Final

import certifi

from thoth_ls.calling import IO_FAILED
from thoth_ls.net.model import NetworkRefused

if TYPE_CHECKING:
    from pathlib import Path

    from thoth_ls.net.model import Target, Trust

MOST_CA_BYTES: Final = 4 << 20
"""Of a file of certificates; the usual authorities together are a quarter of a MiB."""
MOST_KEPT: Final = 64
_kept: dict[tuple[object, ...], ssl.SSLContext] = {}
_lock = threading.Lock()


class TlsFailed(NetworkRefused):
    """The other side is not believed, or no encryption came about. `plugin-error` 2."""

    def __init__(self, message: str) -> None:
        super().__init__(message, IO_FAILED)


def context(trust: Trust, protocols: tuple[str, ...] = ()) -> ssl.SSLContext:
    """How certificates are checked under `trust`, offering `protocols` (ALPN, for instance `h2`); TLS 1.2 at least.

    Made once and kept: whoever gets it must not change it. Making one reads files and takes up to a tenth of a second:
    for threads (`asyncio.to_thread`), any of them. Certificates are checked for the name that is given when it is used.
    Raises TlsFailed where the file of certificates cannot be used.
    """
    made_of = (trust.verification, _stamp(trust.ca_file) if trust.verification == "caFile" else None, protocols)
    with _lock:
        found = _kept.get(made_of)
        if found is None:
            if len(_kept) >= MOST_KEPT:
                _kept.clear()
            found = _kept[made_of] = _made(trust, protocols)
    return found


def failure(error: Exception, target: Target, name: str) -> TlsFailed:
    """What is said of `error`, by which TLS with `target` failed; the certificate has to carry `name`."""
    if isinstance(error, ssl.SSLCertVerificationError):
        why = _CERTIFICATES.get(error.verify_code) or f"is not accepted: {error.verify_message}"
        return TlsFailed(f"the certificate of {target} {why.format(name=name)}. {_WAY_OUT.format(target=target)}")
    reason = (error.reason or "") if isinstance(error, ssl.SSLError) else ""
    if isinstance(error, ssl.SSLEOFError | ConnectionResetError | ConnectionAbortedError | BrokenPipeError | EOFError):
        return TlsFailed(f"{target} closed the connection while TLS was being agreed on: perhaps it does not speak TLS")
    for mark, said in _REASONS.items():
        if mark in reason:
            return TlsFailed(f"{target} {said}")
    shown = reason.replace("_", " ").lower() or str(error) or type(error).__name__
    return TlsFailed(f"TLS with {target} failed: {shown}")


def _stamp(path: Path | None) -> tuple[object, ...]:
    """The file as it is now: another one of the same name is read anew."""
    if path is None:
        raise TlsFailed("a grant tells of a file of certificates and does not name it: grant it again")
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise _unusable(path, getattr(error, "strerror", None) or str(error)) from None
    return str(path), status.st_mtime_ns, status.st_size, status.st_ino


def _made(trust: Trust, protocols: tuple[str, ...]) -> ssl.SSLContext:
    made = ssl.create_default_context()
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    if trust.verification == "insecure":
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
    else:
        # The system's store may be missing (Python of python.org on macOS) or old; what is in neither is not believed.
        made.load_verify_locations(certifi.where())
    if trust.verification == "caFile":
        assert trust.ca_file is not None
        made.load_verify_locations(cadata=_certificates(trust.ca_file))
        # A person named this file: also a server's own certificate in it is enough, and one that was made by hand.
        made.verify_flags = (made.verify_flags | ssl.VerifyFlags.VERIFY_X509_PARTIAL_CHAIN) & ~ssl.VERIFY_X509_STRICT
    if protocols:
        made.set_alpn_protocols(list(protocols))
    return made


def _certificates(path: Path) -> str:
    try:
        if not path.is_file():
            raise _unusable(path, "it is not a file")
        with path.open("rb") as file:
            content = file.read(MOST_CA_BYTES + 1)
    except OSError as error:
        raise _unusable(path, error.strerror or str(error)) from None
    if len(content) > MOST_CA_BYTES:
        raise _unusable(path, f"it has more than {MOST_CA_BYTES >> 20} MiB")
    try:
        text = content.decode("ascii")
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=text)
    except (ValueError, ssl.SSLError):
        raise _unusable(path, "it holds no certificates in PEM form (BEGIN CERTIFICATE)") from None
    return text


def _unusable(path: Path, why: str) -> TlsFailed:
    return TlsFailed(f"the file of certificates {path} cannot be used: {why}. Name another one, in Network Access")


_WAY_OUT: Final = (
    "Where it is yours, allow {target} with the file of its certificate (in Network Access, or "
    "`thoth network allow PLUGIN {target} --ca-file FILE`)"
)
_CERTIFICATES: Final = {
    9: "is not valid yet: the clock of this machine, or of that one, may be wrong",
    10: "has expired",
    18: "is signed by itself, and nobody vouches for it",
    19: "leads to an authority that this machine does not know",
    20: "leads to an authority that this machine does not know",
    21: "comes without those it was signed with, so it cannot be checked",
    23: "was revoked",
    62: "is not for {name}",
    64: "is not for {name}",
}
"""By OpenSSL's codes of verification."""
_REASONS: Final = {
    "WRONG_VERSION_NUMBER": "does not speak TLS at this port",
    "HTTP_REQUEST": "does not speak TLS at this port",
    "RECORD_LAYER_FAILURE": "does not speak TLS at this port",
    "PACKET_LENGTH_TOO_LONG": "does not speak TLS at this port",
    "UNSUPPORTED_PROTOCOL": "speaks only versions of TLS that are no longer safe; 1.2 is the oldest that is used",
    "PROTOCOL_VERSION": "speaks only versions of TLS that are no longer safe; 1.2 is the oldest that is used",
    "CERTIFICATE_REQUIRED": "wants a certificate of the client, which plugins do not have",
    "HANDSHAKE_FAILURE": "and this machine have no way of encryption in common",
    "UNRECOGNIZED_NAME": "does not know the name it was asked for",
}
"""By marks in OpenSSL's names of reasons."""
