"""Which of the embedded fonts can print which letters. All are Noto, under the SIL Open Font License."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import manimgx_fonts
from fontTools.ttLib import TTFont

FOLDER = Path(manimgx_fonts.__file__).parent
BASE = "NotoSans"
SCRIPTS = (
    "NotoSansArabic", "NotoSansHebrew", "NotoSansArmenian", "NotoSansBengali", "NotoSansDevanagari", "NotoSansEthiopic",
    "NotoSansGeorgian", "NotoSansGujarati", "NotoSansGurmukhi", "NotoSansKannada", "NotoSansKhmer", "NotoSansLao",
    "NotoSansMalayalam", "NotoSansMyanmar", "NotoSansOriya", "NotoSansSinhala", "NotoSansTamil", "NotoSansTelugu",
    "NotoSansThai", "NotoSansSymbols", "NotoEmoji",
)  # fmt: skip
RTL = frozenset({"R", "AL"})
# They have no shape of their own: joiners, directions, and which form of the letter before is meant.
SHAPELESS = frozenset({"Cf", "Cc", "Mn"})


def path_of(font: str) -> Path:
    """The font's file."""
    return FOLDER / f"{font}[wght].ttf"


@cache
def _letters(font: str) -> frozenset[int]:
    with TTFont(path_of(font), lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def needed(text: str) -> tuple[list[str], str]:
    """The fonts that print this text, the base first, and the letters that none of them knows."""
    left = {letter for letter in text if ord(letter) not in _letters(BASE)}
    used = [BASE]
    for font in SCRIPTS if left else ():
        known = {letter for letter in left if ord(letter) in _letters(font)}
        if known:
            used.append(font)
            left -= known
    missing = [letter for letter in text if letter in left and unicodedata.category(letter) not in SHAPELESS]
    return used, "".join(dict.fromkeys(missing))


def is_rtl(text: str) -> bool:
    """Whether the text reads from the right: by its first letter that has a direction."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction == "L":
            return False
        if direction in RTL:
            return True
    return False
