"""What governs movements: freezes that stop them, and the reasons that may be given for them."""

from onhand.controls.tables import Freeze, Reason

__all__ = ["Freeze", "Reason"]
