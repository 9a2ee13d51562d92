"""Tests of panels and of what they hand over."""
