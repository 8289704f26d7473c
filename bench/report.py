"""How figures are printed: what, the figure, what it is measured against, and whether it reaches its mark."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Report:
    """Lines of figures; remembers which fell short."""

    short: list[str] = field(default_factory=list)

    def title(self, text: str) -> None:
        """A heading."""
        print(f"\n{text}\n{'-' * len(text)}", flush=True)

    def line(self, what: str, figure: str) -> None:
        """A figure on its own."""
        print(f"{what:58} {figure}", flush=True)

    def ratio(self, what: str, figure: float, anchor: float, mark: float) -> None:
        """A figure as a share of its anchor; `mark` is what it should reach at least."""
        share = figure / anchor
        reached = share >= mark
        self._note(what, f"{figure:10,.0f}/s  = {share:.3f} × anchor", f"≥ {mark}", reached=reached)

    def at_most(self, what: str, figure: float, mark: float, unit: str) -> None:
        """A figure that should stay below its mark."""
        self._note(what, f"{figure:10,.2f} {unit}", f"≤ {mark} {unit}", reached=figure <= mark)

    def at_least(self, what: str, figure: float, mark: float, unit: str = "") -> None:
        """A figure that should reach its mark."""
        self._note(what, f"{figure:10,.3f} {unit}", f"≥ {mark} {unit}", reached=figure >= mark)

    def _note(self, what: str, figure: str, mark: str, *, reached: bool) -> None:
        print(f"{what:58} {figure:36} mark {mark:14} {'reached' if reached else 'NOT REACHED'}", flush=True)
        if not reached:
            self.short.append(what)

    def close(self) -> None:
        """The sum."""
        print(f"\n{'All marks reached.' if not self.short else 'Not reached: ' + '; '.join(self.short)}", flush=True)
