"""Rescue: a near driver takes stops over. What could be done, on both sides; deciding it; following it. Pure."""

from dispatchkit.rescue.decide import blockers, end, meet, start
from dispatchkit.rescue.explain import explain
from dispatchkit.rescue.propose import Outlook, Proposal, Proposals, proposals

__all__ = ["Outlook", "Proposal", "Proposals", "blockers", "end", "explain", "meet", "proposals", "start"]
