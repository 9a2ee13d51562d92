"""`[[setting]]`: what a person can set of a plugin."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, JsonValue, StringConstraints, model_validator

from thoth_ls.catalog.manifest_tables import Misfit, Table, Text

SettingKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
SettingType = Literal["string", "number", "integer", "boolean", "enum", "secret"]
NUMBERS = ("number", "integer")


def _type_or_secret(schema: dict[str, Any]) -> None:
    """What the model says in code, said in the schema: the type may be left out of a secret."""
    schema["required"] = ["key"]
    schema["anyOf"] = [{"required": ["type"]}, {"required": ["secret"]}]


class Setting(Table):
    """One `[[setting]]`."""

    model_config = ConfigDict(json_schema_extra=_type_or_secret)

    key: SettingKey
    """Its name for the plugin; unique among the plugin's settings."""
    type: SettingType
    """What it can be; has to be given, but for a secret. A `secret` is kept in a store of secrets and nowhere else."""
    title: Text | None = None
    """Its name for people; the key where there is none."""
    description: Annotated[str, StringConstraints(max_length=4096)] = ""
    """What it does."""
    default: JsonValue = None
    """Its value where nobody has set it; a secret has none."""
    enum: list[Text] = Field(default=[], max_length=256)
    """The texts to choose from, of `type = "enum"`."""
    minimum: float | None = None
    """Smallest number allowed."""
    maximum: float | None = None
    """Largest number allowed."""
    secret: bool = False
    """The same as `type = "secret"`."""

    @model_validator(mode="before")
    @classmethod
    def _secret_is_a_type(cls, data: Any) -> Any:
        """A secret said in either way is one: taken for a plain text it would end up in a plain file."""
        if not isinstance(data, dict) or data.get("secret") is not True:
            return data
        if data.get("type", "string") not in ("string", "secret"):
            raise Misfit("secret", 'a secret is a text: leave out its type, or write type = "secret"')
        return {**data, "type": "secret"}

    @model_validator(mode="after")
    def _fits_its_type(self) -> Setting:
        if bool(self.enum) != (self.type == "enum"):
            raise Misfit("enum" if self.enum else "type", 'type = "enum" and a list `enum` go together')
        if len(set(self.enum)) < len(self.enum):
            raise Misfit("enum", "names a choice twice")
        if self.type not in NUMBERS and (self.minimum is not None or self.maximum is not None):
            key = "maximum" if self.minimum is None else "minimum"
            raise Misfit(key, "is for numbers and integers")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise Misfit("minimum", "is larger than maximum")
        if self.default is not None:
            if self.type == "secret":
                raise Misfit("default", "a secret has none: everybody could read it")
            problem = self.problem_with(self.default)
            if problem is not None:
                raise Misfit("default", problem)
        return self

    def problem_with(self, value: object) -> str | None:
        """Why `value` (as `json.loads` gives it) cannot be the setting's: the end of a sentence; None when it can."""
        match self.type:
            case "boolean":
                return None if isinstance(value, bool) else "must be true or false"
            case "enum":
                return None if value in self.enum else f"must be one of {', '.join(self.enum)}"
            case "string" | "secret":
                return None if isinstance(value, str) else "must be a text"
            case "integer" | "number":
                return self._problem_with_number(value)

    def _problem_with_number(self, value: object) -> str | None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "must be a whole number" if self.type == "integer" else "must be a number"
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            return "must be a number of 64 bits"
        if not math.isfinite(value):
            return "must be a finite number"
        if self.type == "integer" and value != int(value):
            return "must be a whole number"
        if self.minimum is not None and value < self.minimum:
            return f"must not be less than {self.minimum:g}"
        if self.maximum is not None and value > self.maximum:
            return f"must not be more than {self.maximum:g}"
        return None
