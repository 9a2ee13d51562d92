"""Command lines of curl: read into requests, and requests written as command lines."""
