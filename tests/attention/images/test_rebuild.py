"""The picture comes back from its channels, and shows what its gates do."""

from pathlib import Path

import numpy as np
import pytest

from attention.errors import ShapeError
from attention.images import feature_maps
from attention.images.rebuild import Decoder, fit_decoder, levels_apart, rebuild
from attention.sources.images import read_image

SAMPLES = sorted(Path("assets/images").glob("*.[jp][pn]g"))
C, H, W = 5, 11, 7


@pytest.fixture
def picture() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    return random.random((C, H, W)), random.integers(0, 256, (H, W, 3), np.uint8)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_equal_gates_give_the_shipped_pictures_back(path):
    rgb = read_image(path.read_bytes()).rgb
    channels = feature_maps(rgb)
    decoder = fit_decoder(channels.maps, rgb)
    for gate in (0.05, 1.0):
        rebuilt = rebuild(channels.maps, np.full(20, gate), decoder)
        assert levels_apart(rebuilt.rgb, rgb) < 4.5
        np.testing.assert_allclose(rebuilt.share, gate, rtol=1e-4)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_many_channels_share_the_burden_and_a_shut_one_is_missed(path):
    rgb = read_image(path.read_bytes()).rgb
    channels = feature_maps(rgb)
    decoder = fit_decoder(channels.maps, rgb)
    equal = rebuild(channels.maps, np.ones(20), decoder).rgb.astype(int)
    for colour, name in enumerate(("red", "green", "blue")):
        gates = np.ones(20)
        gates[channels.names.index(name)] = 0
        change = (rebuild(channels.maps, gates, decoder).rgb - equal).mean(axis=(0, 1))
        assert change.argmin() == colour  # that colour fades most
        assert change[colour] < -4
        assert (np.abs(decoder.D[colour]) > 0.02).sum() >= 6


def test_the_decoder_is_the_ridge_regression_that_its_docstring_says(picture):
    X, rgb = picture
    ridge = 0.7
    decoder = fit_decoder(X, rgb, ridge=ridge)
    x, y = X.reshape(C, -1), rgb.reshape(-1, 3) / 255
    weight = np.sqrt(ridge * x.var(axis=1).mean() * H * W)
    # The same as ordinary least squares with C more rows that ask every weight to be 0.
    rows = np.vstack([np.hstack([x.T, np.ones((H * W, 1))]), np.hstack([weight * np.eye(C), np.zeros((C, 1))])])
    solution = np.linalg.lstsq(rows, np.vstack([y, np.zeros((C, 3))]), rcond=None)[0]
    np.testing.assert_allclose(decoder.D, solution[:C].T, rtol=1e-9)
    np.testing.assert_allclose(decoder.b, solution[C], rtol=1e-9)


@pytest.mark.parametrize("shape", [(C,), (C, H, W)])
def test_rebuilt_and_share_are_what_a_plain_loop_gives(picture, shape):
    X, rgb = picture
    decoder = fit_decoder(X, rgb)
    gates = np.random.default_rng(1).random(shape)
    rebuilt = rebuild(X, gates, decoder)
    for row, column in ((0, 0), (3, 5), (H - 1, W - 1)):
        x = X[:, row, column]
        gated = x * (gates if gates.ndim == 1 else gates[:, row, column])
        colour = np.clip(decoder.D @ gated / gates.mean() + decoder.b, 0, 1) * 255
        assert np.abs(rebuilt.rgb[row, column] - colour).max() <= 0.5 + 1e-9
        assert rebuilt.share[row, column] == pytest.approx(gated.sum() / x.sum())


def test_one_gate_a_channel_is_the_same_as_that_gate_everywhere(picture):
    X, rgb = picture
    decoder = fit_decoder(X, rgb)
    gates = np.linspace(0.1, 0.9, C)
    one, everywhere = (
        rebuild(X, form, decoder) for form in (gates, np.broadcast_to(gates[:, None, None], X.shape).copy())
    )
    np.testing.assert_array_equal(one.rgb, everywhere.rgb)
    np.testing.assert_allclose(one.share, everywhere.share)


def test_shut_gates_leave_one_colour_and_nothing_of_the_channels(picture):
    X, rgb = picture
    rebuilt = rebuild(X, np.zeros(C), fit_decoder(X, rgb))
    assert len(np.unique(rebuilt.rgb.reshape(-1, 3), axis=0)) == 1
    assert (rebuilt.share == 0).all()


def test_a_constant_picture_comes_back_as_it_is():
    rgb = np.full((H, W, 3), (200, 30, 90), np.uint8)
    channels = feature_maps(rgb)
    for X in (channels.maps, np.zeros((C, H, W), np.float32)):
        rebuilt = rebuild(X, np.ones(len(X)), fit_decoder(X, rgb))
        np.testing.assert_array_equal(rebuilt.rgb, rgb)
        assert np.isfinite(rebuilt.share).all()


def test_float32_stays_float32(picture):
    X, rgb = picture
    X = X.astype(np.float32)
    decoder = fit_decoder(X, rgb)
    assert decoder.D.dtype == decoder.b.dtype == rebuild(X, np.ones(C), decoder).share.dtype == np.float32


def test_sizes_that_do_not_fit_are_named(picture):
    X, rgb = picture
    with pytest.raises(ShapeError, match=r"\(7, 11, 3\) for \(5, 11, 7\)"):
        fit_decoder(X, rgb.transpose(1, 0, 2))
    decoder = fit_decoder(X, rgb)
    with pytest.raises(ShapeError, match=r"got \(4,\)"):
        rebuild(X, np.ones(4), decoder)
    with pytest.raises(ShapeError, match=r"\(3, 4\)"):
        rebuild(X, np.ones(C), Decoder(decoder.D[:, :4], decoder.b))
