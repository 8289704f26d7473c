"""The proof that what is shown is what happened, and that nothing is sold twice."""

from onhand.proof.domain import Difference, Proof, Trial
from onhand.proof.routes import router
from onhand.proof.service import prove
from onhand.proof.service_oversell import Oversell, oversell

__all__ = ["Difference", "Oversell", "Proof", "Trial", "oversell", "prove", "router"]
