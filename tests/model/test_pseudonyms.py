"""The local secret, and pseudonyms that stay the same with it."""

import base64
import hmac
import os
import stat
import threading
from pathlib import Path

import pytest

from workload.model.pseudonyms import SecretError, data_folder, local_secret, pseudonyms, secret_of


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


def test_where_none_can_be_kept_a_run_has_a_secret_of_its_own_and_says_so(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    first, second = secret_of(blocked), secret_of(blocked)
    assert len(first.key) == 32 and first.key != second.key
    assert first.code == "secret-not-kept" and str(blocked) in first.message and "OT_STAFFING_HOME" in first.remedy
    assert secret_of(Path("~/no-home")).code == "secret-not-kept"  # never a folder named ~ where the program stands


def test_a_secret_made_anew_is_told_once_so_that_a_lost_one_is_noticed(tmp_path):
    first, second = secret_of(tmp_path / "data"), secret_of(tmp_path / "data")
    assert (first.code, second.code) == ("secret-new", "") and first.key == second.key
    (tmp_path / "data" / "secret").unlink()
    lost = secret_of(tmp_path / "data")
    assert lost.code == "secret-new" and lost.key != first.key and "earlier secret is gone" in lost.message


def test_the_folder_is_the_one_that_is_named_or_where_the_system_keeps_such_data(monkeypatch, tmp_path):
    assert data_folder({"OT_STAFFING_HOME": "/x"}) == Path("/x")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert data_folder({}).name == "ot-staffing" and data_folder({}).is_absolute()


def test_the_same_student_and_secret_give_the_same_pseudonym():
    one, other = os.urandom(32), os.urandom(32)
    same, none, again = pseudonyms(["id:1", None, "id:1"], one)
    assert same == again and none is None and [same] == pseudonyms(["id:1"], one) != pseudonyms(["id:1"], other)


@pytest.mark.parametrize("length", [1, 32, 64, 65, 200])
def test_a_pseudonym_is_fifty_bits_of_the_hmac_in_base_32(length):
    secret, names = os.urandom(length), [f"name:d\u00f6e, {at}" for at in range(50)]
    assert pseudonyms(names, secret) == [
        "S-" + base64.b32encode(hmac.digest(secret, name.encode(), "sha256")).decode()[:10] for name in names
    ]
