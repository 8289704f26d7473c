"""What may not be written, and what may be silenced only with a reason."""

import re
from collections.abc import Sequence

from tests.architecture.rule import Findings, Rule, alone, each
from tests.architecture.source import Source, everything, python, web

UNFINISHED = re.compile(
    r"\b(TODO|FIXME|XXX|HACK|WIP)\b|lorem ipsum|placeholder page|coming soon|not (yet )?implemented", re.IGNORECASE
)
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no cover|nosec|pylint:|mypy:|ruff:|fmt:\s*off)(.*)$")
WITH_CODE_AND_REASON = re.compile(
    r"#\s*(noqa:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|type:\s*ignore\[[\w,\s-]+\]|pragma:\s*no cover)"
    r"\s*[#—:(-].*\w{3,}"
)
WEB_SUPPRESSION = re.compile(r"(biome-ignore|@ts-ignore|@ts-nocheck|@ts-expect-error|eslint-disable)(.*)$")
PER_THOUSAND = 0.5
SMALL_TREE = 10_000  # below this many lines the share is counted as if there were so many


def unfinished(source: Source) -> Findings:
    for number, line in enumerate(source.lines, 1):
        if word := UNFINISHED.search(line):
            yield f"line {number} says “{word.group(0)}”"


def unexplained(source: Source) -> Findings:
    for number, line in enumerate(source.lines, 1):
        if SUPPRESSION.search(line) and not WITH_CODE_AND_REASON.search(line):
            yield f"line {number} silences a checker without code and reason"


def unexplained_in_web(source: Source) -> Findings:
    for number, line in enumerate(source.lines, 1):
        found = WEB_SUPPRESSION.search(line)
        if found and (
            found.group(1) in {"@ts-ignore", "@ts-nocheck", "eslint-disable"} or len(found.group(2).split()) < 4
        ):
            yield f"line {number} silences a checker without rule and reason"


def many_suppressions(sources: Sequence[Source]) -> Findings:
    lines = sum(len(source.lines) for source in sources)
    silenced = [s.path for s in sources for line in s.lines if SUPPRESSION.search(line) or WEB_SUPPRESSION.search(line)]
    allowed = PER_THOUSAND * max(lines, SMALL_TREE) / 1_000
    return (
        [f"{len(silenced)} suppressions in {lines} lines, fewer than {allowed:.1f} allowed"]
        if len(silenced) >= allowed
        else []
    )


def checked() -> list[Source]:
    return [one for one in [*python(), *web()] if not one.path.startswith("tests/architecture/")]


def checked_python() -> list[Source]:
    return [one for one in checked() if one.path.endswith(".py")]


SALES = "src/onhand/sales/service.py"
PAGE = "web/src/features/sales/Page.tsx"
RULES = [
    Rule(
        "nothing is left unfinished",
        everything,
        each(unfinished),
        [alone(SALES, "# TODO: later"), alone(PAGE, "// fixme"), alone("docs/index.md", "Lorem ipsum dolor")],
        alone(SALES, "# The order keeps its number."),
    ),
    Rule(
        "a suppression names its code and its reason",
        checked_python,
        each(unexplained),
        [
            alone(SALES, "x = 1  # noqa"),
            alone(SALES, "x = 1  # noqa: E501"),
            alone(SALES, "x = 1  # type: ignore  # because of that"),
        ],
        alone(
            SALES,
            "x = 1  # noqa: S603 - the arguments are our own\ny = 2  # type: ignore[misc]  # the library has no types",
        ),
    ),
    Rule(
        "a suppression in the web app names its rule and its reason",
        web,
        each(unexplained_in_web),
        [
            alone(PAGE, "// @ts-ignore"),
            alone(PAGE, "// biome-ignore lint/a11y"),
            alone(PAGE, "// @ts-expect-error bad types"),
        ],
        alone(PAGE, "// biome-ignore lint/a11y/useSemanticElements: the grid pattern asks for a role"),
    ),
    Rule(
        "suppressions are rare",
        checked,
        many_suppressions,
        [alone(SALES, "x = 1  # noqa: S603 - the arguments are our own\n" * 5)],
        alone(SALES, "x = 1  # noqa: S603 - the arguments are our own\n" * 4),
    ),
]
