"""A sandbox marketplace that behaves like a real one: latency, rate limits, faults, simultaneous buyers.

It stands alone: a process of its own (`python -m onhand.sandbox`), which knows nothing of onhand.
"""

from onhand.sandbox.app import create_app
from onhand.sandbox.courier import sign
from onhand.sandbox.world import World, secret_of, token_of

__all__ = ["World", "create_app", "secret_of", "sign", "token_of"]
