"""The local secret, and pseudonyms that stay the same with it."""

import os
import stat
import threading
from pathlib import Path

import pytest

from workload.model.pseudonyms import SecretError, data_folder, local_secret, pseudonym, pseudonyms, secret_or_new


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    folder = tmp_path / "new" / "folder"
    secret = local_secret(folder)
    assert len(secret) == 32 and local_secret(folder) == secret
    assert [path.name for path in folder.iterdir()] == ["secret"]
    assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600


def test_two_installations_have_two_secrets(tmp_path):
    assert local_secret(tmp_path / "a") != local_secret(tmp_path / "b")


def test_many_at_once_agree_on_one_secret(tmp_path):
    found = []
    threads = [threading.Thread(target=lambda: found.append(local_secret(tmp_path))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16 and len(set(found)) == 1


def test_a_damaged_secret_is_refused_and_not_replaced(tmp_path):
    (tmp_path / "secret").write_bytes(b"short")
    with pytest.raises(SecretError, match="5 bytes instead of 32"):
        local_secret(tmp_path)
    assert (tmp_path / "secret").read_bytes() == b"short"


def test_where_none_can_be_kept_a_run_has_a_secret_of_its_own(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert len(secret_or_new(blocked)) == 32 and secret_or_new(blocked) != secret_or_new(blocked)


@pytest.mark.parametrize(
    ("environment", "platform", "folder"),
    [
        ({"OT_STAFFING_HOME": "/x"}, "linux", "/x"),
        ({"HOME": "/h"}, "linux", "/h/.local/share/ot-staffing"),
        ({"HOME": "/h", "XDG_DATA_HOME": "/d"}, "linux", "/d/ot-staffing"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Application Support/ot-staffing"),
        ({"USERPROFILE": "/u", "LOCALAPPDATA": "/l"}, "win32", "/l/ot-staffing"),
    ],
)
def test_the_folder_is_where_the_system_keeps_such_data(environment, platform, folder):
    assert data_folder(environment, platform) == Path(folder)


def test_the_same_student_and_secret_give_the_same_pseudonym():
    one, other = os.urandom(32), os.urandom(32)
    assert pseudonym("id:1", one) == pseudonym("id:1", one) != pseudonym("id:1", other)
    assert pseudonyms(["id:1", None, "id:1"], one) == [pseudonym("id:1", one), None, pseudonym("id:1", one)]


@pytest.mark.parametrize("length", [1, 32, 64, 65, 200])
def test_a_column_gives_the_same_pseudonyms_as_one_by_one(length):
    secret, names = os.urandom(length), [f"name:d\u00f6e, {at}" for at in range(50)]
    assert pseudonyms(names, secret) == [pseudonym(name, secret) for name in names]
