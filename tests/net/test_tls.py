"""Whom certificates are believed for, and what is said otherwise. Every handshake here is a real one."""

import asyncio
import datetime
import socket
import ssl
import threading
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import pytest
import trustme

from thoth_ls.calling import IO_FAILED
from thoth_ls.net.model import Target, Trust
from thoth_ls.net.tls import MOST_CA_BYTES, TlsFailed, context, failure

Change = Callable[[ssl.SSLContext], None]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


@asynccontextmanager
async def serving(certificate: trustme.LeafCert, change: Change | None = None) -> AsyncIterator[int]:
    """A server with TLS that says hello; its port."""
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(ours)
    if change:
        change(ours)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"hello")
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0, ssl=ours) as server:
        yield server.sockets[0].getsockname()[1]


@contextmanager
def serving_once(certificate: trustme.LeafCert, change: Change) -> Iterator[int]:
    """A server that, unlike asyncio's, says why there is no TLS with it; its port."""
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(ours)
    change(ours)

    def serve(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection, suppress(OSError), ours.wrap_socket(connection, server_side=True) as secure:
            secure.sendall(b"hello")

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        yield server.getsockname()[1]
        thread.join()


async def talk(port: int, trust: Trust, name: str = "db.example", protocols: tuple[str, ...] = ()) -> str:
    """What the server says, or why there was no TLS with it."""
    target = Target("tcp", "db.example", port)
    try:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", port, ssl=context(trust, protocols), server_hostname=name
        )
        said = await reader.read()
    except OSError as error:
        raise failure(error, target, name) from None
    chosen = writer.get_extra_info("ssl_object").selected_alpn_protocol()
    writer.close()
    return said.decode() + (f" by {chosen}" if chosen else "")


async def test_a_file_of_certificates_is_believed(authority: trustme.CA, ca_file: Path) -> None:
    async with serving(authority.issue_cert("db.example")) as port:
        assert await talk(port, Trust("caFile", ca_file)) == "hello"


async def test_nobody_else_is(authority: trustme.CA) -> None:
    async with serving(authority.issue_cert("db.example")) as port:
        with pytest.raises(TlsFailed, match="leads to an authority that this machine does not know") as told:
            await talk(port, Trust())
    assert told.value.code == IO_FAILED
    assert f"`thoth network allow PLUGIN tcp://db.example:{port} --ca-file FILE`" in str(told.value)


async def test_the_name_counts(authority: trustme.CA, ca_file: Path) -> None:
    async with serving(authority.issue_cert("other.example")) as port:
        with pytest.raises(TlsFailed, match=r"is not for db\.example"):
            await talk(port, Trust("caFile", ca_file))


async def test_an_address_counts_as_a_name(authority: trustme.CA, ca_file: Path) -> None:
    async with serving(authority.issue_cert("127.0.0.1")) as port:
        assert await talk(port, Trust("caFile", ca_file), "127.0.0.1") == "hello"
        with pytest.raises(TlsFailed, match=r"is not for 127\.0\.0\.2"):
            await talk(port, Trust("caFile", ca_file), "127.0.0.2")


@pytest.mark.parametrize(("days", "said"), [(-1, "has expired"), (1, "not valid yet")])
async def test_time_counts(authority: trustme.CA, ca_file: Path, days: int, said: str) -> None:
    now = datetime.datetime.now(datetime.UTC)
    begin, end = sorted((now + datetime.timedelta(days=days), now + datetime.timedelta(days=2 * days)))
    if days < 0:
        begin, end = begin - datetime.timedelta(days=1), end
    async with serving(authority.issue_cert("db.example", not_before=begin, not_after=end)) as port:
        with pytest.raises(TlsFailed, match=said):
            await talk(port, Trust("caFile", ca_file))


async def test_a_servers_own_certificate_is_enough(authority: trustme.CA, tmp_path: Path) -> None:
    """People have the certificate of their database, and seldom whoever signed it."""
    leaf = authority.issue_cert("db.example")
    path = tmp_path / "db.pem"
    leaf.cert_chain_pems[0].write_to_path(str(path))
    async with serving(leaf) as port:
        assert await talk(port, Trust("caFile", path)) == "hello"
    async with serving(authority.issue_cert("db.example")) as port:
        with pytest.raises(TlsFailed, match="does not know"):
            await talk(port, Trust("caFile", path))


async def test_insecure_asks_for_nothing(authority: trustme.CA) -> None:
    async with serving(authority.issue_cert("other.example")) as port:
        assert await talk(port, Trust("insecure")) == "hello"


@pytest.mark.parametrize("verification", ["verify", "insecure"])
async def test_old_versions_are_not_spoken(authority: trustme.CA, verification: str) -> None:
    def old(ours: ssl.SSLContext) -> None:
        ours.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings(action="ignore"):  # that these are old is the point
            ours.minimum_version = ssl.TLSVersion.TLSv1
            ours.maximum_version = ssl.TLSVersion.TLSv1_1

    safe = pytest.raises(TlsFailed, match=r"no longer safe; 1\.2 is the oldest")
    with serving_once(authority.issue_cert("db.example"), old) as port, safe:
        await talk(port, Trust(verification))  # type: ignore[arg-type]


async def test_a_server_without_tls() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hello, what is your name?\r\n" * 10)
        await reader.read(1000)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        with pytest.raises(TlsFailed, match="does not speak TLS at this port"):
            await talk(server.sockets[0].getsockname()[1], Trust())


async def test_a_server_that_hangs_up() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1000)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        with pytest.raises(TlsFailed, match="perhaps it does not speak TLS"):
            await talk(server.sockets[0].getsockname()[1], Trust())


async def test_a_server_that_wants_certificates(authority: trustme.CA, ca_file: Path) -> None:
    def strict(ours: ssl.SSLContext) -> None:
        ours.verify_mode = ssl.CERT_REQUIRED
        authority.configure_trust(ours)

    wanting = pytest.raises(TlsFailed, match="wants a certificate of the client")
    with serving_once(authority.issue_cert("db.example"), strict) as port, wanting:
        await talk(port, Trust("caFile", ca_file))


async def test_protocols_are_offered(authority: trustme.CA, ca_file: Path) -> None:
    async with serving(authority.issue_cert("db.example"), lambda ours: ours.set_alpn_protocols(["h2"])) as port:
        assert await talk(port, Trust("caFile", ca_file), protocols=("h2", "http/1.1")) == "hello by h2"
        assert await talk(port, Trust("caFile", ca_file)) == "hello"


def test_one_is_made_for_all_who_are_believed_alike(ca_file: Path) -> None:
    assert context(Trust()) is context(Trust())
    assert context(Trust(), ("h2",)) is not context(Trust())
    assert context(Trust("insecure")) is not context(Trust())
    assert context(Trust("caFile", ca_file)) is context(Trust("caFile", ca_file))


def test_another_file_of_the_same_name_is_read_anew(ca_file: Path) -> None:
    before = context(Trust("caFile", ca_file))
    trustme.CA().cert_pem.write_to_path(str(ca_file))
    assert context(Trust("caFile", ca_file)) is not before


def test_the_usual_authorities_are_known() -> None:
    """Those that come with us, whether or not the system has any."""
    assert context(Trust()).cert_store_stats()["x509_ca"] > 100
    assert context(Trust()).verify_mode is ssl.CERT_REQUIRED
    assert context(Trust()).check_hostname


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No such file"),
        (b"", "no certificates in PEM form"),
        (b"\xff\x00", "no certificates in PEM form"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no certificates in PEM form"),
        (b"#" * (MOST_CA_BYTES + 1), "more than 4 MiB"),
    ],
)
def test_files_that_hold_no_certificates(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TlsFailed, match=rf"{path} cannot be used: .*{said}"):
        context(Trust("caFile", path))


def test_a_folder_or_nothing_is_no_file_of_certificates(tmp_path: Path) -> None:
    with pytest.raises(TlsFailed, match="is not a file"):
        context(Trust("caFile", tmp_path))
    with pytest.raises(TlsFailed, match="does not name it"):
        context(Trust("caFile"))
