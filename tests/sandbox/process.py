"""The sandbox as a real process, for the tests here and for those of the channels."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

TLS = httpx.create_ssl_context()  # dear to make, so all clients share it


@dataclass(frozen=True)
class Sandbox:
    url: str
    client: httpx.Client

    def control(self, method: str, path: str, body: object = None) -> httpx.Response:
        answer = self.client.request(method, f"/control{path}", json=body)
        answer.raise_for_status()
        return answer

    def token(self, slug: str) -> str:
        return next(str(shop["token"]) for shop in self.control("GET", "/shops").json() if shop["slug"] == slug)

    def shop(self, slug: str) -> httpx.Client:
        return httpx.Client(
            base_url=f"{self.url}/shops/{slug}/api",
            headers={"authorization": f"Bearer {self.token(slug)}"},
            timeout=10,
            verify=TLS,
        )

    def calm(self) -> None:
        """A good day, generous limits, no buyers."""
        self.control("PATCH", "/plan", {"active": False})
        for slug in ("harbour", "lantern"):
            self.control("POST", f"/shops/{slug}/calm")
            self.control("PATCH", f"/shops/{slug}/faults", {"latency_ms": 0})
            self.control("PATCH", f"/shops/{slug}/limit", {"rate": 10_000, "burst": 10_000})


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(snapshot: Path | None = None, seed: int = 1) -> Iterator[Sandbox]:
    port = free_port()
    command = [sys.executable, "-m", "onhand.sandbox", "--port", str(port), "--seed", str(seed)]
    if snapshot is not None:
        command += ["--snapshot", str(snapshot)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
    url = f"http://127.0.0.1:{port}"
    with (
        subprocess.Popen(command, env=environment) as process,
        httpx.Client(base_url=url, timeout=10, verify=TLS) as client,
    ):
        try:
            sandbox = Sandbox(url, client)
            _wait_until_ready(sandbox)
            yield sandbox
        finally:
            process.terminate()
            process.wait(10)


def _wait_until_ready(sandbox: Sandbox) -> None:
    for _ in range(200):
        try:
            if sandbox.client.get("/healthz").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    message = f"The sandbox at {sandbox.url} did not start."
    raise TimeoutError(message)
