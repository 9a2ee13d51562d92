"""TCP streams of plugins beside a bare socket, and what the judge costs before each of them."""

import asyncio
import socket
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.report import Goal, Report
from tests.bench.serving import serving
from tests.net.callers import Guest, Person
from tests.net.places import Names, declared, grant, plugin, tcp
from thoth_ls.net.activity import ActivityLog
from thoth_ls.net.allowance import Allowance
from thoth_ls.net.decisions import Decisions
from thoth_ls.net.gate import Gate
from thoth_ls.net.tcp import TcpClient
from thoth_ls.settings import Settings

RUNS = 5
MIB = 1 << 20
CARRIED = 512 * MIB
GRANTS = 20
CHECKS = 2_000

SENDS = f"""
import socket
content = bytes({MIB})
with socket.create_server(("127.0.0.1", 0)) as server:
    print(server.getsockname()[1], flush=True)
    while True:
        connection, _ = server.accept()
        try:
            with connection:
                for _ in range({CARRIED // MIB}):
                    connection.sendall(content)
        except OSError:
            pass
"""


def _rate(read: Callable[[], bytes]) -> float:
    """MB a second, until nothing comes any more."""
    began, total = time.perf_counter(), 0
    while part := read():
        total += len(part)
    assert total == CARRIED
    return total / 1e6 / (time.perf_counter() - began)


def bare(port: int) -> float:
    """A socket of Python's, read a MiB at a time."""
    with socket.create_connection(("127.0.0.1", port)) as sock:
        return _rate(lambda: sock.recv(MIB))


def ours(client: TcpClient, port: int) -> float:
    """`tcp-client.read`, a MiB at a time, on a thread as guests have one."""
    functions = client.imports(GUEST, Guest())
    number = functions["connect"]("127.0.0.1", port, False)
    try:
        return _rate(lambda: functions["read"](number, MIB))
    finally:
        functions["close"](number)


GUEST = plugin()


def _gate(folder: Path, names: Names) -> Gate:
    settings = Settings.model_validate({"network": {"requestsPerMinute": 0, "requestsPerMinutePerHost": 0}})
    decisions = Decisions(folder, None, lambda sentence: None)
    return Gate(decisions, names, Allowance(settings.network), settings, declared)


async def tcp_rates(folder: Path) -> tuple[float, float]:
    """MB a second, ours and a bare socket's."""
    gate = _gate(folder, Names())
    activity = ActivityLog(folder / "log")
    client = TcpClient(gate, Person(), activity, asyncio.get_running_loop())
    with serving(SENDS) as port:
        await gate.decisions.keep(GUEST, grant(f"tcp://127.0.0.1:{port}", local=True))
        rates: tuple[list[float], list[float]] = ([], [])
        for _ in range(RUNS):  # they take turns, so that a busy moment costs both
            rates[0].append(await asyncio.to_thread(ours, client, port))
            rates[1].append(await asyncio.to_thread(bare, port))
    client.close()
    await activity.close()
    return statistics.median(rates[0]), statistics.median(rates[1])


async def check_seconds(folder: Path) -> float:
    """One attempt through the whole gate but for the resolver, with decisions about many other places."""
    gate = _gate(folder, Names(db__example=["93.184.216.34"]))
    for number in range(GRANTS):
        await gate.decisions.keep(GUEST, grant(f"tcp://h{number}.example:5432"))
    await gate.decisions.keep(GUEST, grant("tcp://db.example:5432"))
    attempt = tcp("db.example", 5432)
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        for _ in range(CHECKS):
            await gate.check(GUEST, attempt)
        seconds.append((time.perf_counter() - began) / CHECKS)
    return statistics.median(seconds)


async def measure(report: Report) -> None:
    """tcp_mb_per_s and policy_check_us."""
    with tempfile.TemporaryDirectory() as folder:
        rate, peer = await tcp_rates(Path(folder) / "tcp")
        report.add("tcp_mb_per_s", rate, "MB/s", Goal(">", 0.5, "ratio"), ("bare socket", peer), rate / peer)
        report.add("policy_check_us", 1e6 * await check_seconds(Path(folder) / "gate"), "µs", Goal("<", 300))
