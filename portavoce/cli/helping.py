"""Help that teaches: every command shows how it is used."""

from __future__ import annotations

from collections.abc import Callable
from inspect import cleandoc
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


def example(*lines: str) -> Callable[[Function], Function]:
    """Put command lines under a command's help, as they are; stands below ``@click.command()``."""

    def add(function: Function) -> Function:
        shown = "\n".join(f"  {line}" for line in lines)
        function.__doc__ = (
            f"{cleandoc(function.__doc__ or '')}\n\n\b\nExample:\n{shown}"  # \b: click leaves it unwrapped
        )
        return function

    return add
