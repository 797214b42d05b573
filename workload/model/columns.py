"""Every column of the roster, declared once.

Header matching, parsing, the template, the data dictionary and the checks at the border are all derived
from these records. A heading is compared after `normalized`, so aliases need no second spelling.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

SCHOOL_TERMS = (
    "School",
    "School of Attendance",
    "SchoolName",
    "School Name",
    "Servicing School",
    "Home Campus",
    "Campus",
    "Building",
    "Bldg",
    "Site",
    "Attending School",
    "Location of Services",
    "Placement School",
    "Site Name",
)
THERAPIST_TERMS = (
    "Therapist",
    "Provider Name",
    "Provider(s)",
    "Assigned Provider",
    "Provider",
    "OT",
    "OTR",
    "OT Name",
    "OT/COTA",
    "Assigned OT",
    "Served By",
    "Clinician",
    "Related Service Provider",
    "Occupational Therapist",
    "Therapist Name",
    "Staff",
    "Staff Name",
    "Employee",
    "Employee Name",
)
STUDENT_TERMS = (
    "Student ID",
    "SEIS ID",
    "SSID",
    "STATEID",
    "Student Number",
    "District ID",
    "USI",
    "GTID",
    "SASID",
    "State ID",
    "Local ID",
    "LASID",
    "OSIS",
    "NYC ID",
    "PSID",
    "Student #",
    "ID",
    "Perm ID",
    "Unique ID",
    "Student",
)


@dataclass(frozen=True)
class Column:
    """One canonical column: what it means and how its cells are read.

    kind  id, name, text, school, therapist, number, whole, date, yes_no, choice, period, phrase, day_plan, clock
    """

    name: str
    kind: str
    meaning: str
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    blank: str = ""  # what an empty cell means
    in_template: bool = True
    example: object = None


@dataclass(frozen=True)
class Table:
    """One sheet of the roster."""

    name: str
    sheet: str
    meaning: str
    columns: tuple[Column, ...]
    required: tuple[str, ...]  # a row without these cannot be read
    sheet_aliases: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column of that canonical name. Raises `KeyError`."""
        return {column.name: column for column in self.columns}[name]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


PLANS = ("IEP", "504", "IFSP", "MTSS")
DELIVERIES = ("individual", "group", "consult")
ROLES = ("OT", "OTA")
EMPLOYMENTS = ("employee", "contract", "agency", "telepractice")
EVALUATION_TYPES = ("initial", "reevaluation")
EXAMPLE_PREFIX = "EXAMPLE"  # the template's example rows carry it in their first column and are left out

SERVICES = Table(
    "services",
    "Services",
    "One row for each student and service line: what the plan promises.",
    (
        Column(
            "student_id", "id", "District or state id of the student, kept as text", STUDENT_TERMS, example="EXAMPLE-1"
        ),
        Column(
            "school",
            "school",
            "School where the service takes place: a name or code from Schools",
            SCHOOL_TERMS,
            blank="No school",
            example="Oak Elementary",
        ),
        Column(
            "grade",
            "text",
            "PK, TK, K, 1-12, 18-22",
            ("Grade Level", "GradeLevel", "Gr", "Gr.", "Grd", "GR LVL"),
            example="2",
        ),
        Column("plan", "choice", "Kind of plan", ("Plan Type", "IEP/504"), PLANS, blank="IEP", example="IEP"),
        Column(
            "delivery",
            "choice",
            "How the service is given",
            (
                "Delivery Model",
                "Individual/Group",
                "Group Type",
                "Delivery Setting",
                "Ind/Grp",
                "I/G",
                "Service Delivery",
                "Direct/Indirect",
                "D/I",
            ),
            DELIVERIES,
            blank="individual",
            example="individual",
        ),
        Column(
            "minutes_per_session",
            "number",
            "Minutes of one session",
            (
                "Duration, minutes per session",
                "DurationMinutes",
                "Session Length",
                "Session Length/ Minutes",
                "Length of Time",
                "Duration (hours and minutes)",
                "time_per_session_in_minutes",
                "Min/Session",
                "Minutes per Session",
                "Session Minutes",
                "Length of Session",
                "Minutes",
                "Min",
                "Mins",
                "Duration",
                "Service Duration",
                "ServiceTime",
                "TIME",
            ),
            unit="minutes",
            minimum=0,
            maximum=480,
            example=30,
        ),
        Column(
            "sessions",
            "number",
            "Sessions in one period",
            (
                "Sessions per week",
                "Number of Sessions",
                "Sessions Needed/Week",
                "FrequencyValue",
                "Sessions per Period",
                "Times",
                "#/wk",
                "Visits",
                "Times per Week",
                "Freq",
            ),
            unit="sessions",
            minimum=0,
            maximum=400,
            example=2,
        ),
        Column(
            "period",
            "period",
            "Period in which the sessions take place: week, month, year, 6-day cycle",
            (
                "Service Frequency Code",
                "ServiceFrequencyCode",
                "TIMEFREQUENCY",
                "FrequencyPeriod",
                "Frequency code",
                "interval",
                "Frequency Type",
                "Per",
                "Frequency Unit",
            ),
            example="week",
        ),
        Column(
            "frequency_text",
            "phrase",
            "Instead of the three columns before: 2 x 30 min weekly",
            (
                "Sessions / Frequency",
                "Frequency",
                "Frequency (other)",
                "Frequency/Amount",
                "Time/Frequency",
                "Frequency and Duration",
                "Service Time",
                "Amount",
                "IEP Minutes",
                "Mandate",
                "IEP Mandate",
                "Mandated Services",
                "Rx",
            ),
        ),
        Column(
            "group_size",
            "whole",
            "Students in the group",
            ("MaxGroupSize", "Grp Size", "Max Group", "# in Group", "Ratio", "Staff Ratio", "Student:Therapist"),
            unit="students",
            minimum=1,
            maximum=40,
        ),
        Column(
            "group_id",
            "id",
            "Same text for all students of one group: Oak-Tue-9:00",
            ("Group", "Group Name", "Group Number"),
        ),
        Column(
            "therapist",
            "therapist",
            "Who serves: a name from Therapists; vacant or TBD where nobody does",
            THERAPIST_TERMS,
            blank="Unassigned",
            example="Avery Example",
        ),
        Column(
            "start",
            "date",
            "First day of the line",
            (
                "Start Date",
                "Service Start Date",
                "BeginDate",
                "Begin Date",
                "Initiation Date",
                "Anticipated Start Date",
                "From",
            ),
            blank="open",
        ),
        Column(
            "end",
            "date",
            "Last day of the line",
            ("End Date", "Service End Date", "EndDate", "End (evaluation) date", "To", "Thru"),
            blank="open",
        ),
        Column(
            "iep_date",
            "date",
            "Next annual review",
            (
                "IEP Due",
                "Annual Review Date",
                "Date of Next Annual Plan Review",
                "Next Review Date",
                "Annual",
                "Next IEP",
                "IEP Date",
            ),
        ),
        Column(
            "reeval_date",
            "date",
            "Next three-year re-evaluation",
            (
                "Date of Next Reevaluation",
                "Next Evaluation Date",
                "Tri",
                "Triennial",
                "Re-eval Due",
                "Re-eval",
                "3-Year",
                "Triennial Date",
                "Reevaluation Date",
            ),
        ),
        Column(
            "compensatory_minutes",
            "number",
            "Minutes still owed",
            ("Comp Minutes", "Makeup Minutes", "Minutes Owed", "Comp Ed Minutes"),
            unit="minutes",
            minimum=0,
            maximum=100_000,
        ),
        Column(
            "compensatory_due",
            "date",
            "Day by which the owed minutes are due",
            ("Comp Due", "Makeup Due"),
            blank="30 June",
        ),
        Column(
            "esy",
            "yes_no",
            "Extended school year line: outside the regular year",
            ("Extended School Year", "EXTENDEDSCHOOLYEAR", "IsESY", "ESY?", "Summer"),
            blank="no",
        ),
        Column(
            "service",
            "text",
            "Only if the file holds several services: OT, 450",
            (
                "Services",
                "Type of Service",
                "Service Type",
                "Special Education Service Code",
                "ServiceDefinitionCode",
                "SpecInstruction",
                "Related Service",
                "Related Services",
                "Service Code",
                "Svc",
                "Discipline",
                "Therapy",
                "Instruction or Service Provided",
            ),
            blank="OT",
        ),
        Column(
            "student_name",
            "name",
            "Turned into a pseudonym on loading",
            (
                "Student Name",
                "Name",
                "Pupil",
                "Child",
                "Kid",
                "Last, First",
                "Student Name (Last, First)",
                "Initials",
                "Student Initials",
            ),
            in_template=False,
        ),
        Column(
            "last_name",
            "name",
            "Turned into a pseudonym on loading",
            ("Surname", "Student Last", "LName", "Student Last Name", "Last"),
            in_template=False,
        ),
        Column(
            "first_name",
            "name",
            "Turned into a pseudonym on loading",
            ("Student First", "FName", "First", "Student First Name", "Preferred Name"),
            in_template=False,
        ),
        Column(
            "minutes_per_week",
            "number",
            "Total minutes a week",
            ("Minutes/Week", "Min/Wk", "Weekly Minutes", "MPW", "Mins/Week", "Minutes Weekly", "WKLY MIN"),
            unit="minutes",
            minimum=0,
            maximum=2_400,
            in_template=False,
        ),
        Column(
            "minutes_per_month",
            "number",
            "Total minutes a month",
            ("Related service minutes per month", "Min/Month", "MPM", "Monthly Minutes", "Mins/Mo", "SPED_Related_OT"),
            unit="minutes",
            minimum=0,
            maximum=9_600,
            in_template=False,
        ),
        Column(
            "minutes_per_year",
            "number",
            "Total minutes a year",
            ("Total Minutes (min/year)", "Annual Minutes", "Yearly Minutes", "Total minutes per year"),
            unit="minutes",
            minimum=0,
            maximum=100_000,
            in_template=False,
        ),
        Column(
            "hours_per_week",
            "number",
            "Total hours a week",
            ("Hrs/Wk", "Hours Weekly", "Hours/Week", "Total_Hours_Per_Week", "actual hours per week"),
            unit="hours",
            minimum=0,
            maximum=40,
            in_template=False,
        ),
        Column(
            "exit_date",
            "date",
            "Day on which the student left the service",
            (
                "Drop date",
                "Date Exited",
                "Dismissal Date",
                "Special Education Exit Date",
                "Date Dismissed",
                "Exited On",
            ),
            in_template=False,
        ),
        Column(
            "status",
            "text",
            "Whether the line is active; lines that are not are left out",
            ("Record Status", "Active/Inactive", "Active", "Student Status", "Service Status"),
            in_template=False,
        ),
        Column(
            "time_unit",
            "text",
            "Unit of the minutes column: minutes or hours",
            ("TIMEUNITS", "Time Units", "Unit of Time"),
            in_template=False,
        ),
        Column(
            "direct_minutes",
            "number",
            "Minutes of one session with the student",
            (
                "Direct",
                "Direct Service Minutes",
                "Direct Minutes per Session",
                "Total Minutes Per Session Direct",
                "DirInsideTime",
            ),
            unit="minutes",
            minimum=0,
            maximum=480,
            in_template=False,
        ),
        Column(
            "indirect_minutes",
            "number",
            "Minutes of one session on behalf of the student",
            (
                "Indirect",
                "Consultation Minutes",
                "Indirect Minutes per Session",
                "Total Minutes Per Session Indirect",
                "IndirectTime",
            ),
            unit="minutes",
            minimum=0,
            maximum=480,
            in_template=False,
        ),
        Column(
            "direct_outside_minutes",
            "number",
            "Minutes with the student outside the classroom",
            ("DirOutTime",),
            unit="minutes",
            minimum=0,
            maximum=480,
            in_template=False,
        ),
        Column("direct_period", "period", "Period of the direct minutes", ("DirInsidePer",), in_template=False),
        Column(
            "direct_outside_period",
            "period",
            "Period of the direct minutes outside the classroom",
            ("DirOutPer",),
            in_template=False,
        ),
        Column("indirect_period", "period", "Period of the indirect minutes", ("IndirectPer",), in_template=False),
        Column(
            "setting",
            "text",
            "Where the service is given: classroom, therapy room",
            ("Location", "SERVICELOCATION", "Location type", "ServiceLocationCode", "Service Setting"),
            in_template=False,
        ),
        Column(
            "district",
            "text",
            "Member district of a cooperative: a student is known by it and the id",
            ("Member District", "LEA", "LEA Name", "District Name", "Home District", "Sending District"),
            in_template=False,
        ),
    ),
    required=("student_id",),
    sheet_aliases=(
        "Service",
        "Roster",
        "Caseload",
        "Students",
        "Student List",
        "OT Caseload",
        "Deliveries",
        "Current Caseload",
        "Services Report",
    ),
)

THERAPISTS = Table(
    "therapists",
    "Therapists",
    "One row for each person in post.",
    (
        Column(
            "therapist",
            "therapist",
            "Name as it stands in Services",
            (*THERAPIST_TERMS, "Name"),
            example="EXAMPLE Avery",
        ),
        Column(
            "role",
            "choice",
            "OT or OTA",
            (
                "Provider Type",
                "Provider Position",
                "Title",
                "Job Title",
                "Position",
                "OTR/COTA",
                "Credential",
                "License",
            ),
            ROLES,
            blank="OT",
            example="OT",
        ),
        Column(
            "fte",
            "number",
            "Contracted full-time equivalent",
            ("F.T.E.", "Full-Time Equivalent", "% FTE", "Contract %", "Percent Time", "Assignment %"),
            unit="FTE",
            minimum=0,
            maximum=1.5,
            example=1.0,
        ),
        Column(
            "hours_per_week",
            "number",
            "Contract hours a week without lunch, if not FTE times the full week",
            ("Hours/Week", "Contract Hours", "Work Hours", "Weekly Hours", "Hours per Week"),
            unit="hours",
            minimum=0,
            maximum=60,
        ),
        Column(
            "employment",
            "choice",
            "employee, contract, agency or telepractice",
            ("Employee/Contract", "District or Contractor"),
            EMPLOYMENTS,
            blank="employee",
        ),
        Column(
            "annual_cost",
            "number",
            "Salary and benefits a year",
            ("Salary", "Annual Salary", "Cost"),
            unit="dollars",
            minimum=0,
            maximum=1_000_000,
        ),
        Column(
            "hourly_rate",
            "number",
            "Rate an hour of a contractor",
            ("Rate", "Hourly"),
            unit="dollars",
            minimum=0,
            maximum=1_000,
        ),
        Column("base_school", "school", "School where the person is based", ("Base", "Home School", "Base Building")),
        Column(
            "days",
            "day_plan",
            "Mon: Oak; Tue: Oak, Elm",
            ("Assigned Schools", "Schools", "Buildings", "Schedule", "Day Plan"),
        ),
        Column(
            "supervisor",
            "therapist",
            "For an OTA: the supervising OT",
            ("Supervising OT", "OTR of Record", "Supervised By"),
        ),
        Column(
            "named_duty_hours",
            "number",
            "Lead role, equipment, mentoring: hours a week",
            ("Named Duties", "Duty Hours", "Lead Hours"),
            unit="hours",
            minimum=0,
            maximum=60,
        ),
        Column(
            "mtss_hours",
            "number",
            "Screening, pre-referral, whole-class support: hours a week",
            ("MTSS", "RTI Hours", "MTSS/RTI Hours"),
            unit="hours",
            minimum=0,
            maximum=60,
        ),
        Column("leave_start", "date", "First day of a leave", ("Leave From", "Leave Begins")),
        Column("leave_end", "date", "Last day of a leave", ("Leave To", "Leave Ends")),
        Column("start", "date", "First day in post", ("Start Date", "Hire Date"), blank="open"),
        Column("end", "date", "Last day in post", ("End Date", "Last Day"), blank="open"),
    ),
    required=("therapist",),
    sheet_aliases=("Therapist", "Staff", "Providers", "OTs", "OT Staff", "Team"),
)

SCHOOLS = Table(
    "schools",
    "Schools",
    "One row for each school.",
    (
        Column("school", "school", "Name of the school", SCHOOL_TERMS + ("SCH_NAME",), example="EXAMPLE Oak"),
        Column(
            "school_code",
            "id",
            "District or state code",
            ("NCES School ID", "NCESSCH", "State School ID", "CDS Code", "Site Code", "Campus ID", "School #", "Code"),
        ),
        Column("level", "text", "Elementary, middle, high", ("School Level", "School Type", "Grade Span", "Type")),
        Column(
            "enrollment",
            "whole",
            "Students enrolled",
            ("Students", "Enrolment", "Student Count", "ADM"),
            unit="students",
            minimum=0,
            maximum=100_000,
        ),
        Column("latitude", "number", "Degrees north", ("LAT", "LATCOD"), unit="degrees", minimum=-90, maximum=90),
        Column(
            "longitude",
            "number",
            "Degrees east, negative in the US",
            ("LON", "LONCOD", "LONG"),
            unit="degrees",
            minimum=-180,
            maximum=180,
        ),
        Column(
            "region",
            "text",
            "Area, zone or district used to group schools",
            ("Area", "Zone", "Cluster", "District", "County Name", "County"),
        ),
    ),
    required=("school",),
    sheet_aliases=("School", "Buildings", "Sites", "Campuses", "School List"),
)

EVALUATIONS = Table(
    "evaluations",
    "Evaluations",
    "One row for each evaluation due or completed.",
    (
        Column("student_id", "id", "District or state id of the student", STUDENT_TERMS, example="EXAMPLE-1"),
        Column("school", "school", "School of the student", SCHOOL_TERMS),
        Column(
            "type",
            "choice",
            "initial or reevaluation",
            ("Evaluation Type", "Eval Type", "Kind"),
            EVALUATION_TYPES,
            example="initial",
        ),
        Column("due", "date", "Day by which it is due", ("Due Date", "Eval Due", "Deadline")),
        Column("completed", "date", "Day on which it was completed", ("Completed Date", "Date Completed", "Done")),
        Column("therapist", "therapist", "Who evaluates", THERAPIST_TERMS + ("Evaluator",)),
        Column(
            "student_name",
            "name",
            "Turned into a pseudonym on loading",
            ("Student Name", "Name", "Pupil", "Child"),
            in_template=False,
        ),
        Column(
            "last_name",
            "name",
            "Turned into a pseudonym on loading",
            ("Surname", "Student Last", "LName", "Student Last Name", "Last"),
            in_template=False,
        ),
        Column(
            "first_name",
            "name",
            "Turned into a pseudonym on loading",
            ("Student First", "FName", "First", "Student First Name", "Preferred Name"),
            in_template=False,
        ),
        Column(
            "district",
            "text",
            "Member district of a cooperative: a student is known by it and the id",
            ("Member District", "LEA", "LEA Name", "District Name", "Home District", "Sending District"),
            in_template=False,
        ),
    ),
    required=("type",),
    sheet_aliases=("Evaluation", "Evals", "Referrals", "Assessments"),
)

TRAVEL = Table(
    "travel",
    "Travel",
    "Minutes between two schools. One direction is enough.",
    (
        Column("from", "school", "School", ("Origin", "From School", "Start"), example="EXAMPLE Oak"),
        Column("to", "school", "School", ("Destination", "To School", "End"), example="Elm Elementary"),
        Column(
            "minutes",
            "number",
            "Minutes of one trip",
            ("Drive Minutes", "Travel Minutes", "Time", "Min"),
            unit="minutes",
            minimum=0,
            maximum=480,
            example=12,
        ),
    ),
    required=("from", "to", "minutes"),
    sheet_aliases=("Travel Times", "Distances", "Drive Times", "Mileage"),
)

TIME_LOG = Table(
    "time_log",
    "Time log",
    "One row for each entry of a time study.",
    (
        Column("therapist", "therapist", "Who", THERAPIST_TERMS, example="EXAMPLE Avery"),
        Column("date", "date", "Day", ("Day", "Work Date")),
        Column("activity", "text", "Activity code of the method", ("Activity Code", "Task")),
        Column(
            "minutes", "number", "Minutes of the entry", ("Duration", "Min"), unit="minutes", minimum=0, maximum=1_440
        ),
        Column("start", "clock", "Clock time of the start", ("Start Time", "From", "Begin")),
        Column("end", "clock", "Clock time of the end", ("End Time", "To", "Finish")),
        Column("school", "school", "Where", SCHOOL_TERMS),
        Column(
            "outside_contract", "yes_no", "Outside contract hours", ("Overtime", "Unpaid", "Off the Clock"), blank="no"
        ),
    ),
    required=("therapist", "date", "activity"),
    sheet_aliases=("Timelog", "Time Study", "Log", "Activity Log"),
)

TABLES = (SERVICES, THERAPISTS, SCHOOLS, EVALUATIONS, TRAVEL, TIME_LOG)

SOFT = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
SEPARATORS = re.compile(r"[\s_/\-.,()#?:*]+")


def normalized(heading: object) -> str:
    """A heading as it is compared: first line, no soft characters, lower case, words apart, one space.

    >>> normalized("Session Length/ Minutes ")
    'session length minutes'
    """
    text = unicodedata.normalize("NFKC", str(heading)).translate(SOFT).strip().split("\n")[0]
    return SEPARATORS.sub(" ", CAMEL.sub(" ", text)).strip().casefold()
