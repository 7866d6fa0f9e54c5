"""Who could take a route over before the morning starts: neighbours together, one of them, or nobody."""

from dispatchkit.plan.absorb.answer import Cover, Limit, Taker, Verdict
from dispatchkit.plan.absorb.screen import absorb

__all__ = ["Cover", "Limit", "Taker", "Verdict", "absorb"]
