"""A pygls server that can do nothing: what any server written with pygls costs to start."""

from pygls.lsp.server import LanguageServer

LanguageServer("bare", "1").start_io()
