"""Lists as files: CSV and NDJSON streamed row by row, XLSX and Parquet written by the worker."""

from onhand.exports.jobs import forget_old_files
from onhand.exports.jobs import write as write_task
from onhand.exports.routes import router
from onhand.exports.service import offer

__all__ = ["forget_old_files", "offer", "router", "write_task"]
