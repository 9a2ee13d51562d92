"""The tab Body: what is sent."""

from typing import Final, cast

import thoth_plugin as thoth
from explorer import glyphs, notices, pretty_json, rows
from explorer.file_parts import FileParts
from rest import bodies, json_check
from rest.model import BodyKind, Param
from thoth_plugin import ui
from thoth_plugin.nodes import Node

KINDS: Final = (
    ("none", "None"),
    ("json", "JSON"),
    ("text", "Text"),
    ("xml", "XML"),
    ("form", "Form"),
    ("multipart", "Multipart"),
    ("binary", "File"),
    ("graphql", "GraphQL"),
)


class BodyTab(FileParts):
    """Part of the panel."""

    def body_tab(self) -> Node:
        """What it shows."""
        body = self.request.body
        editors = {
            "none": lambda: [notices.hint("The request has no body.")],
            "json": self._json,
            "text": lambda: [self._text("Text")],
            "xml": lambda: [self._text("XML")],
            "form": self._form,
            "multipart": self.multipart_editor,
            "binary": self.binary_editor,
            "graphql": self._graphql,
        }
        return ui.column(
            ui.row(ui.button_group("body-kind", items=KINDS, active=body.kind, aria_label="Kind of Body")),
            *editors[body.kind](),
            *notices.about(self.problems, "body"),
            self._content_type(),
            gap=8,
        )

    @thoth.on("body-kind", "change")
    def body_kind_chosen(self, kind: str) -> None:
        """Another kind. A GET that gets a body becomes a POST; what was entered for other kinds stays."""
        if kind not in dict(KINDS):
            return
        self.request.body.kind = cast("BodyKind", kind)
        if kind != "none" and self.request.method in ("GET", "HEAD"):
            self.request.method = "POST"
        self.edited()

    @thoth.on("body-text", "change")
    def body_text_changed(self, value: str) -> None:
        """Of JSON, text and XML."""
        self.request.body.text = value
        self.edited()

    @thoth.on("body-format", "click")
    @thoth.on("body-text", "format-editor")
    def body_formatted(self) -> None:
        """Lays JSON out; numbers and the order of names stay as they are."""
        formatted = pretty_json.laid_out(self.request.body.text)
        if formatted is not None:
            self.request.body.text = formatted
            self.edited()

    @thoth.on("body-form", "change")
    def body_form_changed(self, value: str) -> None:
        """Fields of a form."""
        self.request.body.fields = rows.rows_of(value, self.request.body.fields, Param)
        self.edited()

    @thoth.on("graphql-*", "change")
    def graphql_changed(self, event: thoth.Event) -> None:
        """Query, variables or name of the operation."""
        if event.part in ("query", "variables", "operation"):
            setattr(self.request.body, event.part, event.value)
            self.edited()

    @thoth.on("body-content-type", "change")
    def content_type_changed(self, value: str) -> None:
        """What is said instead of the kind's own; nothing there means the kind's own."""
        self.request.body.content_type = value or None
        self.edited()

    def _json(self) -> list[Node]:
        text = self.request.body.text
        fault = json_check.check_template(text) if text.strip() else None
        if fault is not None:
            state = notices.problem(str(fault), "warning")
        else:
            state = notices.hint(
                "Valid JSON." if text.strip() else "Checked as you type. {{name}} stands for a variable."
            )
        return [
            ui.code_editor("body-text", value=text, syntax="json", rows=12, aria_label="Body, JSON"),
            ui.row(
                state,
                ui.button(
                    "body-format",
                    "Format",
                    icon=glyphs.WAND,
                    button_type="Text",
                    button_size="Small",
                    enabled=bool(text.strip()) and fault is None,
                ),
                gap=8,
            ),
        ]

    def _text(self, label: str) -> Node:
        return ui.code_editor("body-text", value=self.request.body.text, rows=12, aria_label=f"Body, {label}")

    def _form(self) -> list[Node]:
        return [
            ui.key_value_list(
                "body-form",
                entries=rows.entries_of(self.request.body.fields),
                add_label="Add Field",
                aria_label="Fields of the Form",
            )
        ]

    def _graphql(self) -> list[Node]:
        body = self.request.body
        written = body.variables.strip()
        fault = json_check.check_template(body.variables) if written else None
        return [
            ui.text("Query", variant="label"),
            ui.code_editor("graphql-query", value=body.query, rows=10, custom_syntax=GRAPHQL, aria_label="Query"),
            ui.text("Variables (JSON)", variant="label"),
            ui.code_editor(
                "graphql-variables", value=body.variables, syntax="json", rows=4, aria_label="Variables (JSON)"
            ),
            notices.problem(str(fault), "warning") if fault is not None else notices.hint("An object, or nothing."),
            ui.input(
                "graphql-operation", label="Operation", value=body.operation, placeholder="Only where there are several"
            ),
        ]

    def _content_type(self) -> Node | None:
        body = self.request.body
        if body.kind in ("none", "multipart"):
            return None
        return ui.input(
            "body-content-type",
            label="Content-Type",
            value=body.content_type or "",
            placeholder=bodies.DEFAULT_TYPES.get(body.kind, "By the name of the file"),
            mono=True,
        )


GRAPHQL: Final = ui.syntax(
    language="GraphQL",
    case_sensitive=True,
    comment="#",
    comment_multiline=['"""', '"""'],
    keywords=["query", "mutation", "subscription", "fragment", "on", "true", "false", "null"],
    types=["Int", "Float", "String", "Boolean", "ID"],
    special=["include", "skip", "deprecated"],
)
