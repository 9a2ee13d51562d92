"""The tab Auth: how the request says who sends it."""

from typing import Final, cast

import thoth_plugin as thoth
from explorer import notices
from explorer.secret_field import secret_field
from explorer.workbench import Workbench
from rest.model import Auth, AuthKind
from thoth_plugin import ui
from thoth_plugin.nodes import Node

KINDS: Final = (
    ("none", "No Auth"),
    ("basic", "Basic"),
    ("bearer", "Bearer Token"),
    ("api-key", "API Key"),
    ("digest", "Digest"),
)
SECRET: Final = frozenset({"password", "token", "key_value"})
TEXTS: Final = frozenset({"username", "scheme", "key_name", "key_in", *SECRET})


class AuthTab(Workbench):
    """Part of the panel."""

    def auth_tab(self) -> Node:
        """What it shows."""
        auth = self.request.auth
        fields = {
            "none": lambda auth: [notices.hint("Nothing is sent about who you are.")],
            "basic": _user_and_password,
            "digest": lambda auth: [
                *_user_and_password(auth),
                notices.hint("Sent when the server asks for it: a first request goes without."),
            ],
            "bearer": _bearer,
            "api-key": _api_key,
        }[auth.kind]
        return ui.column(
            ui.row(ui.button_group("auth-kind", items=KINDS, active=auth.kind, aria_label="Kind of Auth")),
            *fields(auth),
            *notices.about(self.problems, "auth"),
            gap=10,
        )

    @thoth.on("auth-kind", "change")
    def auth_kind_chosen(self, kind: str) -> None:
        """Another way; what was entered for the others stays."""
        if kind in dict(KINDS):
            self.request.auth.kind = cast("AuthKind", kind)
            self.edited()

    @thoth.on("auth-*", "change")
    def auth_changed(self, event: thoth.Event) -> None:
        """A field of the way that is chosen."""
        name = _field(event)
        if name in TEXTS:
            setattr(self.request.auth, name, event.value)
            self.edited()

    @thoth.on("replace-auth-*", "click")
    def auth_secret_replaced(self, event: thoth.Event) -> None:
        """Takes away a secret that is stored, so that another one can be typed. It is forgotten on saving."""
        name = _field(event)
        if name in SECRET:
            setattr(self.request.auth, name, "")
            self.edited()


def _field(event: thoth.Event) -> str:
    return event.part.replace("-", "_")


def _user_and_password(auth: Auth) -> list[Node]:
    return [
        ui.input("auth-username", label="User Name", value=auth.username),
        secret_field("auth-password", "Password", auth.password),
    ]


def _bearer(auth: Auth) -> list[Node]:
    return [
        secret_field("auth-token", "Token", auth.token),
        ui.input("auth-scheme", label="Scheme", value=auth.scheme, desired_width=160),
    ]


def _api_key(auth: Auth) -> list[Node]:
    return [
        ui.input("auth-key-name", label="Name", value=auth.key_name, placeholder="X-Api-Key"),
        secret_field("auth-key-value", "Value", auth.key_value),
        ui.radio(
            "auth-key-in",
            label="Sent As",
            value=auth.key_in,
            options=[("header", "Header"), ("query", "Parameter of the URL")],
        ),
    ]
