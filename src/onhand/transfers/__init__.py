"""Transfers between warehouses: the documents over the ledger's movements."""
