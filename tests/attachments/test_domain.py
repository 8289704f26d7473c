import io
from contextlib import suppress

import pytest
from PIL import Image
from tests.attachments.files import PDF, a_bomb, a_photo, an_archive

from onhand.attachments.domain import LONGEST_NAME, SIZES, Unreadable, called, shape_of
from onhand.attachments.pictures import picture_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("content", "kind", "media_type"),
    [
        (a_photo(), "photo", "image/jpeg"),
        (a_photo(form="PNG"), "photo", "image/png"),
        (a_photo(form="WEBP"), "photo", "image/webp"),
        (a_photo(form="GIF"), "photo", "image/gif"),
        (a_photo(form="AVIF"), "photo", "image/avif"),
        (PDF, "document", "application/pdf"),
        (an_archive(word__document_xml="<w/>"), "document", WORD),
        (an_archive(xl__workbook_xml="<x/>"), "document", EXCEL),
        (an_archive(mimetype="application/vnd.oasis.opendocument.text"), "document", None),
        ("sku;Menge\nÄpfel;5\n".encode(), "document", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_is_what_it_holds(content: bytes, kind: str, media_type: str | None) -> None:
    shape = shape_of(content)
    assert shape.kind == kind
    assert media_type in {None, shape.media_type}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "scripts"),
        (b"  <!DOCTYPE html><script>alert(1)</script>", "scripts"),
        (b"MZ\x90\x00\x03\x00\x00", "may be JPEG"),
        (an_archive(readme="hello"), "may be JPEG"),
        (an_archive(word__document_xml="<w/>", word__vbaProject_bin="x"), "macros"),
        (b"PK\x03\x04" + b"\0" * 40, "damaged"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "films"),
    ],
)
def test_what_a_browser_would_run_or_nobody_can_read_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        shape_of(content)


@pytest.mark.parametrize(
    ("sent", "media_type", "kept"),
    [
        ("front.JPG", "image/jpeg", "front.JPG"),
        ("../../etc/passwd", "image/png", "passwd.png"),
        ("C:\\Photos\\cat.png", "image/png", "cat.png"),
        ("invoice.pdf.exe", "application/pdf", "invoice.pdf.exe.pdf"),
        ("", "application/pdf", "file.pdf"),
        (None, "image/webp", "file.webp"),
        ("a\r\nb\u202e.png", "image/png", "ab.png"),
        ("قهوة ☕.jpg", "image/jpeg", "قهوة ☕.jpg"),
        (".jpg", "image/jpeg", "jpg.jpg"),
        ("x" * 400 + ".pdf", "application/pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_a_name_keeps_its_words_and_gets_the_ending_it_has_earned(sent: str | None, media_type: str, kept: str) -> None:
    assert called(sent, media_type) == kept


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_thumbnails_are_small_and_know_nothing_of_the_camera() -> None:
    picture = picture_of(a_photo(4000, 3000))
    assert (picture.width, picture.height) == (4000, 3000)
    for size, side in SIZES.items():
        small = opened(picture.thumbnails[size])
        assert (small.format, max(small.size)) == ("WEBP", side)
        assert dict(small.getexif()) == {}
        assert {"exif", "icc_profile", "xmp"} & small.info.keys() == set()
        assert b"Secret" not in picture.thumbnails[size]


def test_a_photo_taken_upright_is_shown_upright() -> None:
    picture = picture_of(a_photo(640, 400, turned=6))  # held on its side: its top left corner is shown top right
    assert (picture.width, picture.height) == (400, 640)
    small = opened(picture.thumbnails["medium"]).convert("RGB")
    assert small.size == (200, 320)
    blue = small.getpixel((190, 10))
    red = small.getpixel((10, 310))
    assert isinstance(blue, tuple)
    assert isinstance(red, tuple)
    assert blue[2] > 150 > blue[0]
    assert red[0] > 150 > red[2]


def test_a_small_photo_is_not_blown_up() -> None:
    picture = picture_of(a_photo(40, 30, form="PNG"))
    assert {opened(small).size for small in picture.thumbnails.values()} == {(40, 30)}


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "I;16", "CMYK", "RGBA"])
def test_every_way_to_keep_colours_is_read(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (300, 200)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert picture_of(out.getvalue()).width == 300


def test_a_bomb_is_refused_by_its_head() -> None:
    bomb = a_bomb()
    assert len(bomb) < 2_000
    with pytest.raises(Unreadable, match="50 million pixels"):
        picture_of(bomb)


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_cut_off_photo_is_refused_or_read_but_never_breaks(form: str, keep: float) -> None:
    whole = a_photo(form=form)
    with suppress(Unreadable):
        assert picture_of(whole[: int(len(whole) * keep)]).width == 640
