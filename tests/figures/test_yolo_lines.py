"""The lines are Python, and set gates only where some are off; tests/pages runs them."""

import ast

import pytest

from figures.yolo_lines import box_lines, score_lines


@pytest.mark.parametrize("off", [(), (3,), (1, 2, 6)])
@pytest.mark.parametrize("instead", ["ones", "mean", "average"])
def test_gates_are_set_where_some_are_off(off, instead):
    names = {
        node.id
        for node in ast.walk(ast.parse(box_lines("it's.png", 0.3, 0.6, off, instead)))
        if isinstance(node, ast.Name)
    }
    assert ("gates" in names) == bool(off)


def test_the_score_is_read_where_it_stands():
    assert score_lines("a.png", 2, 41, (4, 6)).endswith("print(trace.strides[2].scores[41, 4, 6])")
