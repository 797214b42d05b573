"""A file is whole or as it was before: also where the disk fills up in the middle of writing."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from workload.model.whole_file import write_together, write_whole

ROOT = Path(__file__).parents[2]
# A process whose files may not grow beyond some bytes fails in the middle of writing, as on a full disk.
LIMITED = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2); "
ROSTER = ROOT / "data" / "sample" / "bluff_county.xlsx"


def limited(most: int, *arguments: object) -> subprocess.CompletedProcess:
    """The command line in a process whose files may have so many bytes."""
    code = LIMITED + "sys.argv[0] = 'workload'; runpy.run_module('workload', run_name='__main__', alter_sys=True)"
    return subprocess.run(
        [sys.executable, "-c", code, str(most), *map(str, arguments)], capture_output=True, text=True, cwd=ROOT
    )


def test_a_new_file_and_a_replaced_one_hold_the_content_and_leave_nothing_beside(tmp_path):
    place = tmp_path / "a.json"
    write_whole(place, b"one")
    os.chmod(place, 0o640)
    write_whole(place, b"two")
    assert place.read_bytes() == b"two" and stat.S_IMODE(place.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["a.json"]


def test_a_link_is_followed_and_a_device_is_written_to(tmp_path):
    (tmp_path / "real.json").write_bytes(b"old")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    write_whole(tmp_path / "link.json", b"new")
    assert (tmp_path / "link.json").is_symlink() and (tmp_path / "real.json").read_bytes() == b"new"
    write_whole(Path(os.devnull), b"gone")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("place", ["no/such/folder/a.json", "."])
def test_a_place_that_cannot_be_written_is_named(tmp_path, place):
    with pytest.raises(OSError) as refused:
        write_whole(tmp_path / place, b"x")
    assert str(refused.value.filename) == str(tmp_path / place)
    assert os.listdir(tmp_path) == []


def test_of_files_that_belong_together_none_is_replaced_where_one_fails(tmp_path, monkeypatch):
    (tmp_path / "a.json").write_bytes(b"old")
    real, made = os.fsync, []

    def full(handle):
        made.append(handle)
        if len(made) == 2:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as refused:
        write_together({tmp_path / "a.json": b"new", tmp_path / "b.json": b"new"})
    assert refused.value.filename == str(tmp_path / "b.json")
    assert os.listdir(tmp_path) == ["a.json"] and (tmp_path / "a.json").read_bytes() == b"old"


@pytest.mark.parametrize("command", ["analyze", "check", "template", "report"])
def test_a_full_disk_leaves_the_earlier_good_file_and_says_which_file_could_not_be_written(command, tmp_path):
    out = tmp_path / "out"
    arguments = {
        "analyze": ["analyze", ROSTER, "--day", "2026-10-01", "--json", out],
        "check": ["check", ROSTER, "--json", out],
        "template": ["template", out],
        "report": ["report", ROSTER, "--audience", "board", "--out", out],
    }[command]
    if command == "report":
        out.mkdir()
        (out / "decision-memo.pdf").write_bytes(b"earlier")
    else:
        out.write_bytes(b"earlier")
    done = limited(4096, *arguments)
    assert done.returncode == 64 and "Traceback" not in done.stderr and "None" not in done.stderr
    assert "File too large" in done.stderr and str(out) in done.stderr
    files = {path.name: path.read_bytes() for path in out.iterdir()} if out.is_dir() else {"out": out.read_bytes()}
    assert files == {"decision-memo.pdf" if command == "report" else "out": b"earlier"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
