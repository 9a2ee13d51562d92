"""The CSV loader, compared with Python's csv module."""
