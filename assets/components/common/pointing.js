// Pointing at a canvas: the tip with its words, and the keys that move from cell to cell.

// The tip over a place `height` tall on the canvas.
function showTip(view, text, x, y, height) {
  const { tip, stage } = view;
  tip.hidden = false;
  tip.textContent = text;
  const most = stage.clientWidth - tip.offsetWidth;
  tip.style.left = `${Math.max(0, Math.min(most, x - tip.offsetWidth / 2))}px`;
  tip.style.top = `${y - tip.offsetHeight - 8 < -30 ? y + height + 10 : y - tip.offsetHeight - 8}px`;
}

const FAR = 1e6;
const STEPS = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
  Home: [0, -FAR], End: [0, FAR], PageUp: [-FAR, 0], PageDown: [FAR, 0],
};

// The cell that a key leads to from `cell`, within `size`; Shift takes ten steps at once. Null for any other key.
function stepped(event, cell, size) {
  const step = STEPS[event.key];
  const stride = event.shiftKey ? 10 : 1;
  return step ? cell.map((at, axis) => Math.max(0, Math.min(size[axis] - 1, at + step[axis] * stride))) : null;
}
