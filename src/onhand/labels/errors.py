"""What can go wrong with labels."""

from __future__ import annotations

from onhand.kernel import Invalid


class UnknownThings(Invalid):
    """There is no {what}."""

    code = "labels.unknown"


class TooManyLabels(Invalid):
    """{labels} labels are more than the {most} that are made at once."""

    code = "labels.too_many"


class CannotEncode(Invalid):
    """{why}."""

    code = "labels.cannot_encode"


class NoGlyphs(Invalid):
    """{name} has letters that no font here can print: {letters}."""

    code = "labels.no_glyphs"
