"""Searches through names and values: texts, regular expressions and JSONPaths, over whatever reads the file."""
