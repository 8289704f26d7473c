"""Parquet: columns come already sorted into distinct values, and stay so."""

from __future__ import annotations

from contextlib import contextmanager
from math import isnan
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from onhand.infra.tabular.cells import LIMITS, Cell, Column, Limits, Shape, Table, unique_header
from onhand.infra.tabular.errors import FileTooLarge, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def parquet_shape(path: Path, rows: int, limits: Limits = LIMITS) -> Shape:
    """Columns and first rows. Raises UnreadableFile or FileTooLarge."""
    with _readable(), pq.ParquetFile(path, read_dictionary=_texts(path)) as file:
        _weigh(file, limits)
        header = unique_header(file.schema_arrow.names)
        columns = [_readable_type(file.schema_arrow, name) for name in file.schema_arrow.names]
        first = next(file.iter_batches(batch_size=rows, columns=[name for name in columns if name]), None)
        values = {} if first is None else {name: _plain(first[name]).to_pylist() for name in first.schema.names}
        length = 0 if first is None else first.num_rows
        return Shape("parquet", header, [[values.get(n, [None] * length)[i] for n in header] for i in range(length)])


def parquet_table(path: Path, wanted: Sequence[str], limits: Limits = LIMITS) -> Table:
    """The wanted columns of all rows; a row's line is its number, from 1."""
    with _readable(), pq.ParquetFile(path, read_dictionary=_texts(path)) as file:
        _weigh(file, limits)
        for name in wanted:
            if not _readable_type(file.schema_arrow, name):
                raise UnreadableFile(problem=f"the column {name} holds {file.schema_arrow.field(name).type}")
        table = file.read(columns=list(wanted))
        columns = {name: _column(table[name]) for name in wanted}
        return Table(columns, np.arange(1, table.num_rows + 1, dtype=np.int64), [])


def _texts(path: Path) -> list[str]:
    """Columns of text are read as dictionaries: a file that repeats one long value a billion times stays small."""
    schema = pq.read_schema(path)
    return [field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)]


def _readable_type(schema: pa.Schema, name: str) -> str:
    kind = schema.field(name).type
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return "" if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind) else name


def _weigh(file: pq.ParquetFile, limits: Limits) -> None:
    about = file.metadata
    if about.num_rows > limits.rows:
        raise FileTooLarge(what="its number of rows", size=about.num_rows, limit=limits.rows)
    if about.num_columns > limits.columns:
        raise FileTooLarge(what="its number of columns", size=about.num_columns, limit=limits.columns)
    expanded = sum(about.row_group(group).total_byte_size for group in range(about.num_row_groups))
    if expanded > limits.expanded:
        raise FileTooLarge(what="its unpacked size", size=expanded, limit=limits.expanded)


def _plain(array: pa.Array) -> pa.Array:
    """Nanoseconds to microseconds: Python's datetime knows no finer, and no sale needs it."""
    if pa.types.is_timestamp(array.type):
        return array.cast(pa.timestamp("us", array.type.tz and "UTC"), safe=False)
    return array


def _column(chunks: pa.ChunkedArray) -> Column:
    encoded = chunks if pa.types.is_dictionary(chunks.type) else _plain(chunks).dictionary_encode()
    whole = encoded.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], whole.type)
    found: list[Cell] = whole.dictionary.to_pylist()
    values: list[Cell] = [None, *(None if isinstance(value, float) and isnan(value) else value for value in found)]
    codes = whole.indices.cast(pa.int32()).fill_null(-1).to_numpy(zero_copy_only=False) + np.int32(1)
    return Column(values, codes.astype(np.int32))


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError, OverflowError) as problem:
        raise UnreadableFile(problem=f"it is no valid Parquet file ({str(problem).splitlines()[0]})") from problem
