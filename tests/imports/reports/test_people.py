"""The associates list, in the shape of real exports; everybody in it is invented."""

from datetime import date

import pytest

HEADER = [
    "Name and ID", "TransporterID", "Position", "Qualifications", "ID expiration", "Personal Phone Number",
    "Work Phone Number", "Email", "Status",
]  # fmt: skip

ANA, BEN = "A1B2C3D4E5F6G", "AZZ9Y8X7W6V5U4"


def associate(
    name="Ana Ode", driver_id=ANA, qualifications="CDV, EDV", expires="2027-03-31", status="ACTIVE", phone=""
):
    return [name, driver_id, "Delivery Associate", qualifications, expires, phone, "", "ana@example.org", status]


def one(file):
    (found,) = file.reading.associates
    return found


def test_an_associate_comes_out_whole(read):
    file = read([HEADER, associate(phone="+1 312 555 0100")])
    ana = one(file)
    assert (file.source, file.problems) == ("Associates", ())
    assert (ana.row, ana.driver_id, ana.name, ana.position) == (2, ANA, "Ana Ode", "Delivery Associate")
    assert (ana.qualifications, ana.id_expires, ana.active) == ({"CDV", "EDV"}, date(2027, 3, 31), True)
    assert (ana.personal_phone, ana.work_phone, ana.email) == ("+1 312 555 0100", "", "ana@example.org")


@pytest.mark.parametrize(
    "written", ["Ode, Ana", "Ana Ode", f"Ode, Ana ({ANA})", f"Ana Ode - {ANA}", f"Ana Ode {ANA}", "  Ode ,  Ana "]
)
def test_a_name_reads_first_last_whichever_way_round_and_without_its_id(read, written):
    assert one(read([HEADER, associate(written)])).name == "Ana Ode"


def test_an_id_behind_the_name_serves_where_its_own_column_is_blank(read):
    assert one(read([HEADER, associate(f"Ana Ode ({ANA})", "")])).driver_id == ANA


@pytest.mark.parametrize("written", ["CDV, EDV", "CDV;EDV", "CDV | EDV", " CDV,,EDV; "])
def test_qualifications_are_parted_at_every_sign_in_use(read, written):
    assert one(read([HEADER, associate(qualifications=written)])).qualifications == {"CDV", "EDV"}


def test_blank_qualifications_and_dates_are_no_data(read):
    ana = one(read([HEADER, associate(qualifications="", expires="")]))
    assert (ana.qualifications, ana.id_expires) == (frozenset(), None)


@pytest.mark.parametrize(
    ("status", "active"), [("ACTIVE", True), ("active", True), ("Inactive", False), ("ONBOARDING", False)]
)
def test_a_status_says_who_may_be_sent_out(read, status, active):
    assert one(read([HEADER, associate(status=status)])).active is active


def test_an_unknown_status_is_a_problem_with_what_to_do(read, sentences):
    file = read([HEADER, associate(status="DOZING")])
    assert sentences(file, blocks=True) == [
        "row 2, Status: The status 'DOZING' is not known. "
        "Add it to 'active' or 'inactive' in the [words] section of the station profile and import again."
    ]


def test_a_blank_status_says_neither_and_is_noted(read, sentences):
    file = read([HEADER, associate(status="")])
    assert one(file).active is None
    assert sentences(file, blocks=False) == ["row 2, Status: The status is blank; it stays as it was."]


def test_a_transporter_id_that_stands_twice_is_a_problem_and_its_first_row_counts(read, sentences):
    file = read([HEADER, associate(), associate("Ben Udo", BEN), associate("Cy Ibe")])
    assert [a.name for a in file.reading.associates] == ["Ana Ode", "Ben Udo"]
    assert sentences(file, blocks=True) == [
        f"row 4, TransporterID: '{ANA}' stands in row 2 already. Leave the row that is right and import again."
    ]


@pytest.mark.parametrize("wrong", ["1AB2C3D4E5F6G", "A1B2C3", "a1b2c3d4e5f6g", "A1B2C3D4E5F6G7H"])
def test_what_is_no_transporter_id_is_a_problem(read, sentences, wrong):
    file = read([HEADER, associate(driver_id=wrong), associate("Ben Udo", BEN)])
    assert [a.driver_id for a in file.reading.associates] == [BEN]
    assert any(s.startswith(f"row 2, TransporterID: '{wrong}' is not") for s in sentences(file, blocks=True))


def test_who_is_only_onboarding_may_lack_an_id_and_nobody_else(read, sentences):
    file = read([HEADER, associate(driver_id="", status="ONBOARDING"), associate("Ben Udo", "")])
    assert file.reading.associates == ()
    assert sentences(file, blocks=True) == [
        "row 3, TransporterID: The transporter id is missing. Fill it in and import again."
    ]
    assert sentences(file, blocks=False) == [
        "row 2, TransporterID: Has no transporter id yet and may not be sent out; left out."
    ]


def test_a_missing_column_that_matters_stops_the_file(read, sentences):
    file = read([[h for h in HEADER if h != "TransporterID"], associate()[:1] + associate()[2:]])
    assert file.reading is None
    assert any("TransporterID" in s for s in sentences(file, blocks=True))


def test_a_formula_is_a_value_like_any_other(read):
    ana = one(read([HEADER, associate(phone="=HYPERLINK(1)")]))
    assert ana.personal_phone == "=HYPERLINK(1)"
