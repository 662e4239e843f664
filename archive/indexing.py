"""The index as the programs use it: bring it up to date, ask it, rebuild it."""

from archive.index.draining import LiveEngine, depth, drain, is_outdated
from archive.index.rebuilding import Rebuilt, rebuild

__all__ = ["LiveEngine", "Rebuilt", "depth", "drain", "is_outdated", "rebuild"]
