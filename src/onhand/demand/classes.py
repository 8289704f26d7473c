"""Demand classes by how often and how evenly an item sells (Syntetos, Boylan and Croston, 2005)."""

import numpy as np

from onhand.demand.domain import CLASSES, ERRATIC, FEW_SALES, INTERMITTENT, LUMPY, SMOOTH, SPARSE
from onhand.demand.history import Demand, Floats, Ints, ratio

ADI_LIMIT = 1.32
CV2_LIMIT = 0.49


def intervals(demand: Demand) -> Floats:
    """ADI: mean days between selling days since the first sale, infinite without sales."""
    seen = demand.seen.sum(axis=1)
    return ratio(seen, demand.events, empty=np.inf)


def size_variation(demand: Demand) -> Floats:
    """CV²: squared coefficient of variation of the units of selling days."""
    count = np.maximum(demand.events, 1)
    mean = demand.units.sum(axis=1) / count
    square = np.einsum("ij,ij->i", demand.units, demand.units) / count
    return ratio(np.maximum(square - mean**2, 0), mean**2)


def classify(demand: Demand) -> Ints:
    """Index into `CLASSES` per series; a series with too few selling days to judge is sparse."""
    often, even = intervals(demand) < ADI_LIMIT, size_variation(demand) < CV2_LIMIT
    names = np.select(
        [demand.events < FEW_SALES, often & even, often, even],
        [CLASSES.index(SPARSE), CLASSES.index(SMOOTH), CLASSES.index(ERRATIC), CLASSES.index(INTERMITTENT)],
        default=CLASSES.index(LUMPY),
    )
    return names.astype(np.int64)
