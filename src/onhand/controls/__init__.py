"""What governs movements: freezes that stop them, and the reasons that may be given for them."""

from onhand.controls.errors import Frozen
from onhand.controls.tables import Freeze, Reason

__all__ = ["Freeze", "Frozen", "Reason"]
