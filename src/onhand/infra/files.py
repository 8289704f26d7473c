"""Files that people send and fetch, under ONHAND_HOME/files/<organization>/<owner>/."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
from typing import TYPE_CHECKING

from onhand.infra.tabular.errors import FileTooLarge
from onhand.infra.tabular.values import safe_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import BinaryIO
    from uuid import UUID

BLOCK = 1 << 20


def folder_of(home: Path, organization_id: UUID, owner_id: UUID) -> Path:
    """Where the files of one owner (an import, say) lie; made when it is missing."""
    folder = home / "files" / str(organization_id) / str(owner_id)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def store(source: BinaryIO, target: Path, limit: int) -> tuple[int, str]:
    """Copy a file so that it is there whole or not at all. Returns its size and SHA-256. Raises FileTooLarge."""
    digest, size = hashlib.sha256(), 0
    partial = target.with_suffix(".partial")
    try:
        with partial.open("wb") as out:
            while block := source.read(BLOCK):
                size += len(block)
                if size > limit:
                    raise FileTooLarge(what="it", size=f"more than {limit}", limit=limit)
                digest.update(block)
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)
    return size, digest.hexdigest()


def discard(folder: Path) -> None:
    """Remove an owner's files."""
    shutil.rmtree(folder, ignore_errors=True)


def write_csv(target: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A CSV that people open in a spreadsheet: no text in it is taken for a formula. There whole or not at all."""
    partial = target.with_suffix(".partial")
    with partial.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([safe_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    partial.rename(target)
