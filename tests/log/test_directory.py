"""Names behind ids, and how they are forgotten."""

from datetime import timedelta


def test_details_of_a_subject_come_back(log, ten):
    details = {"name": "Zoë \u202eO'Neil", "phone": "+1 312 555 0100"}
    log.directory.put("A1", details, source="roster.csv", stored_at=ten)
    assert log.directory.get("A1") == details
    assert log.directory.get("A2") == {}


def test_a_newer_detail_replaces_the_older_and_leaves_the_rest(log, ten):
    log.directory.put("A1", {"name": "Zoe", "phone": "1"}, source="a", stored_at=ten)
    log.directory.put("A1", {"phone": "2"}, source="b", stored_at=ten)
    assert log.directory.get("A1") == {"name": "Zoe", "phone": "2"}


def test_nothing_known_is_no_change(log, ten):
    log.directory.put("A1", {}, source="a", stored_at=ten)
    assert log.directory.get("A1") == {}


def test_all_names_at_once(log, ten):
    log.directory.put("A2", {"name": "Bo"}, source="a", stored_at=ten)
    log.directory.put("A1", {"name": "Al", "phone": "1"}, source="a", stored_at=ten)
    assert log.directory.every("name") == {"A1": "Al", "A2": "Bo"}


def test_one_subject_is_forgotten_and_the_chain_never_notices(log, day, ten, a_full_day):
    a_full_day(log)
    log.directory.put("A1", {"name": "Al", "phone": "1"}, source="a", stored_at=ten)
    log.directory.put("A2", {"name": "Bo"}, source="a", stored_at=ten)
    assert log.directory.erase("A1") == 2
    assert (log.directory.get("A1"), log.directory.get("A2")) == ({}, {"name": "Bo"})
    assert log.directory.erase("A1") == 0
    assert log.verify().ok


def test_what_is_past_its_retention_is_forgotten(log, ten):
    month = ten + timedelta(days=30)
    later = month + timedelta(days=1)
    log.directory.put("s-1", {"address": "12 Elm Street"}, source="a", stored_at=ten, erasable_after=month)
    log.directory.put("s-2", {"address": "14 Elm Street"}, source="a", stored_at=ten, erasable_after=later)
    log.directory.put("A1", {"name": "Al"}, source="a", stored_at=ten)
    assert log.directory.erase_past(month - timedelta(seconds=1)) == 0
    assert log.directory.erase_past(month) == 1
    assert (log.directory.get("s-1"), log.directory.get("s-2")) == ({}, {"address": "14 Elm Street"})
    assert log.directory.erase_past(later) == 1
    assert log.directory.get("A1") == {"name": "Al"}


def test_an_erased_name_is_not_even_in_the_file(file_log, ten):
    file_log.directory.put("A1", {"name": "Quetzalcoatl"}, source="a", stored_at=ten)
    file_log.directory.erase("A1")
    path = file_log.store.path
    file_log.close()
    assert b"Quetzalcoatl" not in path.read_bytes()
