import pytest

from dispatchkit.travel.address import Address, BadAddress, parse


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("osrm+http://localhost:5000", Address(kind="osrm", base_url="http://localhost:5000", profile="driving")),
        ("valhalla+http://10.0.0.7:8002/", Address(kind="valhalla", base_url="http://10.0.0.7:8002", profile="auto")),
        (
            " ors+https://maps.example.org/ors/?profile=driving-hgv ",
            Address(kind="ors", base_url="https://maps.example.org/ors", profile="driving-hgv"),
        ),
    ],
)
def test_one_line_says_kind_place_and_profile(line, address):
    assert parse(line) == address


@pytest.mark.parametrize(
    "line",
    ["", "http://localhost:5000", "osrm+localhost:5000", "google+https://maps.example.org", "osrm+ftp://host", "osrm+http://",
     "osrm+http://[bad", "osrm+http://host:port"],
)  # fmt: skip
def test_what_names_no_engine_is_answered_with_examples(line):
    with pytest.raises(BadAddress, match=r"osrm\+http://localhost:5000"):
        parse(line)


@pytest.mark.parametrize(
    "line", ["osrm+http://me:hunter2@host", "ors+https://host?api_key=hunter2", "ors+https://host?profile=a&key=hunter2"]
)
def test_a_key_in_the_address_is_refused_and_not_repeated(line):
    with pytest.raises(BadAddress, match="DISPATCHKIT_TRAVEL_KEY") as refused:
        parse(line)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("profile", ["", "a/b", "..", "driving%0acar"])
def test_a_profile_that_would_change_the_path_is_refused(profile):
    with pytest.raises(BadAddress, match="profile"):
        parse(f"osrm+http://localhost:5000?profile={profile}")


def test_this_machine_and_tls_are_private():
    assert parse("ors+http://localhost:8080").private
    assert parse("ors+https://example.org").private
    assert not parse("ors+http://example.org").private
