"""Values that cross a process boundary, each defined once; imports pydantic and the standard library only."""
