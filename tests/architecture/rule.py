"""What a rule is: a name, what it looks at, how it looks, and samples that show it can both fail and pass."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.architecture.source import Source

Findings = Iterable[str]


@dataclass(frozen=True)
class Rule:
    """A rule of the house. `bad` must be caught and `good` let through, or the checker itself is broken."""

    name: str
    looks_at: Callable[[], list[Source]]
    find: Callable[[Sequence[Source]], Findings]
    bad: Sequence[Sequence[Source]]
    good: Sequence[Source]


def each(find: Callable[[Source], Findings]) -> Callable[[Sequence[Source]], list[str]]:
    """A checker of many files from a checker of one; each finding is told with its file."""

    def find_in_all(sources: Sequence[Source]) -> list[str]:
        return [f"{source.path}: {finding}" for source in sources for finding in find(source)]

    return find_in_all


def alone(path: str, text: str) -> list[Source]:
    return [Source(path, text)]
