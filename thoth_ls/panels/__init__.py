"""Panels of plugins: their instances, trees, events and signals, and the tables they hand over."""
