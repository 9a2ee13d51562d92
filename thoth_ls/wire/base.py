"""What all wire values share."""

import os

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

DESCRIBE_FIELDS = os.environ.get("THOTH_DESCRIBE_FIELDS") == "1"
"""Whether field docs become part of the JSON Schema: pydantic reads them from the source files, which costs 20 ms at
start, and only the generator of the TypeScript types wants them."""


class Wire(BaseModel):
    """A value of the protocol: camelCase on the wire, immutable, and closed (an unknown field is an error)."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        frozen=True,
        extra="forbid",
        strict=True,
        use_attribute_docstrings=DESCRIBE_FIELDS,
        json_schema_serialization_defaults_required=True,
        defer_build=True,
    )


class Empty(Wire):
    """No parameters, or no result beyond "it worked"."""
