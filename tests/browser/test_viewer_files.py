"""What a reader takes home from the mask viewer is what is seen, number by number."""

import io

import numpy as np
from PIL import Image

from figures.mask_files import grey_steps, overlay
from figures.masks import Look
from pages.shared.compute import sample_picture
from tests.browser.viewer_helpers import download, drawn, numbers


def test_the_files_hold_what_is_seen(visit):
    page = visit("spatial?sample=shapes&opacity=40&colours=viridis&keep=70&contour=on")
    values = numbers(page)
    for label, bits in (("Mask, 8 bit (PNG)", 8), ("Mask, 16 bit (PNG)", 16)):
        file = np.asarray(Image.open(io.BytesIO(download(page, label))))
        np.testing.assert_array_equal(file, grey_steps(values, (0, 1), bits))
    seen = np.asarray(Image.open(io.BytesIO(download(page, "Overlay (PNG)"))))
    look = Look(opacity=0.4, colours="viridis", keep=0.7, contour=True)
    np.testing.assert_array_equal(seen, overlay(sample_picture("shapes").rgb, values, look))
    arrays = np.load(io.BytesIO(download(page, "All numbers (NPZ)")))
    assert any(np.array_equal(arrays[name], values) for name in arrays.files)


def test_the_canvas_shows_what_the_overlay_file_holds(visit):
    page = visit("spatial?sample=shapes&opacity=40&colours=magma&keep=70")
    file = np.asarray(Image.open(io.BytesIO(download(page, "Overlay (PNG)"))))
    shown = drawn(page)[..., :3].astype(int)
    assert shown.shape == file.shape
    assert (np.abs(shown - file).max(-1) > 12).mean() < 0.01  # but for the pinned pixel's frame, and JPEG at edges
