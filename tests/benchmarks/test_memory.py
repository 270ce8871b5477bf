"""What a process holds, and how it is told."""

import os

import numpy as np

from benchmarks.memory import Row, resident, table


def test_what_a_process_holds_grows_with_what_it_makes():
    before = resident(os.getpid())
    made = np.ones(25 * 2**20)  # 200 megabytes
    assert 180 < resident(os.getpid()) - before < 220
    assert made[0] == 1


def test_every_page_is_told_with_what_it_adds():
    lines = table([Row("home", 300.4), Row("yolo", 320.0), Row("steps", 310.0)]).splitlines()
    assert [line.split()[-1] for line in lines] == ["more", "+300", "+20", "-10"]
    assert lines[2].split()[:3] == ["yolo", "320", "MB"]
