"""Which orders the crew takes in hand."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onhand.crew.domain import AT_ONCE, LEFT_OPEN, ON_THE_ROAD, PACKING, Task, to_deliver, to_ship

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def waiting(*minutes: float) -> list[Task]:
    """Orders that have waited for so long, named by their place."""
    return [Task(str(place), NOW - timedelta(minutes=m)) for place, m in enumerate(minutes)]


def test_the_oldest_leave_first_and_fresh_ones_are_still_being_packed() -> None:
    assert to_ship(waiting(3, 9, 6, 1, 0, 0, 0, 0), NOW) == ["1", "2", "0"]


def test_a_visitor_finds_something_to_ship_when_nobody_buys() -> None:
    assert to_ship(waiting(*range(20, 20 + LEFT_OPEN)), NOW) == []
    assert to_ship(waiting(*range(20, 22 + LEFT_OPEN)), NOW) == [str(LEFT_OPEN + 1), str(LEFT_OPEN)]


def test_a_parcel_arrives_when_it_has_been_on_the_road() -> None:
    assert to_deliver(waiting(7, 5, 60), NOW) == ["2", "0"]


@given(st.lists(st.floats(0, 10_000), max_size=200))
def test_a_backlog_is_worked_off_in_bounded_rounds(minutes: list[float]) -> None:
    tasks = waiting(*minutes)
    since = {task.order_id: task.since for task in tasks}
    sent, arrived = to_ship(tasks, NOW), to_deliver(tasks, NOW)
    assert max(len(sent), len(arrived)) <= AT_ONCE
    assert len(tasks) - len(sent) >= min(LEFT_OPEN, len(tasks))
    assert all(NOW - since[order_id] >= PACKING for order_id in sent)
    assert all(NOW - since[order_id] >= ON_THE_ROAD for order_id in arrived)
    assert [since[order_id] for order_id in sent] == sorted(since[order_id] for order_id in sent)
