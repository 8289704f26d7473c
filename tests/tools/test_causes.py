"""What tools print when something is missing, and the sentence that people get."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from tools.bootstrap import causes, place
from tools.bootstrap.console import Stopped

FULL = "The disk that holds /here is full."
OFFLINE = "The package registry for"


@pytest.mark.parametrize(
    ("printed", "start"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", FULL),
        ("npm error code ENOSPC\nnpm error syscall write", FULL),
        ("error: failed to copy file: No space left on device (os error 28)", FULL),
        ("npm error code EAI_AGAIN\nnpm error network request failed", OFFLINE),
        ("npm error code ECONNREFUSED", OFFLINE),
        ("error: Request failed after 3 retries\n  Caused by: error sending request for url", OFFLINE),
        ("WARNING: Retrying after connection broken by 'NewConnectionError'\nERROR: No matching distribution", OFFLINE),
        ("Temporary failure in name resolution", OFFLINE),
        (
            "Error: Command '[...ensurepip...]' returned non-zero exit status 1. ensurepip is not available",
            "This Python",
        ),
        ("/usr/bin/python3: No module named venv", "This Python cannot make virtual environments."),
        ("building\nerror: it broke\nmore", "Web packages failed: error: it broke. The whole output is in log."),
        ("error during build:\n\nCould not resolve x", "Web packages failed: error during build: Could not resolve x."),
        ("", "Web packages failed: it ended without a word. The whole output is in log."),
    ],
)
def test_each_failure_has_its_sentence(printed: str, start: str) -> None:
    assert causes.sentence("Web packages", printed, "/here", "log").startswith(start)


def test_the_systems_own_errors_are_sentences_when_people_can_mend_them() -> None:
    assert str(causes.of_system(OSError(errno.ENOSPC, "full"), "/here")).startswith(FULL)
    assert causes.of_system(OSError(errno.EPERM, "no"), "/here") is None


def test_a_disk_that_fills_up_in_the_middle_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "LOG", place.ROOT / ".make" / tmp_path.name)
    (place.ROOT / ".make").mkdir(exist_ok=True)
    with pytest.raises(Stopped, match=r"^The disk that holds .* is full\."):
        place.run_quietly("Web packages", ["sh", "-c", "cat Makefile > /dev/full"])
    place.LOG.unlink()


def test_work_is_done_again_only_when_its_inputs_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "ROOT", tmp_path)
    monkeypatch.setattr(place, "STATE", tmp_path)
    source, made, done = tmp_path / "source", tmp_path / "made", []
    source.write_text("1", encoding="utf-8")

    def work() -> None:
        done.append(source.read_text(encoding="utf-8"))
        made.touch()

    step = place.Step("Some work", lambda: [source], made, work)
    step.run()
    step.run()
    source.write_text("2", encoding="utf-8")
    step.run()
    made.unlink()
    step.run()
    assert done == ["1", "2", "2"]


def test_failed_work_is_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "ROOT", tmp_path)
    monkeypatch.setattr(place, "STATE", tmp_path)
    source, made = tmp_path / "source", tmp_path / "made"
    source.write_text("1", encoding="utf-8")

    def fail() -> None:
        made.touch()
        raise Stopped("The registry is away.")

    step = place.Step("Some work", lambda: [source], made, fail)
    with pytest.raises(Stopped, match="The registry is away"):
        step.run()
    assert not step.is_fresh()
