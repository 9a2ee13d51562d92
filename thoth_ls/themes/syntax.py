"""Colours of text in the editor: scopes of TextMate grammars, and types of semantic tokens, to tokens of themes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Rule(NamedTuple):
    """One line of `editor.tokenColorCustomizations.textMateRules`."""

    name: str
    scopes: tuple[str, ...]
    color: str
    """An expression of `expressions.evaluated`."""
    style: str = ""
    """`italic`, `bold`, `underline`, or nothing."""


RULES: Final = (
    Rule("Comments", ("comment", "punctuation.definition.comment"), "text_muted", "italic"),
    Rule("Punctuation", ("punctuation", "meta.brace", "meta.delimiter"), "syntax_punctuation"),
    Rule("Strings", ("string", "string.quoted", "punctuation.definition.string"), "syntax_string"),
    Rule("Escapes", ("constant.character.escape", "string.regexp"), "info"),
    Rule("Numbers", ("constant.numeric", "constant.other.color"), "syntax_number"),
    Rule("Booleans and null", ("constant.language", "constant.language.json"), "syntax_bool"),
    Rule("Constants", ("constant", "support.constant", "variable.other.constant"), "syntax_number"),
    Rule("Keywords", ("keyword", "storage", "storage.type", "storage.modifier"), "syntax_key"),
    Rule("Operators", ("keyword.operator",), "syntax_punctuation"),
    Rule("Functions", ("entity.name.function", "support.function", "meta.function-call"), "accent_secondary"),
    Rule("Types", ("entity.name.type", "entity.name.class", "support.type", "support.class"), "info"),
    Rule("Variables", ("variable", "variable.parameter", "meta.definition.variable"), "fg"),
    Rule(
        "Properties", ("variable.other.property", "support.variable.property", "meta.object-literal.key"), "syntax_key"
    ),
    Rule("Tags", ("entity.name.tag", "meta.tag.sgml"), "syntax_key"),
    Rule("Attributes", ("entity.other.attribute-name",), "accent_secondary"),
    Rule("Invalid", ("invalid", "invalid.illegal", "invalid.deprecated"), "error"),
    Rule("JSON keys", ("support.type.property-name.json", "support.type.property-name.json.comments"), "syntax_key"),
    Rule(
        "YAML and TOML keys",
        ("entity.name.tag.yaml", "support.type.property-name.toml", "variable.key.toml"),
        "syntax_key",
    ),
    Rule("TOML tables", ("entity.name.section.toml", "support.type.property-name.table.toml"), "accent"),
    Rule("CSV columns 1, 6, 11", ("rainbow1", "keyword.rainbow1", "column1.csv"), "fg"),
    Rule("CSV columns 2, 7, 12", ("rainbow2", "entity.rainbow2", "column2.csv"), "syntax_key"),
    Rule("CSV columns 3, 8, 13", ("rainbow3", "keyword.rainbow3", "column3.csv"), "syntax_string"),
    Rule("CSV columns 4, 9, 14", ("rainbow4", "comment.rainbow4", "column4.csv"), "syntax_number"),
    Rule("CSV columns 5, 10, 15", ("rainbow5", "string.rainbow5", "column5.csv"), "syntax_bool"),
    Rule("SQL words", ("keyword.other.sql", "keyword.other.DML.sql", "keyword.other.DDL.create.II.sql"), "syntax_key"),
    Rule(
        "SQL names",
        ("constant.other.database-name.sql", "constant.other.table-name.sql", "string.other.quoted.brackets.sql"),
        "info",
    ),
    Rule(
        "HTTP methods", ("keyword.control.http", "keyword.other.http.method", "support.function.http"), "accent", "bold"
    ),
    Rule("HTTP addresses", ("const.language.http", "constant.other.uri.http", "entity.name.url.http"), "syntax_key"),
    Rule(
        "HTTP headers",
        ("support.variable.http", "entity.name.tag.http", "variable.other.header.http"),
        "accent_secondary",
    ),
    Rule("Headings", ("markup.heading", "entity.name.section"), "accent", "bold"),
    Rule("Bold", ("markup.bold",), "fg", "bold"),
    Rule("Italic", ("markup.italic",), "fg", "italic"),
    Rule("Links", ("markup.underline.link", "string.other.link"), "link", "underline"),
    Rule("Code", ("markup.inline.raw", "markup.fenced_code", "markup.raw"), "syntax_string"),
    Rule("Quotes", ("markup.quote",), "text_muted", "italic"),
    Rule("Lists", ("punctuation.definition.list", "markup.list"), "accent"),
    Rule("Inserted", ("markup.inserted",), "success"),
    Rule("Deleted", ("markup.deleted",), "error"),
    Rule("Changed", ("markup.changed",), "warning"),
    Rule("Logs: errors", ("token.error-token",), "error"),
    Rule("Logs: warnings", ("token.warn-token",), "warning"),
    Rule("Logs: information", ("token.info-token", "token.debug-token"), "info"),
)
"""In order: a later rule for the same scope wins."""

SEMANTIC: Final[Mapping[str, str]] = MappingProxyType(
    {
        "namespace": "warning",
        "type": "info",
        "class": "info",
        "enum": "info",
        "interface": "info",
        "struct": "info",
        "typeParameter": "info",
        "parameter": "fg",
        "variable": "fg",
        "variable.readonly": "syntax_number",
        "property": "syntax_key",
        "property.readonly": "syntax_number",
        "enumMember": "syntax_number",
        "event": "error",
        "function": "accent_secondary",
        "method": "accent_secondary",
        "macro": "error",
        "decorator": "accent_secondary",
        "label": "accent",
        "keyword": "syntax_key",
        "comment": "text_muted",
        "string": "syntax_string",
        "number": "syntax_number",
        "regexp": "info",
        "operator": "syntax_punctuation",
    }
)
"""Selector of `editor.semanticTokenColorCustomizations.rules` → expression."""
