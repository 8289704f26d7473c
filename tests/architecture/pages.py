"""The sizes and habits of the web app, read by line: its formatter puts top-level declarations at the margin."""

import re
from collections.abc import Iterator

from tests.architecture.rule import Findings, Rule, alone, each
from tests.architecture.source import Source, web

FILE_LINES, COMPONENT_LINES, HOOK_LINES = 250, 120, 60
DECLARATION = re.compile(r"^(?:export )?(?:default )?(?:async )?(?:function|const) (\w+)\b(?=.*(?:\(|=>|=))")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?=[\"'`;,)])|\brgba?\(|\bhsla?\(")
PIXELS = re.compile(r"[\"'`][^\"'`]*\b(?![12]px (?:solid|dashed))\d+px\b")  # a hairline is as thin as it gets
ANY = re.compile(r":\s*any\b|\bas any\b|<any>|any\[\]")


def declarations(source: Source) -> Iterator[tuple[str, int]]:
    """Each top-level function's name and length; a one-line declaration ends where it began."""
    for start, line in enumerate(source.lines):
        found = DECLARATION.match(line)
        if not found:
            continue
        opens = line.rstrip().endswith(("{", "(", "=>"))
        rest = range(start + 1, len(source.lines))
        end = (
            next((n for n in rest if re.match(r"[)}\]]", source.lines[n]) and "{" not in source.lines[n]), start)
            if opens
            else start
        )
        yield found.group(1), end - start + 1


def long_file(source: Source) -> Findings:
    if len(source.lines) > FILE_LINES:
        yield f"{len(source.lines)} lines, at most {FILE_LINES}"


def long_declaration(source: Source) -> Findings:
    for name, length in declarations(source):
        is_hook = re.match(r"use[A-Z]", name) is not None
        limit = HOOK_LINES if is_hook else COMPONENT_LINES
        if length > limit:
            yield f"`{name}` has {length} lines, at most {limit}"


def painted_elsewhere(source: Source) -> Findings:
    if source.path.startswith("web/src/design/") or ".test." in source.path:
        return
    for number, line in enumerate(source.lines, 1):
        if COLOUR.search(line) or PIXELS.search(line):
            yield f"line {number} sets a colour or pixels; those live in design/"


def untyped(source: Source) -> Findings:
    for number, line in enumerate(source.lines, 1):
        if ANY.search(line) and not line.lstrip().startswith(("//", "*")):
            yield f"line {number} uses `any`"


PAGE = "web/src/features/sales/Page.tsx"
RULES = [
    Rule(
        "a web file is at most 250 lines", web, each(long_file), [alone(PAGE, "x;\n" * 251)], alone(PAGE, "x;\n" * 250)
    ),
    Rule(
        "a component is at most 120 lines, a hook 60",
        web,
        each(long_declaration),
        [
            alone(PAGE, "export function Page() {\n" + "  x;\n" * 119 + "}\n"),
            alone(PAGE, "export const usePage = () => {\n" + "  x;\n" * 59 + "};\n"),
            alone(PAGE, "export function Page({\n  a,\n}: Props) {\n" + "  x;\n" * 119 + "}\n"),
        ],
        alone(PAGE, "export function Page() {\n" + "  x;\n" * 118 + "}\n"),
    ),
    Rule(
        "colours and pixels live in design",
        web,
        each(painted_elsewhere),
        [alone(PAGE, 'color: "#0065d2",'), alone(PAGE, 'width: "12px",')],
        [Source("web/src/design/tokens.ts", 'primary: "#0065d2",'), Source(PAGE, "border: `1px solid ${light.line}`,")],
    ),
    Rule(
        "no any",
        web,
        each(untyped),
        [alone(PAGE, "const x: any = 1;"), alone(PAGE, "f(x as any)")],
        alone(PAGE, "const many: Row[] = [];"),
    ),
]
