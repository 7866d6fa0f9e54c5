"""Whether the routes of a plan can really be finished: one rule a question, each with its reason and figures."""

from dispatchkit.plan.realism.check import check
from dispatchkit.plan.realism.finding import Finding, Kind, Severity
from dispatchkit.plan.realism.result import PlanRealism, RouteRealism
from dispatchkit.plan.realism.subject import Known

__all__ = ["Finding", "Kind", "Known", "PlanRealism", "RouteRealism", "Severity", "check"]
