"""The language server: the only package that imports pygls. Handlers translate; what they call does the work."""
