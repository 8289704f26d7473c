"""The proof over HTTP."""

from __future__ import annotations

from fastapi import Request

from onhand.infra.http import Router, Who, database_of
from onhand.infra.schemas import Data
from onhand.proof import service
from onhand.proof.schemas import ProofOut

router = Router("proof")


@router.get("/proof", permission="stock.read")
async def read_proof(request: Request, who: Who) -> Data[ProofOut]:
    """Derive everything anew from the movements, now, and tell what differs."""
    proof = await service.prove(database_of(request), who.organization_id)
    return Data(data=ProofOut.model_validate(proof))
