"""What plugins write: in lines, within bounds."""

from thoth_ls.runtime.log_capture import MAX_LINE_BYTES, LogCapture


class Log:
    """A capture whose clock and lines are at hand."""

    def __init__(self, allowed: int = 10_000) -> None:
        self.now = 0.0
        self.lines: list[tuple[str, str]] = []
        self.floods = 0
        self.capture = LogCapture("a.b", self.take, allowed, self.flood, lambda: self.now)

    def take(self, plugin_id: str, level: str, text: str) -> None:
        """One line."""
        self.lines.append((level, text))

    def flood(self) -> None:
        """The plugin is to be stopped."""
        self.floods += 1


def test_writes_are_cut_into_lines() -> None:
    """However the bytes come, whole lines go out; the rest follows at the end, characters cut in two in one piece."""
    log = Log()
    umlaut = "ä".encode()
    for piece in (b"one\ntw", b"o\r\n\n", b"thr" + umlaut[:1], umlaut[1:] + b"ee"):
        assert log.capture.stderr(piece) == len(piece)
    assert log.lines == [("info", "one"), ("info", "two")]
    log.capture.flush()
    assert log.lines[2:] == [("info", "thräee")]


def test_streams_do_not_mix() -> None:
    """A line of one stream is not torn apart by the other."""
    log = Log()
    log.capture.stdout(b"out")
    log.capture.stderr(b"err\n")
    log.capture.stdout(b"put\n")
    assert log.lines == [("info", "err"), ("info", "output")]


def test_levels_are_taken_from_the_words() -> None:
    """A plugin has no other way to say how bad it is."""
    log = Log()
    log.capture.stderr(b"Error: x\nWARN y\n[error] z\npanicked\nall is well, no error\n")
    assert [level for level, _ in log.lines] == ["error", "warning", "error", "error", "info"]


def test_terminal_codes_and_odd_bytes_are_harmless() -> None:
    """What is shown is plain text."""
    log = Log()
    log.capture.stderr(b"\x1b[31mred\x1b[0m\x07\x00 \xff\n")
    assert log.lines == [("info", "red \N{REPLACEMENT CHARACTER}")]


def test_a_line_without_end_is_cut() -> None:
    """Nothing is kept for ever."""
    log = Log(1_000_000)
    log.capture.stderr(b"x" * (MAX_LINE_BYTES * 2 + 5))
    assert [len(text) for _, text in log.lines] == [MAX_LINE_BYTES, MAX_LINE_BYTES]


def test_too_much_is_left_out_and_said() -> None:
    """What goes beyond the allowance is counted; with time there is room again."""
    log = Log(allowed=600)
    log.capture.stderr(b"x" * 599 + b"\n")
    assert log.capture.stderr(b"lost\n") == 5
    log.now += 6
    log.capture.stderr(b"back\n")
    assert [text for _, text in log.lines[1:]] == ["(left out 5 bytes: more than this plugin may log)", "back"]


def test_a_flood_ends_the_call() -> None:
    """A plugin that only writes is stopped; the next call may write again."""
    log = Log(allowed=100)
    while log.capture.stderr(b"y" * 100) > 0:
        assert not log.floods
    assert log.floods == 1
    log.capture.begin_call()
    assert log.capture.stderr(b"y" * 100) == 100


def test_nothing_is_ever_raised_towards_the_guest() -> None:
    """An exception there would be printed to the server's standard output, which is the protocol."""

    def fail(plugin_id: str, level: str, text: str) -> None:
        raise SystemExit

    capture = LogCapture("a.b", fail, 1_000, lambda: None)
    assert capture.stderr(b"line\n") < 0
