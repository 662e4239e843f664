"""The index as the programs use it: bring it up to date, ask it, rebuild it."""

from archive.index.draining import LiveEngine, catch_up, depth, drain, unanswering
from archive.index.rebuilding import Rebuilt, rebuild

__all__ = ["LiveEngine", "Rebuilt", "catch_up", "depth", "drain", "rebuild", "unanswering"]
