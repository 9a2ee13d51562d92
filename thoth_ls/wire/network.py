"""What leaves for the network: questions to the person, what they decided, and what went on."""

from typing import Annotated, Literal

from pydantic import Field

from thoth_ls.wire.base import Wire

NetworkKind = Literal["http", "websocket", "tcp"]

Choice = Literal["once", "untilClosed", "always", "deny", "denyAlways"]
"""`once`: what waits for this answer, and nothing later. `untilClosed`: until the server ends. `always`: kept for the
user. `deny`: not now; the same is not asked again for a minute. `denyAlways`: kept for the user."""

Duration = Literal["untilClosed", "user", "workspace"]

Header = Annotated[tuple[str, str], Field(strict=False)]
"""Name and value. JSON has no tuples, only lists."""

Verification = Literal["verify", "caFile", "insecure"]
"""Of TLS certificates: by the usual authorities; by those of one file as well; not at all."""


class ConsentQuestion(Wire):
    """Asks whether a plugin may reach a host. Sent one at a time, and only for what its manifest declares."""

    plugin_id: str
    plugin_name: str
    """Made harmless, as are all texts of plugins here."""
    version: str
    origin: str
    """As in `PluginInfo.origin`."""
    kind: NetworkKind
    method: str
    """Of HTTP, for instance GET; empty for others."""
    target: str
    """`scheme://host:port`, the scheme one of http, https and tcp: what would be granted."""
    host: str
    port: int
    addresses: list[str]
    """What the host's name was resolved to just now: these alone would be connected to. Empty with a proxy."""
    local: bool
    """Whether the addresses are those of this machine or a private network: a grant of its own kind."""
    reason: str
    """Why the plugin needs the network, in its author's words."""
    redirected_from: str | None
    """The target that redirected here, null where the plugin itself asked for this one."""
    waiting: int
    """How many attempts that differ in nothing shown here wait for the answer: `once` is for all of them."""


class ConsentAnswer(Wire):
    """What the person decided; the result null (or no answer) means `deny`."""

    choice: Choice


class NetworkGrant(Wire):
    """One decision about what a plugin may reach."""

    plugin_id: str
    pattern: str
    """`scheme://host:port`, as `[permissions] network.hosts` writes them; `tcp://host:port` for TCP."""
    decision: Literal["allowed", "denied"]
    duration: Duration
    local: bool
    """Whether it is about addresses of this machine or a private network; others are never reached by it."""
    addresses: list[str]
    """Of a local grant: the addresses it is for; empty for any local ones (`localhost`, or written by hand)."""
    verification: Verification
    ca_file: str | None
    """Absolute path of the certificates, for `caFile`."""
    since: str
    """When it was decided: RFC 3339, UTC."""


class NetworkGrants(Wire):
    """All decisions, those of one plugin together."""

    enabled: bool
    """Whether plugins may use the network at all (`thoth.network.enabled`, and the workspace is trusted)."""
    why_not: str | None
    """Why not, as a sentence."""
    grants: list[NetworkGrant]


class SetNetworkGrantParams(Wire):
    """Decides about one pattern of one plugin; a decision about the same pattern and duration is replaced."""

    plugin_id: str
    pattern: Annotated[str, Field(max_length=512)]
    decision: Literal["allowed", "denied", "ask"]
    """`ask` forgets it."""
    duration: Duration = "user"
    local: bool = False
    addresses: Annotated[list[str], Field(max_length=64)] = Field(default=[])
    """As in `NetworkGrant.addresses`: a decision that is changed in something else keeps them."""
    verification: Verification = "verify"
    ca_file: Annotated[str, Field(max_length=4096)] | None = None


class NetworkTiming(Wire):
    """Milliseconds of one attempt; null for what did not happen (a connection that was used again)."""

    dns: float | None
    connect: float | None
    tls: float | None
    first_byte: float | None
    total: float


class NetworkActivity(Wire):
    """One attempt: a request or one hop of its redirects, a WebSocket connection, a TCP stream.

    The last two are there twice: once they are `connected`, so that one sees what is open, and when they have ended.
    """

    number: int
    """From 1, in the order in which attempts ended, or were connected."""
    at: str
    """When it began: RFC 3339, UTC."""
    plugin_id: str
    kind: NetworkKind
    method: str
    url: str
    """Without what may be secret: user names and values of the query are left out."""
    verdict: Literal["allowed", "connected", "refused", "asked", "failed", "cancelled"]
    """`connected`: allowed, and not over yet; `refused` by a rule or a person; `asked`: waiting for a person; `failed`
    on the way."""
    why: str
    """The rule, grant or failure, as a sentence."""
    address: str | None
    """The address that was connected to."""
    status: int | None
    """Of HTTP, or the close code of a WebSocket."""
    protocol: str | None
    """For instance `HTTP/2`, `TLSv1.3`."""
    sent_bytes: int
    received_bytes: int
    timing: NetworkTiming
    request_headers: list[Header]
    """Values of headers that may hold secrets are replaced by `…`."""
    response_headers: list[Header]
    redirected_from: str | None


class NetworkActivityParams(Wire):
    """Asks for attempts."""

    after: Annotated[int, Field(ge=0)] = 0
    """Those with a greater number."""
    limit: Annotated[int, Field(ge=1, le=1000)] = 200
    plugin_id: str | None = None
    """Of this plugin alone."""


class NetworkActivities(Wire):
    """The newest attempts that were asked for, in their order."""

    entries: list[NetworkActivity]
    last: int
    """Number of the newest attempt of all."""
    dropped: int
    """How many earlier ones are no longer kept in memory; the log file has them."""
    log_file: str
    """Absolute path of the log: one JSON object a line."""


class DidNetworkActivity(Wire):
    """Something went on; sent at most five times a second."""

    last: int


class DidChangeNetworkGrants(Wire):
    """Decisions have changed, or the switch."""

    plugin_ids: list[str]
