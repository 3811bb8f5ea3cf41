"""Answers as tables for a person, drawn with Rich; a module is loaded when something of it is first drawn."""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planledger.formats.screen import items, overdue, papers, recorded, status, units

__all__ = ["items", "overdue", "papers", "recorded", "status", "units"]


def __getattr__(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")
