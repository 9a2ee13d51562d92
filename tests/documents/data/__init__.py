"""Tests of documents that are no files."""
