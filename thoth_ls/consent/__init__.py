"""Asking a person, and remembering what they said."""
