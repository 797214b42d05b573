"""What a reader gets of a district: the packet for the board of its newest month, which has passed the gate."""

from __future__ import annotations

from datetime import date

from workload.report.packet import make_packet
from workload.report.packet_choices import Settings
from workload.store.district import District
from workload.store.months import read_month
from workload.store.roles import SEE_BOARD
from workload.store.therapist_week import asked, confirmed, said_of_weeks


def board_packet(district: District) -> tuple[date, dict[str, bytes]] | None:
    """The day and the files by name; None where no month was kept. Raises `PacketError` where nothing may be shown."""
    district.person.must(SEE_BOARD)
    found = read_month(district)
    if found is None:
        return None
    right, of = confirmed(asked(found), found.roster.digest, said_of_weeks(district, found.day))
    settings = Settings(district_name=district.name, weeks_right=right, weeks_of=of)
    return found.day, make_packet(found.answer, "board", settings)
