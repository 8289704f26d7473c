"""Why nothing moves: a freeze."""

from __future__ import annotations

from onhand.kernel import OnhandError


class Frozen(OnhandError):
    """{sku} at {warehouse} is frozen by {who}: {why}. {lifter} may lift it{until}."""

    status, title, code = 423, "Frozen", "ledger.frozen"

    def sentence(self) -> str:
        """With the end of the freeze, if it has one."""
        until = self.facts.get("until")
        self.facts["until"] = f"; it ends {until}" if until else ""
        return super().sentence()
