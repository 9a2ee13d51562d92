"""Authorities and certificates for servers of tests: good ones, and each kind of bad one."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import trustme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NAMES = ("localhost", "127.0.0.1", "::1")


class Certificates:
    """One authority, and one that nobody trusts."""

    def __init__(self, folder: Path) -> None:
        self._ca = trustme.CA()
        self._stranger = trustme.CA()
        self.ca_file = folder / "authority.pem"
        """The authority's certificate, in PEM: what a client has to trust."""
        self._ca.cert_pem.write_to_path(str(self.ca_file))

    def server(self, *names: str, alpn: Sequence[str] = ()) -> ssl.SSLContext:
        """A good certificate for the names and addresses; of this machine where none are given."""
        return _context(self._ca, self._ca.issue_cert(*(names or NAMES)), alpn)

    def expired(self, *names: str) -> ssl.SSLContext:
        """It ended yesterday."""
        yesterday = datetime.now(UTC) - timedelta(days=1)
        return _context(self._ca, self._ca.issue_cert(*(names or NAMES), not_after=yesterday), ())

    def of_another(self) -> ssl.SSLContext:
        """Good in itself, but for a name this is not."""
        return _context(self._ca, self._ca.issue_cert("elsewhere.example"), ())

    def stranger(self, *names: str) -> ssl.SSLContext:
        """By an authority that no client knows."""
        return _context(self._stranger, self._stranger.issue_cert(*(names or NAMES)), ())

    def client(self) -> ssl.SSLContext:
        """For a client that trusts the authority and nothing else, to measure against."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._ca.configure_trust(context)
        return context


def _context(ca: trustme.CA, certificate: trustme.LeafCert, alpn: Sequence[str]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    ca.configure_trust(context)
    if alpn:
        context.set_alpn_protocols(list(alpn))
    return context
