"""What stands in the way of moving a month."""

from __future__ import annotations

from onhand.kernel import Conflict


class PartStays(Conflict):
    """{part} cannot be moved: {why}."""

    title, code = "Not possible", "past.part_stays"


class FileDiffers(Conflict):
    """{place} is not what was written when {part} was taken out: {why}. Nothing was changed."""

    title, code = "The file differs", "past.file_differs"
