"""Who may come into a district, with which role; said by its administrator."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from workload.store import change_record
from workload.store.database import StoreError, reading, writing
from workload.store.district import District
from workload.store.roles import ADMINISTRATOR, ROLES_GIVEN, THERAPIST, Person
from workload.store.roles import PEOPLE as SAY_WHO
from workload.store.schema import PEOPLE


class PersonError(StoreError):
    """A person cannot have this role. The message is a plain sentence."""


def people(district: District) -> list[Person]:
    """Everybody with a role, by address."""
    district.person.must(SAY_WHO)
    query = select(PEOPLE.c.email, PEOPLE.c.role, PEOPLE.c.therapist).where(PEOPLE.c.district == district.id)
    with reading(district.engine) as connection:
        return [Person(*row) for row in connection.execute(query.order_by(PEOPLE.c.email))]


def give_role(district: District, email: str, role: str, therapist: str, when: str) -> None:
    """Give somebody a role, or another one. Raises `PersonError`; a district keeps at least one administrator."""
    district.person.must(SAY_WHO)
    email = email.strip().casefold()
    if "@" not in email or len(email) > 200:
        raise PersonError("A person is known by the e-mail address of the sign-in, such as name@district.org.")
    if role not in ROLES_GIVEN:
        raise PersonError(f"There is no role {role!r}. The roles are {', '.join(ROLES_GIVEN)}.")
    if (role == THERAPIST) != bool(therapist):
        raise PersonError("A therapist needs the name in the roster whose week it is; the other roles have none.")
    here = (PEOPLE.c.district == district.id) & (PEOPLE.c.email == email)
    with writing(district.engine) as connection:
        district.must_exist(connection)
        now = connection.execute(select(PEOPLE.c.version).where(here)).scalar()
        if now is None:
            row = {"district": district.id, "email": email, "role": role, "therapist": therapist, "version": 1}
            connection.execute(PEOPLE.insert().values(**row))
        else:
            connection.execute(update(PEOPLE).where(here).values(role=role, therapist=therapist, version=now + 1))
        _administrators_left(connection, district)
        change_record.add(connection, district.id, district.person, when, f"made {role}", email[:120])


def take_role(district: District, email: str, when: str) -> None:
    """Take somebody's role away; from then on they are let in nowhere."""
    district.person.must(SAY_WHO)
    with writing(district.engine) as connection:
        connection.execute(delete(PEOPLE).where((PEOPLE.c.district == district.id) & (PEOPLE.c.email == email)))
        _administrators_left(connection, district)
        change_record.add(connection, district.id, district.person, when, "took the role of", email[:120])


def _administrators_left(connection, district: District) -> None:
    query = select(PEOPLE.c.email).where((PEOPLE.c.district == district.id) & (PEOPLE.c.role == ADMINISTRATOR))
    if connection.execute(query).first() is None:
        raise PersonError("Somebody has to stay administrator. Give that role to another person first.")
