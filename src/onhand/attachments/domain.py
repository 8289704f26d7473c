"""Rules of photos and documents: what a file is by its content, how large it may be, and what it is called."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import Literal

Kind = Literal["photo", "document"]
LARGEST_FILE = 20_000_000  # bytes
LARGEST_PHOTO = 50_000_000  # pixels: what a phone takes, and far below what a bomb unpacks to
MOST_PER_OWNER = 50
LONGEST_NAME = 150
SIZES = {"small": 96, "medium": 320, "large": 1280}  # thumbnails: the longer side, in pixels
THUMBNAIL_TYPE = "image/webp"

PDF = "application/pdf"
TEXT = "text/plain; charset=utf-8"
EXTENSIONS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "image/gif": (".gif",),
    "image/avif": (".avif",),
    PDF: (".pdf",),
    TEXT: (".txt", ".csv", ".md", ".log", ".json"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
}
KNOWN = "photos may be JPEG, PNG, WebP, GIF or AVIF, and documents PDF, Word, Excel, ODF or plain text"
_OPENINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", PDF),
)
_OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MARKUP = re.compile(rb"<\s*(!doctype|html|svg|script|\?xml|head|body|iframe)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_BRAND = slice(8, 12)
_LONGEST_TYPE = 100


class Unreadable(Exception):
    """Why a file cannot be attached, as the rest of a sentence."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file turned out to be."""

    kind: Kind
    media_type: str


def shape_of(content: bytes) -> Shape:
    """What the content is, whatever its name says. Raises Unreadable."""
    if not content:
        raise Unreadable("the file is empty")
    media_type = _by_opening(content) or _by_archive(content) or _by_text(content)
    if media_type is None:
        raise Unreadable(
            "photos may be JPEG, PNG, WebP, GIF or AVIF, and documents PDF, Word, Excel, ODF or plain text"
        )
    return Shape("photo" if media_type.startswith("image/") else "document", media_type)


def _by_opening(content: bytes) -> str | None:
    for opening, media_type in _OPENINGS:
        if content.startswith(opening):
            return media_type
    if content.startswith(b"RIFF") and content[_BRAND] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp":
        return _by_brand(content[_BRAND])
    return None


def _by_brand(brand: bytes) -> str:
    if brand in {b"avif", b"avis"}:
        return "image/avif"
    if brand in {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}:
        raise Unreadable("HEIC photos are not read here; let the phone save or share it as JPEG")
    raise Unreadable("films are not kept here")


def _by_archive(content: bytes) -> str | None:
    """Word, Excel and ODF are archives that say what they are; no other archive is taken."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "vbaProject.bin" in {name.rpartition("/")[2] for name in names}:
                raise Unreadable("documents with macros are not taken")
            if "mimetype" in names and archive.getinfo("mimetype").file_size <= _LONGEST_TYPE:
                told = archive.read("mimetype").decode("ascii", "replace").strip()
                return told if told in EXTENSIONS else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as problem:
        raise Unreadable("the file is damaged") from problem
    return next((media_type for name, media_type in _OFFICE.items() if name in names), None)


def _by_text(content: bytes) -> str | None:
    """Plain text and CSV; a page or drawing that a browser would run is none."""
    if _MARKUP.search(content[:4096]):
        raise Unreadable("web pages and drawings with scripts are not taken; save it as PDF or as a photo")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else TEXT


def called(name: str | None, media_type: str) -> str:
    """The file's name without folders and signs that only confuse, with an ending that its content has earned."""
    plain = unicodedata.normalize("NFC", (name or "").replace("\\", "/").rpartition("/")[2])
    plain = "".join(sign for sign in plain if unicodedata.category(sign) not in {"Cc", "Cf", "Co", "Cs"}).strip(" .")
    endings = EXTENSIONS[media_type]
    stem, dot, ending = plain.rpartition(".")
    if dot and stem and f".{ending.lower()}" in endings:
        return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return f"{(plain or 'file')[: LONGEST_NAME - len(endings[0])]}{endings[0]}"
