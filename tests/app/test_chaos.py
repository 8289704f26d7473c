"""A whole installation that keeps being killed while it is worked with: nothing is lost, nothing happens twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import httpx
import psycopg
import pytest
from tests.app.processes import ONHAND, READY_SECONDS, environment, running_for, served, wait_until

from onhand.infra.postgres import postgres_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.app.processes import Served

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]
ROUNDS = 6
OPENING = 100_000
SELLERS = 4
VICTIMS = ("onhand.app.web", "onhand.app worker", "postgres -D", "onhand serve")


@pytest.fixture
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="onhand-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "home"


def onhand(home: Path, *words: str) -> str:
    done = subprocess.run([str(ONHAND), *words], env=environment(home), capture_output=True, text=True, check=True)
    return done.stdout.strip()


class Sellers:
    """Threads that take one piece each, over and over, and repeat a request until it is answered."""

    def __init__(self, port: int, key: str) -> None:
        self.address, self.key = f"http://127.0.0.1:{port}/api/v1", key
        self.answered = 0
        self.stopped = threading.Event()
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.work) for _ in range(SELLERS)]

    def post(self, path: str, body: dict[str, object], key: str = "") -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": key or str(uuid4())}
        return httpx.post(f"{self.address}{path}", json=body, headers=headers, timeout=10, trust_env=False)

    def adjust(self, quantity: int, key: str = "") -> httpx.Response:
        line = {"sku": "HOT", "warehouse": "MAIN", "quantity": str(quantity)}
        return self.post("/inventory/adjust", {"lines": [line]}, key)

    def work(self) -> None:
        while not self.stopped.is_set():
            key = str(uuid4())
            while not self.is_answered(key):
                time.sleep(0.05)

    def is_answered(self, key: str) -> bool:
        """Whether this sale, asked for with the same key until then, has its answer."""
        try:
            answer = self.adjust(-1, key)
        except httpx.TransportError:
            return False
        if answer.is_server_error or answer.status_code == httpx.codes.CONFLICT:
            return False
        assert answer.is_success, answer.text
        with self.lock:
            self.answered += 1
        return True


def killed_after_a_while(running: Served, seconds: float, victim: str) -> None:
    time.sleep(seconds)
    pid = running.process.pid if victim == "onhand serve" else running.pid_of(victim)
    os.kill(pid, signal.SIGKILL)
    running.process.wait(60)
    assert wait_until(lambda: not running_for(running.home)), running_for(running.home)


def test_nothing_is_lost_and_nothing_happens_twice_while_parts_are_killed(home: Path) -> None:
    with served(home) as running:
        onhand(home, "user", "create", "ada@example.com", "--password", "correct horse battery", "--admin")
        sellers = Sellers(running.port, onhand(home, "api-key", "create"))
        assert sellers.post("/warehouses", {"code": "MAIN", "name": "Main"}).is_success
        assert sellers.post("/products", {"sku": "HOT", "name": "Hot"}).is_success
        assert sellers.adjust(OPENING).is_success
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(60)
    dice = random.Random(20_261_121)
    for thread in sellers.threads:
        thread.start()
    try:
        for round_ in range(ROUNDS):
            with served(home, running.port) as again:
                killed_after_a_while(again, dice.uniform(0.5, 4.0), VICTIMS[round_ % len(VICTIMS)])
    finally:
        sellers.stopped.set()
        with served(home, running.port):  # so that each seller gets its last answer
            for thread in sellers.threads:
                thread.join(READY_SECONDS)
    onhand(home, "prove")
    with postgres_of(home) as server, psycopg.connect(server.dsn("onhand")) as connection:
        row = connection.execute(
            "SELECT (SELECT on_hand FROM onhand.level), (SELECT count(*) FROM onhand.movement WHERE quantity < 0)"
        ).fetchone()
    assert sellers.answered > ROUNDS * SELLERS
    assert row == (OPENING - sellers.answered, sellers.answered)
