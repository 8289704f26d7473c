"""Files as people send them, made on the spot."""

import io
import struct
import zipfile
import zlib

from PIL import Image, ImageCms

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()  # it holds the time: made once
MAKER, ORIENTATION, GPS = 0x010F, 0x0112, 0x8825


def a_photo(
    width: int = 640, height: int = 400, form: str = "JPEG", *, turned: int = 1, colour: tuple[int, ...] = (200, 40, 40)
) -> bytes:
    """A photo with what cameras write into one: their maker, how they were held, where, and a colour profile."""
    image = Image.new("RGB", (width, height), colour)
    image.paste((20, 20, 200), (0, 0, width // 4, height // 4))
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "Secret Camera", turned
    exif.get_ifd(GPS)[1] = "N"
    out = io.BytesIO()
    image.save(out, form, exif=exif, icc_profile=PROFILE)
    return out.getvalue()


def a_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few bytes that would unpack to gigabytes: its head alone tells."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def an_archive(**entries: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), text)
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
