"""The profile's section on changes of a plan by hand: what is offered to whoever makes them."""

from dispatchkit.station.section import Section


class ByHandRules(Section, frozen=True):
    """What is offered to whoever changes a plan by hand.

    Attributes
    ----------
    reasons
        Why a change is kept, to choose from; a person may write another reason.
    offered_count
        Routes that are offered for stops that shall go elsewhere.
    """

    reasons: tuple[str, ...]
    offered_count: int
