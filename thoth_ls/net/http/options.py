"""The options of `http-control.submit`: a JSON object, of which nothing is overlooked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from thoth_ls.calling import INVALID, HostRefusal
from thoth_ls.net.http.bodies import IN_MEMORY
from thoth_ls.net.http.redirects import MOST_REDIRECTS

MOST_TEXT = 32 * 1024 * 1024
"""Parts are in it."""
MOST_PARTS = 1_000


class Part(BaseModel):
    """A piece of a body: one of the three."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    text: str | None = None
    base64: str | None = None
    body_handle: str | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Part:
        if sum(given is not None for given in (self.text, self.base64, self.body_handle)) != 1:
            raise ValueError("a part has text, base64 or body_handle, and only one of them")
        return self


class Options(BaseModel):
    """How a request is to be made."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    timeout_ms: Annotated[int, Field(ge=1, le=3_600_000)] | None = None
    """Of the whole exchange; the setting `thoth.network.totalSeconds` holds as well."""
    follow_redirects: bool = True
    max_redirects: Annotated[int, Field(ge=0, le=MOST_REDIRECTS)] = MOST_REDIRECTS
    cookies: bool = False
    """Whether cookies are sent, and those of the response kept, for this plugin until the server ends."""
    http_version: Literal["auto", "1.1", "2"] = "auto"
    body_handle: str | None = None
    """A body that was received or picked, to be sent in place of the request's own."""
    body_parts: Annotated[list[Part], Field(max_length=MOST_PARTS)] | None = None
    """What follows each other in place of the request's own body."""
    preview_bytes: Annotated[int, Field(ge=0, le=IN_MEMORY)] = IN_MEMORY
    """Bytes of the body that the event has at most; with more, it has a handle."""
    keep_body: bool = False
    """Whether the body has a handle, however short it is."""
    verify_tls: bool | None = None
    """Whether certificates are checked; False takes a person's decision for the host, None is whatever that is."""

    @model_validator(mode="after")
    def _one_body(self) -> Options:
        if self.body_handle is not None and self.body_parts is not None:
            raise ValueError("body_handle and body_parts cannot both be the body")
        return self


def parse_options(text: str) -> Options:
    """The options in `text`, the empty text standing for none; raises HostRefusal (400)."""
    if not text.strip():
        return Options()
    if len(text) > MOST_TEXT:
        raise HostRefusal(f"the options are longer than {MOST_TEXT >> 20} MiB", INVALID)
    try:
        return Options.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        known = f" (options: {', '.join(Options.model_fields)})" if first["type"] == "extra_forbidden" else ""
        where = f"option {name[:60]!r}: " if name else "the options: "
        raise HostRefusal(f"{where}{first['msg']}{known}", INVALID) from None
