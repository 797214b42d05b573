"""The process that reads the file: whatever it does, the server lives and says why."""

import gc
import os
import resource
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.open import workbooks
from tests.intake.open.opened import refused
from tests.intake.open.workbooks import ROSTER, number_cell, packed, parts, row, sheet, with_part, workbook
from workload.intake.open import opening, ready_readers
from workload.intake.open.limits import Limits
from workload.intake.open.opening import Opened, open_file
from workload.intake.open.reader_template import smallest


def misbehaving(monkeypatch, tmp_path, body):
    child = tmp_path / f"child {len(list(tmp_path.iterdir()))}.py"
    child.write_text(
        "import json, os, sys, time\nrequest = json.loads(sys.stdin.buffer.readline())\n"
        "sys.stdin.buffer.read()\n" + body
    )
    monkeypatch.setattr(opening, "_CHILD", child)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("os.abort()", "memory"),
        ("os._exit(3)", "crashed"),
        ("os.kill(os.getpid(), 11)", "crashed"),
        ("sys.stdout.buffer.write(b'nonsense')", "crashed"),
        ("", "crashed"),
        ("sys.stdout.buffer.write(bytes(9))", "crashed"),
        ("time.sleep(60)", "time"),
        ("[sys.stdout.buffer.write(bytes(1 << 20)) for _ in range(99)]", "memory"),
    ],
)
def test_whatever_the_child_does_the_answer_is_a_refusal(monkeypatch, tmp_path, body, code):
    misbehaving(monkeypatch, tmp_path, body)
    limits = Limits(answer_bytes=10_000_000, **({"wall_seconds": 2} if code == "time" else {}))
    assert refused(workbook(), limits).code == code


def test_no_child_stays_behind(monkeypatch, tmp_path):
    started = []
    begin = subprocess.Popen

    def remember(*args, **options):
        started.append(begin(*args, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", remember)
    misbehaving(monkeypatch, tmp_path, "time.sleep(60)")
    refused(workbook(), Limits(wall_seconds=1))
    assert [child.returncode for child in started] == [-9]


def test_a_file_that_needs_too_much_memory_or_computing_is_refused():
    rows = (row(n, *(number_cell(f"{letter}{n}", n) for letter in "ABCDEFGHIJ")) for n in range(1, 60_001))
    data = workbook(sheet(*rows))
    assert refused(data, Limits(memory_bytes=60_000_000)).code in ("memory", "crashed")
    assert refused(data, Limits(cpu_seconds=0)).code in ("time", "crashed")


def test_each_file_has_a_child_of_its_own_that_a_process_without_files_forks(monkeypatch, tmp_path):
    """Neither the memory nor the descriptors of one file's child reach the next one's."""
    body = (
        "files = len(os.listdir('/proc/self/fd')) if os.path.isdir('/proc/self/fd') else 4\n"
        "print(os.getpid(), os.getppid(), getattr(sys, 'left', 0), files)\nsys.left = 1"
    )
    misbehaving(monkeypatch, tmp_path, body)
    said = [list(map(int, opening._ask_child("csv", b"a", Limits())[0].split())) for _ in range(2)]
    (one, parent, left, files), (other, again, still, more) = said
    assert one != other and parent == again and (parent != os.getpid()) is ready_readers.CAN_FORK
    assert left == still == 0 and files == more == 4  # its input, output, the void for errors, and the listing itself


def test_after_a_child_that_crashed_the_next_file_is_read_and_after_one_that_was_stopped_too(monkeypatch, tmp_path):
    for body, limits in (("os.abort()", Limits()), ("time.sleep(60)", Limits(wall_seconds=1))):
        misbehaving(monkeypatch, tmp_path, body)
        assert opening._ask_child("csv", b"a", limits)[1]
        misbehaving(monkeypatch, tmp_path, "sys.stdout.buffer.write(b'well')")
        assert opening._ask_child("csv", b"a", Limits()) == (b"well", "")


def test_where_a_system_cannot_fork_each_child_is_started_anew(monkeypatch, tmp_path):
    monkeypatch.setattr(ready_readers, "CAN_FORK", False)
    assert open_file("roster.xlsx", workbook()).sheets
    misbehaving(monkeypatch, tmp_path, "time.sleep(60)")
    assert refused(workbook(), Limits(wall_seconds=1)).code == "time"


def test_processes_that_stood_ready_and_are_gone_are_replaced():
    together = [ready_readers.begin(opening._CHILD, opening.import_path()) for _ in range(3)]
    for child in together:
        child.stdin.close()
        child.stdout.close()
        child.wait()
    assert len(ready_readers._idle) >= 3 or not ready_readers.CAN_FORK
    for ready in [each for each in ready_readers._idle if each.fits(opening._CHILD, opening.import_path())]:
        ready.kill()
        ready._process.wait()
    assert open_file("roster.xlsx", workbook()).sheets


def test_the_workbook_that_the_readers_are_tried_on_is_one():
    sheet = open_file("roster.xlsx", smallest()).sheets[0]
    assert [column[0] for column in sheet.cells] == ["a", date(2025, 12, 9), 1]


def test_the_seconds_of_the_children_are_told():
    open_file("roster.xlsx", workbook())
    before = ready_readers.cpu_seconds()
    open_file("roster.xlsx", workbook())
    assert ready_readers.cpu_seconds() > before > 0


def test_the_child_gets_none_of_the_servers_variables(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_PASSWORD", "secret")
    misbehaving(monkeypatch, tmp_path, "sys.exit(0 if 'DATABASE_PASSWORD' not in os.environ else 3)")
    answer, failure = opening._ask_child("csv", b"a", Limits())
    assert (answer, failure) == (b"", "")


def test_the_child_cannot_write_files(tmp_path):
    script = (
        f"import sys; sys.path.insert(0, {str(opening._ROOT)!r})\n"
        "from workload.intake.open.reader_child import limit_self\n"
        "from workload.intake.open.limits import Limits\n"
        "limit_self(Limits().memory_bytes, Limits().cpu_seconds)\n"
        f"with open({str(tmp_path / 'x')!r}, 'w') as file: file.write('x' * 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True)
    assert done.returncode != 0
    assert (tmp_path / "x").stat().st_size == 0


def test_at_most_two_files_are_read_at_once_and_others_wait(monkeypatch):
    running, most, lock, two = [0], [0], threading.Lock(), threading.Barrier(2)

    def count(kind, data, limits):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        two.wait(60)  # however late the second one begins
        threading.Event().wait(0.05)  # long enough for a third one to be seen
        with lock:
            running[0] -= 1
        return b"", "crashed"

    monkeypatch.setattr(opening, "_ask_child", count)
    threads = [threading.Thread(target=open_file, args=("a.csv", b"a,b\n")) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 2


def test_an_upload_that_waits_too_long_is_asked_to_come_again(monkeypatch):
    monkeypatch.setattr(opening, "_READERS", threading.BoundedSemaphore(1))
    opening._READERS.acquire()
    assert refused(b"a,b\n", Limits(queue_seconds=0)).code == "busy"


def test_the_package_stays_light_to_import():
    script = (
        "import sys; import workload.intake.open.opening; "
        "print([m for m in ('pandas', 'numpy', 'streamlit', 'openpyxl', 'python_calamine', 'xlrd') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=opening._ROOT)
    assert done.stdout.strip() == "[]", done.stderr


SEEDS = [
    workbook(),
    workbook(sheet(*ROSTER), sheet(*ROSTER)),
    packed(parts(sheet(*ROSTER)), 0),
    workbooks.xls(),
    workbooks.xlsb(),
    workbooks.ods(
        "<table:table><table:table-row><table:table-cell office:value-type='float' "
        "office:value='1'/></table:table-row></table:table>"
    ),
    workbooks.spreadsheetml("<Row><Cell><Data ss:Type='Number'>1</Data></Cell></Row>"),
    workbooks.HTML_TABLE.encode(),
    workbooks.MHTML,
    b'A,B\n"x",1\ny,2\n',
]
EXAMPLES = int(os.environ.get("OPENING_FUZZ_EXAMPLES", "60"))


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="OPENING_FUZZ_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
@given(
    seed=st.sampled_from(SEEDS),
    cut=st.integers(0, 3),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_any_change_to_the_bytes_is_opened_or_refused(seed, cut, changes):
    data = bytearray(seed[: max(1, len(seed) - cut * 7)])
    for where, value in changes:
        data[int(where * len(data))] = value
    opened = open_file("roster.xlsx", bytes(data), Limits(wall_seconds=20))
    assert isinstance(opened, Opened)
    assert (opened.refusal is None) == bool(opened.sheets)


def test_refusing_files_leaves_no_memory_behind():
    bombs = [workbooks.far_cell("XFD1048576", 1048576), with_part("xl/sharedStrings.xml", b"<sst>" + b" " * 60_000_000)]
    for bomb in bombs:
        refused(bomb)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(5):
        for bomb in bombs:
            refused(bomb)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 * 1024


def test_what_forks_a_reader_of_large_files_has_one_thread():
    """A fork of a process with threads may wait for ever; NumPy's linear algebra would start some."""
    lines = [
        row(at, *(number_cell(f"{letter}{at}", at * 7919 % 9973) for letter in "ABCDEFGH")) for at in range(1, 9000)
    ]
    data = workbook(sheet(*lines))
    assert len(data) > opening._LARGE
    assert open_file("large.xlsx", data).sheets[0].rows == 8999
    folders = [Path(f"/proc/{ready._process.pid}") for ready in ready_readers._idle]
    assert all("Threads:\t1\n" in (folder / "status").read_text() for folder in folders)
    # Where each child is started anew, nothing stands ready.
    assert bool(folders) == ready_readers.CAN_FORK
    assert not folders or any("numpy" in (folder / "maps").read_text() for folder in folders)
