"""The demo's make-believe warehouse crew: it ships what channels sold and notes what has arrived, and no more.

It stands alone: a process of its own (`python -m onhand.crew`), which does its work through the API as a script would.
"""

from onhand.crew.rounds import NAME, Crew

__all__ = ["NAME", "Crew"]
