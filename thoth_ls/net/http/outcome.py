"""The text of the event `http-response`: the published members, and ours beside them."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from thoth_ls.net.http.client import Answer
    from thoth_ls.net.http.exchange import Hop

KIND: Final = "http-response"


def answered(answer: Answer, preview: bytes, handle: str | None) -> str:
    """A response; `preview` is the body or its beginning, with a `handle` for the whole where that is more."""
    incoming = answer.incoming
    value: dict[str, Any] = {
        "status": incoming.status,
        "headers": incoming.headers,
        "body": "",
        "duration_ms": round(answer.duration_ms),
        "body_bytes": incoming.body.size,
        "url": answer.url,
        "http_version": incoming.hop.protocol,
        "hops": [_hop(hop) for hop in answer.hops],
    }
    if handle is not None:
        value["body_handle"] = handle
        preview = _whole_letters(preview)
    try:
        value["body"] = preview.decode("utf-8")
    except UnicodeDecodeError:
        value["body"] = preview.decode("utf-8", "replace")
        value["body_base64"] = base64.b64encode(preview).decode("ascii")
    return json.dumps(value, ensure_ascii=False)


def ok(answered: str) -> str:
    """Of the text of a response."""
    return f'{{"ok": {answered}}}'


def err(code: str, message: str) -> str:
    """What went wrong: `consent_pending`, `error` or `cancelled`."""
    return json.dumps({"err": {"code": code, "message": message}}, ensure_ascii=False)


def _hop(hop: Hop) -> dict[str, Any]:
    return {
        "url": hop.url,
        "status": hop.status,
        "address": hop.address,
        "http_version": hop.protocol,
        "timing_ms": {
            "dns": _rounded(hop.dns_ms),
            "connect": _rounded(hop.connect_ms),
            "tls": _rounded(hop.tls_ms),
            "first_byte": _rounded(hop.first_byte_ms),
            "total": _rounded(hop.total_ms),
        },
    }


def _whole_letters(preview: bytes) -> bytes:
    """Without a UTF-8 letter that was cut in two at its end."""
    for back in range(1, min(4, len(preview)) + 1):
        byte = preview[-back]
        if byte >= 0xC0:
            length = 4 if byte >= 0xF0 else 3 if byte >= 0xE0 else 2
            return preview[:-back] if length > back else preview
        if byte < 0x80:
            return preview
    return preview


def _rounded(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else round(milliseconds, 3)
