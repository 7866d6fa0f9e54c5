"""A DSP's own files of a small day as CSV, in the shapes in which they come; invented people and vans."""

DOP_NAME = "2026-02-22-DXX1-CYCLE_1-DSP-DayOfOpsPlan.csv"
DAY = "DXX1/2026-02-22"


def csv(*lines: str) -> bytes:
    """Lines as a file."""
    return ("\n".join(lines) + "\n").encode()


def day_of_ops(packages=319, codes=("CX101", "CX102")) -> bytes:
    """The station's plan: two routes of ours and one of a neighbour."""
    return csv(
        "DSP,Route Code,Service Type,Wave,Staging Location,Route Duration,Num Zones,Num Packages,Num Commercial Pkgs",
        *(f"QWER,{code},Standard Parcel,11:15 AM,STG.V.{i},420,12,{packages},9" for i, code in enumerate(codes, 1)),
        "OTHR,CV1,Standard Parcel,11:35 AM,STG.A1.1,430,10,280,3",
    )


def routes_name(clock="06_00") -> str:
    """What Cortex calls an export."""
    return f"Routes_DXX1_2026-02-22_{clock} (CST).csv"


def routes(*done: int) -> bytes:
    """A Cortex Routes export with so many stops done on each route."""
    return csv(
        "Route code,DSP,Transporter Id,Driver name,Route progress,Delivery service type,All stops",
        *(
            f"CX10{i},QWER,A00000000000{i}X,Driver {i},{n}/173,Standard Parcel,173"
            for i, n in enumerate(done or (0, 0), 1)
        ),
    )


def associates() -> bytes:
    """Two people."""
    return csv(
        "Name and ID,TransporterID,Position,Qualifications,ID expiration,Personal Phone Number,Work Phone Number,Email,"
        "Status",
        *(f'"Driver {i}",A00000000000{i}X,Driver,"CDV, EDV",,555 010{i},,d{i}@example.org,ACTIVE' for i in (1, 2)),
    )


def vehicles(grounded=False) -> bytes:
    """Two vans."""
    status = "GROUNDED" if grounded else "OPERATIONAL"
    return csv(
        "Vehicle Name,VIN,License Plate,Active,operationalStatus,serviceType",
        f"Van 7,1FTBW3XM0PKA00007,AB 7,Yes,{status},Standard Parcel",
        "Van 8,1FTBW3XM0PKA00008,AB 8,Yes,OPERATIONAL,Standard Parcel",
    )


PROFILE = """
[site]
dsp = { value = "QWER", unit = "DSP code", source = "ours" }
timezone = { value = "America/Chicago", unit = "IANA zone", source = "ours" }
"""
