"""The version of the protocol, apart from its types: it is told before they are loaded."""

PROTOCOL_VERSION = 1
"""Raised when an existing message changes its meaning."""
