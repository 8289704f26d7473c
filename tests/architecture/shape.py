"""The sizes and shapes of Python: limits, refusals, constraints with names."""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence

from tests.architecture.rule import Findings, Rule, alone, each
from tests.architecture.source import Source, product, python, read, sql

FILE_LINES, FUNCTION_LINES, COMPLEXITY, PARAMETERS, MODULE_LINES = 400, 50, 8, 6, 2_000
Function = ast.FunctionDef | ast.AsyncFunctionDef
BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)


def functions(source: Source) -> Iterator[Function]:
    return (node for node in source.nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def complexity(function: Function) -> int:
    """McCabe's number as ruff counts it: one, and one more for each branch, loop, handler and case."""
    return 1 + sum(isinstance(node, BRANCHES) for node in ast.walk(function))


def parameters(function: Function) -> int:
    named = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return sum(argument.arg not in {"self", "cls"} for argument in named)


def long_file(source: Source) -> Findings:
    if len(source.lines) > FILE_LINES:
        yield f"{len(source.lines)} lines, at most {FILE_LINES}"


def long_function(source: Source) -> Findings:
    if source.path.startswith("migrations/versions/"):  # a script that runs once, read from top to bottom
        return
    for function in functions(source):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > FUNCTION_LINES:
            yield f"`{function.name}` has {length} lines, at most {FUNCTION_LINES}"


def tangled_function(source: Source) -> Findings:
    for function in functions(source):
        if complexity(function) > COMPLEXITY:
            yield f"`{function.name}` has complexity {complexity(function)}, at most {COMPLEXITY}"


def wide_function(source: Source) -> Findings:
    for function in functions(source):
        if parameters(function) > PARAMETERS:
            yield f"`{function.name}` has {parameters(function)} parameters, at most {PARAMETERS}"


def large_module(sources: Sequence[Source]) -> Findings:
    """Infra is a floor of tools, each a module of its own: a file or a package counts alone there."""
    lines: Counter[str] = Counter()
    for source in sources:
        if source.module:
            package = f"infra/{source.room}" if source.module == "infra" else source.module
            lines[package] += len(source.lines)
    return [
        f"module {name} has {count} lines, at most {MODULE_LINES}"
        for name, count in lines.items()
        if count > MODULE_LINES
    ]


def http_exception(source: Source) -> Findings:
    for node in source.nodes:
        if isinstance(node, ast.Name | ast.Attribute) and "HTTPException" in (
            getattr(node, "id", ""),
            getattr(node, "attr", ""),
        ):
            yield f"line {node.lineno} uses HTTPException; raise an error of the module, a sentence with facts"


def bare_except(source: Source) -> Findings:
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler):
            silent = all(
                isinstance(one, ast.Pass) or isinstance(getattr(one, "value", None), ast.Constant) for one in node.body
            )
            broad = isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}
            if node.type is None or (broad and silent):
                yield f"line {node.lineno} swallows every error"


def answer_of_none(source: Source) -> Findings:
    """A verb answers or raises; only `find_…` may come back with nothing."""
    if not (source.room or "").startswith("service"):
        return
    for function in functions(source):
        answer = ast.unparse(function.returns) if function.returns else ""
        is_verb = not function.name.startswith(("_", "find_"))
        if is_verb and ("| None" in answer or "None |" in answer or "Optional[" in answer):
            yield f"`{function.name}` may return None; a refusal is an error"


def calls(source: Source, *names: str) -> Iterator[tuple[str, ast.Call]]:
    for node in source.nodes:
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in names:
                yield called, node


def nameless_check(source: Source) -> Findings:
    for called, node in calls(source, "CheckConstraint", "ExcludeConstraint"):
        if not any(keyword.arg == "name" for keyword in node.keywords):
            yield f"line {node.lineno}: a {called} without a name cannot become an error's sentence"


def unplanned_load(source: Source) -> Findings:
    for _, node in calls(source, "relationship"):
        lazy = [keyword.value for keyword in node.keywords if keyword.arg == "lazy"]
        if not (lazy and isinstance(lazy[0], ast.Constant) and lazy[0].value == "raise"):
            yield f'line {node.lineno}: a relationship without lazy="raise" loads behind our back'


EXACT = {"catalog", "partners", "places", "ledger", "transfers", "costing", "sales", "purchasing", "exchange"}


def float_of_stock(source: Source) -> Findings:
    if source.module not in EXACT or not (source.room or "").startswith(("tables", "schemas", "domain")):
        return
    for node in source.nodes:
        if isinstance(node, ast.Name) and node.id in {"float", "Float", "Double", "REAL"}:
            yield f"line {node.lineno} uses `{node.id}`; quantities and money are Decimal"


def mock_of_ours(source: Source) -> Findings:
    for node in source.nodes:
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else [getattr(node, "module", "") or ""]
        if isinstance(node, ast.Import | ast.ImportFrom) and any("mock" in name.split(".") for name in names):
            yield f"line {node.lineno} imports a mock; our own code is tried as it is"


def test_without_a_sentence(source: Source) -> Findings:
    for function in functions(source):
        if function.name.startswith("test_") and function.name.count("_") < 3:
            yield f"`{function.name}` is not a sentence"


def tests() -> list[Source]:
    return list(read("test_*.py", "tests"))


def sized() -> list[Source]:
    return [*product(), *sql()]


SALES = "src/onhand/sales/service.py"
TABLES = "src/onhand/sales/tables.py"
RULES = [
    Rule(
        "a Python file is at most 400 lines",
        python,
        each(long_file),
        [alone(SALES, "x = 1\n" * 401)],
        alone(SALES, "x = 1\n" * 400),
    ),
    Rule(
        "a function is at most 50 lines",
        python,
        each(long_function),
        [alone(SALES, "def f():\n" + "    x = 1\n" * 50)],
        alone(SALES, "def f():\n" + "    x = 1\n" * 49),
    ),
    Rule(
        "complexity is at most 8",
        python,
        each(tangled_function),
        [alone(SALES, "def f(x):\n" + "    if x:\n        x = 1\n" * 8)],
        alone(SALES, "def f(x):\n" + "    if x:\n        x = 1\n" * 7),
    ),
    Rule(
        "a function has at most 6 parameters",
        python,
        each(wide_function),
        [alone(SALES, "def f(a, b, c, d, *, e, f, g): ...")],
        alone(SALES, "class A:\n    def f(self, a, b, c, *, d, e, f): ..."),
    ),
    Rule(
        "a module is at most 2,000 lines",
        sized,
        large_module,
        [[Source(f"src/onhand/sales/part{n}.py", "x = 1\n" * 399) for n in range(6)]],
        [Source(f"src/onhand/sales/part{n}.py", "x = 1\n" * 399) for n in range(5)],
    ),
    Rule(
        "no HTTPException",
        product,
        each(http_exception),
        [
            alone(SALES, "def f():\n    raise HTTPException(404)"),
            alone(SALES, "def f():\n    raise fastapi.HTTPException(404)"),
        ],
        alone(SALES, "def f():\n    raise UnknownOrder(number='1')"),
    ),
    Rule(
        "no error is swallowed",
        python,
        each(bare_except),
        [alone(SALES, "try:\n    f()\nexcept:\n    g()"), alone(SALES, "try:\n    f()\nexcept Exception:\n    pass")],
        alone(SALES, "try:\n    f()\nexcept KeyError:\n    g()"),
    ),
    Rule(
        "a verb answers or raises",
        product,
        each(answer_of_none),
        [alone(SALES, "async def place() -> Order | None: ...")],
        alone(SALES, "async def place() -> Order: ...\nasync def find_order() -> Order | None: ..."),
    ),
    Rule(
        "a check has a name",
        product,
        each(nameless_check),
        [alone(TABLES, "CheckConstraint('quantity > 0')")],
        alone(TABLES, "CheckConstraint('quantity > 0', name='quantity_positive')"),
    ),
    Rule(
        "no unplanned load",
        product,
        each(unplanned_load),
        [alone(TABLES, "lines = relationship('Line')"), alone(TABLES, "lines = relationship('Line', lazy='select')")],
        alone(TABLES, "lines = relationship('Line', lazy='raise', viewonly=True)"),
    ),
    Rule(
        "no float for stock or money",
        product,
        each(float_of_stock),
        [alone(TABLES, "quantity: Mapped[float]")],
        alone(TABLES, "quantity: Mapped[Decimal]"),
    ),
    Rule(
        "no mocks",
        tests,
        each(mock_of_ours),
        [alone(SALES, "from unittest.mock import patch")],
        alone(SALES, "import unittest"),
    ),
    Rule(
        "a test is a sentence",
        tests,
        each(test_without_a_sentence),
        [alone("tests/sales/test_a.py", "def test_order(): ...")],
        alone("tests/sales/test_a.py", "def test_many_buyers_one_shelf(): ..."),
    ),
]
