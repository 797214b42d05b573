"""What a reader gets of a district: the packet for the board of its newest month, which has passed the gate."""

from __future__ import annotations

from datetime import date

from workload.report.packet import make_packet
from workload.report.packet_choices import Settings
from workload.store.district import District
from workload.store.months import read_month
from workload.store.roles import SEE_BOARD


def board_packet(district: District) -> tuple[date, dict[str, bytes]] | None:
    """The day and the files by name; None where no month was kept. Raises `PacketError` where nothing may be shown."""
    district.person.must(SEE_BOARD)
    found = read_month(district)
    if found is None:
        return None
    return found.day, make_packet(found.answer, "board", Settings(district_name=district.name))
