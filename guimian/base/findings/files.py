"""Files that are kept as evidence: told by their content, photos without what the camera noted, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from guimian.engines.workbook.guard import UnsafeWorkbook, inspect

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2_400  # pixels: enough to read a receipt, small enough for a phone
PHOTOS = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "WEBP": ("image/webp", "webp")}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NotKept(ValueError):
    """The file is none that is kept; the text says why."""


@dataclass(frozen=True)
class Kept:
    """A file as it lies below MEDIA_ROOT."""

    sha256: str
    kind: str
    ending: str
    size: int
    path: str


def keep(content: bytes) -> Kept:
    """Look into the file, clean it, and write it under the name of its content.

    Raises NotKept for what is no evidence, OSError when the disk refuses.
    """
    if not content:
        raise NotKept(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise NotKept(_("The file is too large."))
    cleaned, kind, ending = examined(content)
    digest = hashlib.sha256(cleaned).hexdigest()
    path = f"evidence/{digest[:2]}/{digest}.{ending}"
    write_whole(Path(settings.MEDIA_ROOT) / path, cleaned)
    return Kept(digest, kind, ending, len(cleaned), path)


def examined(content: bytes) -> tuple[bytes, str, str]:
    """The cleaned content with its media type and ending, told from the content alone."""
    if content.startswith(b"%PDF-"):
        return content, "application/pdf", "pdf"
    if content.startswith(b"PK"):
        try:
            inspect(content)
        except UnsafeWorkbook as refusal:
            raise NotKept(_("The workbook cannot be read safely.")) from refusal
        return content, XLSX, "xlsx"
    return photo(content)


def photo(content: bytes) -> tuple[bytes, str, str]:
    """The photo drawn anew, upright: without place, device or anything else that was hidden in it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=list(PHOTOS)) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise NotKept(_("The picture has too many pixels."))
                kind, ending = PHOTOS[str(image.format)]
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                clean = Image.new(upright.mode, upright.size)
                clean.paste(upright)
                if upright.mode == "P" and (palette := upright.getpalette()):
                    clean.putpalette(palette)
                out = BytesIO()
                clean.save(out, format=image.format, quality=88)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning) as fault:
        if isinstance(fault, NotKept):
            raise
        raise NotKept(_("The file is no photo, PDF or workbook that can be read.")) from fault
    return out.getvalue(), kind, ending


def write_whole(path: Path, content: bytes) -> None:
    """Beside it first, then in its place: a crash or a full disk leaves nothing under the name."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def tidy(name: str, kept: Kept) -> str:
    """The name it was handed in under, without folders or tricks, with the ending of what it is."""
    stem = re.sub(r"[^\w\-. ()（）]", "", Path(name.replace("\\", "/")).stem).strip(" .")[:120]
    return f"{stem or kept.sha256[:8]}.{kept.ending}"
