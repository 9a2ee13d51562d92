"""Colour themes: what they are made of, and what becomes of it in webviews and in the editor."""
