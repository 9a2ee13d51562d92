"""How a body is shown: data by the viewers of files, markup laid out, images drawn, the rest as text or bytes."""

from typing import Final

from explorer import glyphs, hex_dump, markup, notices, sizes
from explorer.answer import Answer
from thoth_plugin import ui
from thoth_plugin.nodes import Node

LAID_OUT: Final = 64 * 1024
"""Bytes of text that is in the tree, and of markup that is laid out anew; longer ones the viewer of files shows."""
DRAWN: Final = 16 << 20
"""Bytes of an image that a node `picture` draws (docs/ui-nodes.md)."""
HEIGHT: Final = 380
XML: Final = ui.syntax(language="XML", case_sensitive=True, comment_multiline=["<!--", "-->"])


def pretty(answer: Answer) -> Node:
    """As one wants to read it."""
    response, kind = answer.response, answer.kind
    if kind.shape == "empty":
        return notices.empty(glyphs.INFO, "No body", "The response has headers only.")
    if kind.shape == "data" and response.handle is not None:
        return ui.data_view(response.handle, id="body", name=kind.name)
    if kind.shape == "markup" and response.complete and len(response.content) <= LAID_OUT:
        return ui.code_editor(
            "body-pretty",
            value=markup.laid_out(response.body),
            custom_syntax=XML,
            disabled=True,
            rows=22,
            aria_label="Body of the Response",
        )
    if kind.shape == "image":
        return _image(answer)
    if kind.shape == "binary":
        return _bytes(answer)
    return raw(answer)


def raw(answer: Answer) -> Node:
    """As it came, as text."""
    response, kind = answer.response, answer.kind
    if kind.shape == "empty":
        return notices.hint("Nothing.")
    if not kind.is_text or response.handle is None:
        return _bytes(answer)
    name = kind.name
    if kind.shape != "data":
        if response.complete and len(response.content) <= LAID_OUT:
            return ui.scroll(ui.code(response.body), max_height=HEIGHT)
        # The reader of delimited text opens any text; Raw shows it as it stands, however long it is.
        name = f"{kind.name}.tsv"
    return ui.data_view(response.handle, id="body-raw", name=name, view="raw")


def _image(answer: Answer) -> Node:
    response, kind = answer.response, answer.kind
    said = f"{kind.extension.upper()} image, {sizes.size(response.body_bytes)}"
    if response.handle is not None and response.body_bytes <= DRAWN:
        return ui.picture(response.handle, id="body-picture", alt=f"{kind.name}: {said}")
    return notices.empty(
        glyphs.IMAGE,
        said,
        f"Images of up to {DRAWN >> 20} MiB are drawn here. Open it in the editor, or save it.",
        ui.row(
            ui.button("response-open", "Open in Editor", icon=glyphs.OPEN, button_type="Soft"),
            ui.button("response-save", "Save As…", icon=glyphs.SAVE, button_type="Soft"),
            gap=8,
        ),
    )


def _bytes(answer: Answer) -> Node:
    response = answer.response
    content = response.content[: hex_dump.MOST]
    return ui.column(
        ui.scroll(ui.code(hex_dump.of(content)), max_height=HEIGHT),
        None
        if len(content) == response.body_bytes
        else notices.hint(
            f"The first {sizes.size(len(content))} of {sizes.size(response.body_bytes)}. Save it to have all."
        ),
        gap=6,
    )
