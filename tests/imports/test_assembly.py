from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from dispatchkit.imports.assembly import departure

DAY = date(2018, 8, 8)


@pytest.mark.parametrize(
    ("zone", "leaves", "instant"),
    [
        ("America/Chicago", time(15, 0), datetime(2018, 8, 8, 15, 0, tzinfo=UTC)),
        ("America/Los_Angeles", time(1, 30), datetime(2018, 8, 9, 1, 30, tzinfo=UTC)),     # 18:30 on the 8th
        ("Asia/Tokyo", time(23, 0), datetime(2018, 8, 7, 23, 0, tzinfo=UTC)),              # 08:00 on the 8th
    ],
)
def test_a_departure_falls_on_the_service_day_where_the_station_is(zone, leaves, instant):
    assert departure(DAY, leaves, ZoneInfo(zone)) == instant


def test_a_utc_time_that_the_short_day_of_spring_does_not_have_keeps_the_written_date():
    # 10 March 2019 in Chicago runs from 06:00 to 05:00 UTC of the 11th: no 05:30
    at = departure(date(2019, 3, 10), time(5, 30), ZoneInfo("America/Chicago"))
    assert at == datetime(2019, 3, 10, 5, 30, tzinfo=UTC)
