"""How PostgreSQL is set: durable and for one small machine; tests may give up durability for speed."""

from __future__ import annotations

import os
from pathlib import Path

# Parallel queries share memory in /dev/shm; containers often give it 64 MB, and then they fail.
SMALL_SHARED_MEMORY = 128_000_000
SHARED_MEMORY = Path("/dev") / "shm"

DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "min_wal_size": "128MB",
    "checkpoint_timeout": "15min",
}
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "1h",
    "autovacuum_naptime": "10min",
}
ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    # Measured: pglz made the insert of 32 movements three times slower, and the build has no lz4.
    "wal_compression": "off",
    "checkpoint_completion_target": "0.9",
    # Our statements are short; compiling one costs more than running it.
    "jit": "off",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_checkpoints": "off",
    "password_encryption": "scram-sha-256",
}


def options(socket_folder: Path, *, fast: bool) -> list[str]:
    """Arguments of `postgres`: -c name=value."""
    chosen = ALWAYS | (FAST if fast else DURABLE) | {"unix_socket_directories": str(socket_folder)}
    if _shared_memory() < SMALL_SHARED_MEMORY:
        chosen["dynamic_shared_memory_type"] = "mmap"
    return [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]


def _shared_memory() -> int:
    try:
        facts = os.statvfs(SHARED_MEMORY)
    except OSError:
        return SMALL_SHARED_MEMORY  # no Linux: its default is sound
    return facts.f_blocks * facts.f_frsize
