"""`http-client` and `http-control` for guests: what they ask for is read on their threads and done on the loop."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from thoth_ls.calling import INVALID, UNKNOWN_ID, HostRefusal
from thoth_ls.catalog.plugin import whole
from thoth_ls.net.http import headers as h
from thoth_ls.net.http import outcome
from thoth_ls.net.http.bodies import IN_MEMORY, MIB, Body, JoinedBody
from thoth_ls.net.http.client import Wanted
from thoth_ls.net.http.guests import GuestRequests, told
from thoth_ls.net.http.kept import made_or_undone
from thoth_ls.net.http.options import Options, Part, parse_options
from thoth_ls.net.http.redirects import Outgoing
from thoth_ls.net.http.waited import Waited
from thoth_ls.net.http.waiting import Later
from thoth_ls.net.target import parse_url
from thoth_ls.net.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from thoth_ls.calling import Caller
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.http.bodies import BodyFolder
    from thoth_ls.net.http.client import Answer, Client, OnPending
    from thoth_ls.net.http.showing import Showing
    from thoth_ls.net.model import Checked, Consent, ConsentPending

    Request = Mapping[str, Any]
    """`http-request` as it comes from the guest: url, method, headers, body."""

FETCHED: Final = 8 * MIB
"""Bytes that `fetch` hands over; every one of them takes 32 on the way into the guest."""
SHOWING_SECONDS: Final = 60.0
READ_AT_A_TIME: Final = IN_MEMORY


@dataclass(slots=True)
class HttpHost:
    """The two interfaces for all guests. Made on the event loop; `imports` is for any thread."""

    client: Client
    consent: Consent
    showing: Showing
    bodies: BodyFolder
    loop: asyncio.AbstractEventLoop
    later: Later = field(init=False)
    turns: Turns = field(default_factory=Turns)
    """For requests that begin: a plugin may begin thousands, all of them refused."""
    panels: dict[str, GuestRequests] = field(default_factory=dict)
    """Those of panels, by the panel: of the guest that draws it now."""

    def __post_init__(self) -> None:
        self.later = Later(self.client, self.consent)

    async def close(self) -> None:
        """Ends everything that is under way, and what people are asked."""
        await self.later.close()
        await self.client.close()

    def body(self, panel_id: str, handle: str) -> Body:
        """A body that the guest of a panel holds; raises HostRefusal. For any thread."""
        requests = self.panels.get(panel_id)
        if requests is None:
            raise HostRefusal(f"the panel has no body {handle[:40]!r}", UNKNOWN_ID)
        return requests.body(handle)

    def _ended(self, panel_id: str, requests: GuestRequests) -> None:
        if self.panels.get(panel_id) is requests:
            del self.panels[panel_id]

    def imports(self, plugin: Plugin, caller: Caller) -> dict[str, dict[str, Callable[..., Any]]]:
        """The functions for one guest."""
        guest = _Guest(self, plugin, caller)
        if caller.panel_id is not None:
            self.panels[caller.panel_id] = guest.requests
            caller.at_end(partial(self._ended, caller.panel_id, guest.requests))
        return {
            "http-client": {"fetch": guest.fetch, "submit": Submit(guest)},
            "http-control": {
                "fetch": guest.fetch_with_options,
                "submit": guest.submit,
                "cancel": guest.requests.cancel,
                "read-body": guest.read_body,
                "show-body": guest.show_body,
                "save-body": guest.save_body,
                "pick-body": guest.pick_body,
                "release-body": guest.requests.release,
            },
        }


class Submit:
    """`http-client.submit`, which returns an id whatever happens: what goes wrong comes as the event."""

    def __init__(self, guest: _Guest) -> None:
        self._guest = guest

    def __call__(self, request: Request) -> str:
        """The id."""
        number = self._guest.requests.new_id()
        try:
            self._guest.begin(number, request, Options())
        except HostRefusal as refusal:
            self._guest.requests.tell(number, outcome.KIND, outcome.err("error", told(refusal)))
        return number

    def refused(self, refusal: HostRefusal, request: Request) -> str:
        """The id of a request the plugin may not make."""
        number = self._guest.requests.new_id()
        self._guest.requests.tell(number, outcome.KIND, outcome.err("error", told(refusal)))
        return number


class _Guest:
    """The functions of one guest, for its thread."""

    def __init__(self, host: HttpHost, plugin: Plugin, caller: Caller) -> None:
        self.requests = GuestRequests(caller, host.loop)
        self._host = host
        self._plugin = plugin
        self._caller = caller

    def fetch(self, request: Request) -> dict[str, Any]:
        """The whole response; waits for it, and for no person."""
        wanted = self._wanted(request, Options())
        return self._caller.wait(self.requests.run(self._fetched(wanted)), wanted.seconds + 1)

    def fetch_with_options(self, request: Request, options: str) -> str:
        """The object of an answer as JSON text; waits for it, and for a person where one has to be asked."""
        parsed = parse_options(options)
        wanted = self._wanted(request, parsed)
        waited: Waited[str] = Waited(self.requests)

        async def ask(pending: ConsentPending) -> Checked:
            look = partial(self._host.client.look, self._plugin, pending.attempt)
            return await waited.person(self._host.consent.ask(self._plugin, pending.attempt, look))

        return waited.result(partial(self._answered, wanted, parsed, ask), self._caller, wanted.seconds + 1)

    def submit(self, request: Request, options: str) -> str:
        """The id of a request with options."""
        number = self.requests.new_id()
        self.begin(number, request, parse_options(options))
        return number

    def begin(self, number: str, request: Request, options: Options) -> None:
        """Begins a request; raises HostRefusal where it can be told at once that it is none."""
        wanted = self._wanted(request, options)
        body = wanted.request.body
        most = self._host.client.settings.request_megabytes * MIB
        size = len(body) if isinstance(body, bytes) else body.own_bytes if isinstance(body, JoinedBody) else 0
        options = options.model_copy(update={"body_parts": None})  # they are in the body
        self.requests.begin(number, partial(self._submitted, number, wanted, options), size, most)

    def read_body(self, handle: str, offset: int, count: int) -> bytes:
        """Bytes of a body, fewer than were asked for where that is more than one call hands over."""
        return self.requests.body(handle).read(offset, min(count, READ_AT_A_TIME))

    def show_body(self, handle: str, name: str) -> None:
        """Opens it in the editor; returns when the editor has been told."""
        showing = self._host.showing.show(self._plugin, self.requests.body(handle), name)
        self._caller.wait(self.requests.run(showing), SHOWING_SECONDS)

    def save_body(self, handle: str, title: str, default_name: str) -> str | None:
        """Where the person had it saved."""
        saving = self._host.showing.save(self._plugin, self.requests.body(handle), title, default_name)
        return self._caller.ask(self.requests.run(saving))

    def pick_body(self, title: str, extensions: Sequence[str]) -> str | None:
        """A file the person picked, as a body: what it is called there, and in how many bytes."""
        path = self._caller.ask(self.requests.run(self._host.showing.pick_source(self._plugin, title, extensions)))
        if path is None:
            return None
        most = self._host.client.settings.request_megabytes * MIB

        def copied() -> tuple[str, int]:
            body = self._host.bodies.copy_of(path, most)
            return self.requests.hold(body), body.size

        def undo(made: tuple[str, int] | None) -> None:
            if made is not None:
                self.requests.release(made[0])

        handle, size = self._caller.wait(self.requests.run(made_or_undone(copied, undo)), SHOWING_SECONDS)
        return json.dumps({"handle": handle, "name": whole(path.name), "bytes": size}, ensure_ascii=False)

    def _body(self, given: bytes | None, options: Options) -> bytes | Body | None:
        """What is to be sent."""
        if options.body_handle is not None:
            return self.requests.body(options.body_handle)
        if options.body_parts is not None:
            parts = [(part, self._part(part)) for part in options.body_parts]
            own = sum(body.size for part, body in parts if part.body_handle is None)
            return JoinedBody([body for _, body in parts], own)
        return given

    def _part(self, part: Part) -> Body:
        if part.body_handle is not None:
            return self.requests.body(part.body_handle)
        try:
            raw = b64decode(part.base64, validate=True) if part.base64 is not None else (part.text or "").encode()
        except ValueError as error:
            raise HostRefusal(f"option body_parts: base64: {error}", INVALID) from None
        return Body(raw, None, len(raw))

    def _wanted(self, request: Request, options: Options) -> Wanted:
        settings = self._host.client.settings
        method = h.method_of(request["method"])
        target, url = parse_url(request["url"], "http")
        body = self._body(request["body"], options)
        size = 0 if body is None else len(body) if isinstance(body, bytes) else body.size
        if size > settings.request_megabytes * MIB:
            raise HostRefusal(
                f"the body has {size:,} bytes, and {settings.request_megabytes} MiB are sent (setting"
                " thoth.network.requestMegabytes)",
                INVALID,
            )
        if body is not None and method in ("GET", "HEAD", "TRACE") and size == 0:
            body = None
        if body is not None and method == "TRACE":
            raise HostRefusal("TRACE is sent without a body (RFC 9110, 9.3.8): leave it out", INVALID)
        headers = h.checked(request["headers"], h.authority_of(target), size)
        seconds = settings.total_seconds
        if options.timeout_ms is not None:
            seconds = min(seconds, options.timeout_ms / 1000)
        return Wanted(
            Outgoing(method, target, url, headers, body),
            seconds,
            options.follow_redirects,
            options.max_redirects,
            options.cookies,
            options.http_version,
            verify_tls=options.verify_tls,
        )

    async def _fetched(self, wanted: Wanted) -> dict[str, Any]:
        later = partial(self._host.later.ask, self._plugin, self._caller)
        answer = await self._host.client.send(self._plugin, replace(wanted, most_bytes=FETCHED), later)
        body = answer.incoming.body
        try:
            content = await asyncio.to_thread(body.read, 0, body.size)
        finally:
            body.remove()
        return {"status": answer.incoming.status, "headers": answer.incoming.headers, "body": content}

    async def _submitted(self, number: str, wanted: Wanted, options: Options) -> str:
        """The text of the event."""

        async def ask(pending: ConsentPending) -> Checked:
            self.requests.tell(number, outcome.KIND, outcome.err("consent_pending", str(pending)))
            look = partial(self._host.client.look, self._plugin, pending.attempt)
            return await self._host.consent.ask(self._plugin, pending.attempt, look)

        await self._host.turns.mine()
        return outcome.ok(await self._answered(replace(wanted, room=self.requests.room), options, ask))

    async def _answered(self, wanted: Wanted, options: Options, ask: OnPending) -> str:
        answer = await self._host.client.send(self._plugin, wanted, ask)

        def undo(made: tuple[str, str | None] | None) -> None:  # nobody is told of it
            if made is not None and made[1] is not None:
                self.requests.release(made[1])
            answer.incoming.body.remove()

        return (await made_or_undone(partial(self._told, answer, options), undo))[0]

    def _told(self, answer: Answer, options: Options) -> tuple[str, str | None]:
        """The text of the event, and the handle in it."""
        body, preview_bytes = answer.incoming.body, options.preview_bytes
        if body.size <= preview_bytes and not options.keep_body:
            whole = body.read(0, body.size)
            body.remove()
            return outcome.answered(answer, whole, None), None
        preview = body.read(0, preview_bytes)
        handle = self.requests.hold(body)
        return outcome.answered(answer, preview, handle), handle
