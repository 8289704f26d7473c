"""Photos: read once, turned upright, made small, freed of what the camera wrote into them."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from onhand.attachments.domain import LARGEST_PHOTO, SIZES, Unreadable

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
TOO_LARGE = f"it has more than {LARGEST_PHOTO // 1_000_000} million pixels"
QUALITY = 80
EFFORT = 2  # of 6: a thumbnail is made while somebody waits
_HALF_TURNED = frozenset({5, 6, 7, 8})  # EXIF orientations that swap width and height
_ORIENTATION = 0x0112
_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError)


@dataclass(frozen=True, slots=True)
class Picture:
    """How large a photo is when held upright, and its thumbnails by their size's name."""

    width: int
    height: int
    thumbnails: dict[str, bytes]


def picture_of(content: bytes) -> Picture:
    """Read a photo and make its thumbnails. Raises Unreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own about size come after ours
            return _read(content)
    except Unreadable:
        raise
    except (Image.DecompressionBombError, MemoryError) as problem:
        raise Unreadable(TOO_LARGE) from problem
    except _BROKEN as problem:
        raise Unreadable("the photo is damaged") from problem


def _read(content: bytes) -> Picture:
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        width, height = image.size
        if width * height > LARGEST_PHOTO:  # told by its head, before anything is unpacked
            raise Unreadable(TOO_LARGE)
        turned = image.getexif().get(_ORIENTATION) in _HALF_TURNED
        largest = max(SIZES.values())
        image.draft("RGB", (largest, largest))  # a JPEG is unpacked no larger than is needed
        upright = ImageOps.exif_transpose(_plain(image))
        upright.thumbnail((largest, largest), Image.Resampling.LANCZOS)
        upright = _common_colours(upright, image.info.get("icc_profile"))
        thumbnails = {name: _small(upright, side) for name, side in sorted(SIZES.items(), key=lambda size: -size[1])}
    return Picture(*((height, width) if turned else (width, height)), thumbnails)


def _plain(image: Image.Image) -> Image.Image:
    """In colours that every size can be made of; a palette or sixteen bits are none."""
    image.load()
    has_holes = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    return image if image.mode in {"RGB", "RGBA"} else image.convert("RGBA" if has_holes else "RGB")


def _common_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In sRGB: thumbnails carry no profile, and a phone's wider colours would look dull without one."""
    if not profile:
        return image
    try:
        told, common = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, told, common, outputMode=image.mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # a broken profile costs a shade, not the photo


def _small(upright: Image.Image, side: int) -> bytes:
    copy = upright.copy()
    copy.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    out = io.BytesIO()
    copy.save(out, "WEBP", quality=QUALITY, method=EFFORT, exif=b"", icc_profile=None, xmp=b"")
    return out.getvalue()
