import json

import pytest

from dispatchkit.errors import NotFound
from widgets.navigation import pages_in


def notebook(folder, name, **metadata):
    (folder / name).write_text(json.dumps({"cells": [], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))


def test_pages_stand_in_the_order_of_the_day_and_the_others_after_them(tmp_path):
    notebook(tmp_path, "close.ipynb", order=4)
    notebook(tmp_path, "plan.ipynb", order=1, title="Plan the day")
    notebook(tmp_path, "load_out.ipynb", order=2)
    notebook(tmp_path, "analysis.ipynb")
    assert [page.title for page in pages_in(tmp_path)] == ["Plan the day", "Load out", "Close", "Analysis"]


def test_a_folder_without_a_page_is_refused(tmp_path):
    with pytest.raises(NotFound, match="no notebook"):
        pages_in(tmp_path)
