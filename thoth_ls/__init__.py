"""Thoth: a language server that opens data files of any size through sandboxed plugins."""

__version__ = "0.1.0"
