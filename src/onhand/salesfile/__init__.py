"""What a file of sales says: each line judged, and the stock that must have been there before. Posts nothing."""

from onhand.salesfile.derive import contents, customer_countries, descriptions_seen, line_ids, sku_names, sku_prices
from onhand.salesfile.domain import FIELDS, NOT_GOODS, Kind, Options, Summary, start_of_day
from onhand.salesfile.errors import MissingColumns
from onhand.salesfile.lines import Lines, Reading, plain_units, read_lines, wanted_columns
from onhand.salesfile.mapping import Guess, Mapping, guess_mapping
from onhand.salesfile.opening import opening_needed_by_sku, recording_order

__all__ = [
    "FIELDS",
    "NOT_GOODS",
    "Guess",
    "Kind",
    "Lines",
    "Mapping",
    "MissingColumns",
    "Options",
    "Reading",
    "Summary",
    "contents",
    "customer_countries",
    "descriptions_seen",
    "guess_mapping",
    "line_ids",
    "opening_needed_by_sku",
    "plain_units",
    "read_lines",
    "recording_order",
    "sku_names",
    "sku_prices",
    "start_of_day",
    "wanted_columns",
]
