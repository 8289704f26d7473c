"""What can go wrong in forecasting."""

from __future__ import annotations

from onhand import demand
from onhand.kernel import FieldError, Invalid, NotFound


class UnknownForecast(NotFound):
    """There is no forecast {key}."""

    code = "forecasting.unknown_forecast"


class NothingForecast(NotFound):
    """Nothing was forecast yet; start it with POST /api/v1/forecasting/generate."""

    code = "forecasting.nothing_forecast"


class UnknownAlgorithm(Invalid):
    """There is no algorithm {algorithm}; there are {algorithms}."""

    code = "forecasting.unknown_algorithm"

    def __init__(self, algorithm: str) -> None:
        names = ", ".join(demand.ALGORITHMS)
        error = FieldError("/algorithm", "unknown", f"There is no such algorithm; there are {names}.")
        super().__init__(errors=[error], algorithm=algorithm, algorithms=names)
