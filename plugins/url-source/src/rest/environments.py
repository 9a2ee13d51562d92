"""Environments: variables that are known together. Values of secret ones are in secure storage alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rest.dynamic import Dynamic
from rest.telling import is_telling
from rest.variables import ReadSecret, Scope, Value, Variables


@dataclass(slots=True)
class Variable:
    """One variable."""

    id: str = ""
    """Given once, kept for good: a secret stays where it is when the variable is renamed."""
    name: str = ""
    value: str = ""
    """Empty where it is secret."""
    secret: bool = False
    enabled: bool = True
    note: str = ""


@dataclass(slots=True)
class Environment:
    """Variables that are known together: of a stage, of a customer."""

    id: str = ""
    name: str = ""
    variables: list[Variable] = field(default_factory=list)


def key_of(environment: Environment, variable: Variable) -> str:
    """Where secure storage has the value of a secret variable."""
    return f"environment.{environment.id}.{variable.id}"


def scope_of(environment: Environment) -> Scope:
    """The variables that are switched on, for what fills them in; the last one of a name counts."""
    return Scope(
        environment.name or "the environment",
        {
            variable.name.strip(): Value(key=key_of(environment, variable))
            if variable.secret
            else Value(variable.value)
            for variable in environment.variables
            if variable.enabled and variable.name.strip()
        },
    )


def variables_of(
    environments: Sequence[Environment], read_secret: ReadSecret, source: Dynamic | None = None
) -> Variables:
    """What requests may ask for, from these environments, the nearest first."""
    return Variables([scope_of(one) for one in environments], read_secret, source or Dynamic())


def keys_of(environment: Environment) -> set[str]:
    """All keys of secure storage that an environment uses."""
    return {key_of(environment, variable) for variable in environment.variables if variable.secret}


def put(environment: Environment, name: str, value: str, new_id: str) -> tuple[str, str] | None:
    """Gives a variable a value, adding it where there is none.

    A new one is secret where its name sounds so.
    Where it is secret its value stays out of the environment: key and value for secure storage are returned.
    """
    found = next((one for one in reversed(environment.variables) if one.enabled and one.name.strip() == name), None)
    if found is None:
        found = Variable(new_id, name, secret=is_telling(name))
        environment.variables.append(found)
    if found.secret:
        return key_of(environment, found), value
    found.value = value
    return None


def make_secret(environment: Environment, variable: Variable) -> tuple[str, str]:
    """Makes a variable secret: key and value for secure storage are returned, the value is in it no more."""
    value, variable.value, variable.secret = variable.value, "", True
    return key_of(environment, variable), value
