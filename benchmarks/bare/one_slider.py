"""The least app of the kind: one slider, one mask of 640 x 480 pixels on a canvas."""

import base64

import numpy as np
import streamlit as st

HEIGHT, WIDTH = 480, 640
DRAW = """
export default function ({ parentElement, data }) {
  const context = parentElement.querySelector("canvas").getContext("2d");
  const raw = Uint8Array.from(atob(data.mask), (letter) => letter.charCodeAt(0));
  const pixels = context.createImageData(data.width, data.height);
  const grey = new Uint32Array(pixels.data.buffer);
  for (let at = 0; at < raw.length; at += 1) grey[at] = 0xff000000 | (raw[at] * 0x010101);
  context.putImageData(pixels, 0, 0);
}
"""
canvas = st.components.v2.component("bare_mask", html=f'<canvas width="{WIDTH}" height="{HEIGHT}"></canvas>', js=DRAW)

threshold = st.slider("Threshold", 0.0, 1.0, 0.5, 0.01, key="thr")
distance = np.hypot(*np.meshgrid(np.linspace(-1, 1, WIDTH), np.linspace(-1, 1, HEIGHT)))
mask = np.rint(255 / (1 + np.exp(12 * (distance - threshold)))).astype(np.uint8)
canvas(key="mask", data={"mask": base64.b64encode(mask).decode(), "width": WIDTH, "height": HEIGHT})
