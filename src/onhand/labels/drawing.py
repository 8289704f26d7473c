"""Labels as PDF: barcodes as rectangles, so that they stay sharp at any size, and text shaped in embedded fonts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import zxingcpp
from fpdf import FPDF
from fpdf.enums import Align

from onhand.labels import fonts
from onhand.labels.domain import CannotEncodeError, Code, Sheet

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAD = 1.8
POINT = 0.3528  # mm
LARGEST, SMALLEST = 10.0, 4.0  # points
WIDEST_MODULE = 0.5  # mm; a wider bar reads no better
QUIET = 2.5  # mm kept white beside a barcode, beyond the padding


@dataclass(frozen=True, slots=True)
class Drawn:
    """One label ready to draw: its barcode, the text under it, and the lines of text, the first of them the largest."""

    code: Code
    caption: str
    lines: Sequence[str]


def modules_of(code: Code) -> NDArray[np.bool_]:
    """The barcode as rows of dark modules. Raises CannotEncodeError."""
    try:
        kind = getattr(zxingcpp.BarcodeFormat, code.format)
        options = {"gs1": True} if code.gs1 else {}
        made = zxingcpp.create_barcode(code.content, kind, **options)
    except (ValueError, RuntimeError) as problem:
        raise CannotEncodeError(f"{code.content} cannot be a barcode of this kind") from problem
    image = zxingcpp.write_barcode_to_image(made, scale=1, add_hrt=False, add_quiet_zones=False)
    dark = np.asarray(image) < 128  # noqa: PLR2004 - half of white
    return dark if code.square else dark[:1]


def pdf_of(sheet: Sheet, labels: Sequence[Drawn], first: int, *, outlines: bool) -> bytes:
    """All labels, each at its place. Raises CannotEncodeError."""
    pdf = FPDF(unit="mm", format=(sheet.page_width, sheet.page_height))
    pdf.set_auto_page_break(auto=False)
    pdf.set_margin(0)
    pdf.c_margin = 0
    _load(pdf, "".join(text for label in labels for text in (*label.lines, label.caption)))
    known: dict[Code, NDArray[np.bool_]] = {}
    at = -1
    for label, (page, x, y) in zip(labels, sheet.places(first, len(labels)), strict=True):
        while at < page:
            pdf.add_page()
            at += 1
        if label.code not in known:
            known[label.code] = modules_of(label.code)
        if outlines:
            pdf.set_draw_color(200)
            pdf.set_line_width(0.1)
            pdf.rect(x, y, sheet.width, sheet.height)
        _draw(pdf, label, known[label.code], (x + PAD, y + PAD, sheet.width - 2 * PAD, sheet.height - 2 * PAD))
    return bytes(pdf.output())


def _load(pdf: FPDF, text: str) -> None:
    used, _ = fonts.needed(text)
    for font in used:
        pdf.add_font(font, fname=str(fonts.path_of(font)))
    pdf.set_font(fonts.BASE, size=LARGEST)
    pdf.set_fallback_fonts(used[1:], exact_match=False)
    pdf.set_text_shaping(use_shaping_engine=True)


Box = tuple[float, float, float, float]  # x, y, width, height


def _draw(pdf: FPDF, label: Drawn, modules: NDArray[np.bool_], box: Box) -> None:
    x, y, width, height = box
    if label.code.square:
        side = min(height, width * 0.45)
        _symbol(pdf, modules, (x, y + (height - side) / 2, side, side))
        _text(pdf, [*label.lines, label.caption], (x + side + PAD, y, width - side - PAD, height))
        return
    caption = min(3.2, height * 0.12)
    bars = min(height * 0.42, 16.0)
    _text(pdf, label.lines, (x, y, width, height - bars - caption))
    _symbol(pdf, modules, (x + QUIET, y + height - bars - caption, width - 2 * QUIET, bars))
    _line(pdf, label.caption, (x, y + height - caption, width, caption), Align.C)


def _symbol(pdf: FPDF, modules: NDArray[np.bool_], box: Box) -> None:
    """Runs of dark modules as rectangles. A matrix keeps its squares square; bars are as wide as they may be."""
    x, y, width, height = box
    rows, columns = modules.shape
    module = min(width / columns, WIDEST_MODULE) if rows == 1 else min(width / columns, height / rows)
    left, tall = x + (width - columns * module) / 2, height if rows == 1 else module
    pdf.set_fill_color(0)
    for number, row in enumerate(modules):
        edges = np.flatnonzero(np.diff(np.concatenate(([False], row, [False])).astype(np.int8)))
        for start, end in edges.reshape(-1, 2):
            pdf.rect(left + start * module, y + number * tall, (end - start) * module, tall, style="F")


def _text(pdf: FPDF, lines: Sequence[str], box: Box) -> None:
    """Lines one under the other, each no larger than fits; the first may take two lines' height."""
    x, y, width, height = box
    shares = [2.0, *[1.0] * (len(lines) - 1)]
    unit = height / sum(shares) if lines else 0
    top = y
    for line, share in zip(lines, shares, strict=True):
        tall = min(unit * share, LARGEST * POINT * 1.35 * share)
        _block(pdf, line, (x, top, width, tall))
        top += tall


def _block(pdf: FPDF, text: str, box: Box) -> None:
    """A text broken into as many lines as its box has room for, as large as fits."""
    x, y, width, height = box
    align = Align.R if fonts.is_rtl(text) else Align.L
    size = min(LARGEST, height / POINT / 1.2)
    while size > SMALLEST:
        pdf.set_font_size(size)
        room = max(int(height / (size * POINT * 1.2)), 1)
        wrapped = _wrapped(pdf, text, width)
        if len(wrapped) <= room and all(pdf.get_string_width(one) <= width + 0.01 for one in wrapped):
            break
        size -= 0.5
    pdf.set_font_size(size)
    tall = size * POINT * 1.2
    for number, one in enumerate(_wrapped(pdf, text, width)[: max(int(height / tall), 1)]):
        pdf.set_xy(x, y + number * tall)
        pdf.cell(width, tall, one, align=align)


def _wrapped(pdf: FPDF, text: str, width: float) -> list[str]:
    lines = pdf.multi_cell(width, text=text, dry_run=True, output="LINES")
    return [str(line) for line in lines] if isinstance(lines, list) else [text]


def _line(pdf: FPDF, text: str, box: Box, align: Align) -> None:
    x, y, width, height = box
    size = min(LARGEST, height / POINT / 1.1)
    pdf.set_font_size(size)
    while size > SMALLEST and pdf.get_string_width(text) > width:
        size -= 0.25
        pdf.set_font_size(size)
    pdf.set_xy(x, y)
    pdf.cell(width, height, text, align=align)
