"""Sends a request, and takes in what comes of it."""

import base64
from collections.abc import Callable
from copy import deepcopy

import thoth_plugin as thoth
from explorer import notices, sizes
from explorer.answer import Answer, kept_of, sent_of
from explorer.fetching import TRIES, answered
from explorer.library import new_id, now
from explorer.workbench import Workbench
from rest import extract, history
from rest.model import Request
from rest.prepare import prepare
from rest.prepared import Base64, BodyPart, Handle, Prepared, Text
from rest.secrets import redact
from rest.telling import LEFT_OUT, is_telling
from thoth_plugin.http import Exchange, Response, Stored
from thoth_plugin.nodes import Node
from thoth_plugin.signals import Status

SHOWN: int = 80
"""Characters of a value that was extracted."""
PREVIEW: int = 64 * 1024
"""Bytes of a body that are handed over; the viewers read the rest at the host."""


class Sending(Workbench):
    """Part of the panel."""

    @thoth.on("send", "click")
    @thoth.on("url", "submit")
    @thoth.on("body-text", "run")
    @thoth.on("graphql-query", "run")
    @thoth.on("graphql-variables", "run")
    async def send(self) -> None:
        """Sends the request as it is now."""
        if self.stage != "idle" or self.request.protocol != "http":
            return
        asked = deepcopy(self.request)  # it may be edited while the server thinks
        prepared = prepare(asked, self.variables())
        self.attempted = True
        self.live = self.looked_at()
        if prepared.errors:
            self.failure = ""
            return
        self.begins()
        try:
            response = await self._exchanged(prepared)
            self.answered(Answer(response, sent_of(prepared)), prepared, asked)
        except thoth.Cancelled:
            self.failure = "Cancelled."
            thoth.signals.emit("http", f"{prepared.method} cancelled", ttl_ms=10_000)
        except thoth.PluginError as error:
            self.failure = redact(error.message, prepared.secrets)
            thoth.signals.emit("http", f"{prepared.method} failed", "error")
            self._remember(prepared, asked, None)
        finally:
            self.stage, self.asked, self.exchange = "idle", "", None

    @thoth.on("cancel", "click")
    def cancel(self) -> None:
        """Ends what is under way."""
        if self.exchange is not None:
            self.exchange.cancel()

    def begins(self) -> None:
        """A request leaves: what the last one brought is let go of."""
        self.let_answer_go()
        self.failure = ""
        self.stage = "sending"
        thoth.signals.emit("http", f"{self.request.method} …", "loading")

    def answered(self, answer: Answer, prepared: Prepared, asked: Request) -> None:
        """A response to a request, as it was when it was sent, has come."""
        self.answer = answer
        took = sizes.time(answer.response.duration_ms)
        status: Status = "error" if answer.response.status >= 500 else "ready"
        thoth.signals.emit("http", f"{prepared.method} {answer.response.status} · {took}", status)
        self._remember(prepared, asked, answer.response)
        self._extract(asked, answer.response)

    def _extract(self, asked: Request, response: Response) -> None:
        """Makes variables of what the rules of the request find."""
        self.extracted = {}
        rules = asked.extractions
        if not any(rule.enabled for rule in rules):
            return
        whole = response.body_bytes <= extract.MOST_BODY
        body = response.all_content().decode("utf-8", "replace") if whole else response.body
        received = extract.Received(response.status, response.headers, body, truncated=not whole)
        for at, rule in enumerate(rules):
            if rule.enabled:
                found = extract.extract(rule, received)
                self.extracted[at] = self._taken(found)
        if self.request.extractions != rules:  # they were edited meanwhile: it is not known which is which
            self.extracted = {}
        self.edited()

    def _taken(self, found: extract.Extracted) -> Node:
        if found.value is None:
            return notices.problem(found.problem, "warning")
        where = self.library.put_variable(found.variable, found.value)
        shown = found.value if len(found.value) <= SHOWN else f"{found.value[:SHOWN]}…"
        if is_telling(found.variable):
            shown = LEFT_OUT
        more = f" It is the first of {found.others + 1}." if found.others else ""
        return notices.hint(f"{{{{{found.variable}}}}} in {where} is now {shown}.{more}")

    def _remember(self, prepared: Prepared, asked: Request, response: Response | None) -> None:
        """Puts it into the history."""
        entry = history.entry_of(new_id(), now(), asked, prepared)
        if response is None:
            entry.error = self.failure
        else:
            entry.response = kept_of(response, prepared)
        self.library.remember(entry)
        self.entry = entry

    async def _exchanged(self, prepared: Prepared) -> Response:
        """The response; where the server wants to be proven who asks, that of the next request."""
        response, session = await self._asked(prepared), None
        for _ in range(TRIES):
            again = answered(prepared, response, session)
            if again is None:
                break
            proven, session = again
            response = await self._asked(proven)
        return response

    async def _asked(self, prepared: Prepared) -> Response:
        self.exchange = begin(prepared, self._waits)
        response = await self.exchange
        self.stage, self.asked = "sending", ""
        return response

    def _waits(self, sentence: str) -> None:
        self.stage, self.asked = "asking", sentence


def begin(prepared: Prepared, on_pending: Callable[[str], object] | None = None) -> Exchange:
    """Hands a request over to the host."""
    return thoth.http.request(
        prepared.method,
        prepared.url,
        headers=prepared.headers,
        parts=[_part(part) for part in prepared.body] or None,
        preview_bytes=PREVIEW,
        keep_body=True,
        on_pending=on_pending,
        **prepared.options,
    )


def _part(part: BodyPart) -> str | bytes | Stored:
    match part:
        case Text(text):
            return text
        case Base64(data):
            return base64.b64decode(data)
        case Handle(handle):
            return Stored(handle)
