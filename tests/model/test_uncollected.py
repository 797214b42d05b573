"""The search for circles of objects rests while one work makes many, and comes back whatever happens."""

import gc
import os
import threading

import pytest

from workload.model.uncollected import uncollected


def test_it_rests_and_comes_back():
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="broken"), uncollected():
        raise ValueError("broken")
    assert gc.isenabled()


def test_it_stays_off_for_who_has_switched_it_off():
    gc.disable()
    try:
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_one_work_at_a_time_has_it_so_that_it_comes_in_between():
    begun, end = threading.Event(), threading.Event()

    def work():
        with uncollected():
            begun.set()
            end.wait()

    other = threading.Thread(target=work)
    other.start()
    begun.wait()
    gc.enable()  # as if the other had just ended; this work does not take its place
    with uncollected():
        assert gc.isenabled()
    end.set()
    other.join()
    assert gc.isenabled()


def test_a_fork_in_the_middle_of_it_searches_again():
    with uncollected():
        if not (child := os.fork()):
            again = gc.isenabled()
            with uncollected():
                again = again and not gc.isenabled()
            os._exit(0 if again and gc.isenabled() else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert not gc.isenabled()
    assert gc.isenabled()
