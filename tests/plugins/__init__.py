"""Tests of the bundled plugins, each through the project's own runtime."""
