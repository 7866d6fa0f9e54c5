"""The ten recorded routes of the public data, as they were driven."""

import json
from pathlib import Path

import pytest

from dispatchkit.travel.recorded import RecordedTravel


@pytest.fixture(scope="session")
def ten_routes(shared_data: Path) -> list[RecordedTravel]:
    folder = shared_data / "amazon_routes10"
    if not folder.is_dir():
        pytest.skip(f"The ten recorded routes are not at {folder}.")
    times, routes, driven = (
        json.loads((folder / f"{name}.json").read_text()) for name in ("travel_times", "route_data", "actual_sequences")
    )
    recorded = []
    for route_id, route in routes.items():
        order = sorted(driven[route_id]["actual"], key=driven[route_id]["actual"].get)
        recorded.append(
            RecordedTravel(
                order,
                [route["stops"][s]["lat"] for s in order],
                [route["stops"][s]["lng"] for s in order],
                [[times[route_id][a][b] for b in order] for a in order],
            )
        )
    return recorded
