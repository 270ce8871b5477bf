// The window into something large: buttons, ctrl or ⌘ with the wheel, two fingers, dragging, the keys + − 0.
//
// The component brings `stand(view)`, the frame with the cells that are in view; `homed(place, x, y)`, a point of the
// canvas as it lies in the window; `spot(view, event)`, what lies under the pointer; and `point(view, cell)`.

const STEP = 2;
const ZOOMS = { "+": STEP, "=": STEP, "-": 1 / STEP, _: 1 / STEP, 0: 0 };

const ALL = { first: [0, 0], share: 1 };
const xOf = (place, column) => place.left + (column - place.first[1]) * place.cellWidth;
const yOf = (place, row) => place.top + (row - place.first[0]) * place.cellHeight;

// The rows (axis 0) or columns (axis 1) in view, from and up to.
function inView({ data, place }, axis) {
  const [size, span] = axis ? [data.columns, place.wide / place.cellWidth] : [data.rows, place.high / place.cellHeight];
  const from = place.first[axis];
  return [Math.floor(from + 1e-6), Math.min(size, Math.ceil(from + span - 1e-6))];
}

function moveWindow(view, lens) {
  view.lens = { ...view.lens, ...lens };
  view.place = stand(view);
  view.lens.first = view.place.first; // what lies within the matrix
  showZoom(view);
  point(view, view.cursor);
}

// A point of the screen in the units of `place`, also where the page shows the canvas larger.
function onCanvas({ place, canvas }, x, y) {
  const box = canvas.getBoundingClientRect();
  return [x - box.left, y - box.top].map((at) => (at * place.width) / box.width);
}

// Zoom by a factor around a point of the canvas, which keeps what lies under it.
function zoomAt(view, factor, x, y) {
  const { place, frame, data } = view;
  if (!frame.zoomable) return;
  const share = Math.max(frame.side / frame.closest, Math.min(1, place.share / factor));
  const column = place.first[1] + (x - place.left) / place.cellWidth;
  const row = place.first[0] + (y - place.top) / place.cellHeight;
  const next = stand({ data, frame, lens: { first: [0, 0], share } });
  moveWindow(view, { share, first: [row - (y - place.top) / next.cellHeight, column - (x - place.left) / next.cellWidth] });
}

// Around the cell the reader points at, else around the pinned one, else around the middle.
function zoomBy(view, factor) {
  const { place, cursor, data } = view;
  const cell = [cursor, data.chosen].find((at) => at && isInWindow(view, at));
  if (cell) {
    zoomAt(view, factor, xOf(place, cell[1] + 0.5), yOf(place, cell[0] + 0.5));
    return reveal(view, cell); // at an edge of the window a part of it would be cut off
  }
  zoomAt(view, factor, place.left + place.wide / 2, place.top + place.high / 2);
}

const isInWindow = (view, cell) =>
  cell.every((at, axis) => {
    const [from, until] = inView(view, axis);
    return at >= from && at < until;
  });

// Move the window no further than needed for the whole cell to be in it, or so that the cell stands in its middle.
function reveal(view, cell, centred = false) {
  const { place } = view;
  const spans = [place.high / place.cellHeight, place.wide / place.cellWidth];
  const nearest = (from, axis) => Math.max(cell[axis] + 1 - spans[axis], Math.min(from, cell[axis]));
  const middle = (from, axis) => cell[axis] + 0.5 - spans[axis] / 2;
  moveWindow(view, { first: place.first.map(centred ? middle : nearest) });
}

// Move the window by some CSS pixels; says whether there was anywhere to go.
function pan(view, x, y) {
  const { place } = view;
  moveWindow(view, { first: [place.first[0] - y / place.cellHeight, place.first[1] - x / place.cellWidth] });
  return String(view.place.first) !== String(place.first);
}

function showZoom(view) {
  const { place, frame, zoomButtons } = view;
  view.find(".zoom").hidden = !frame.zoomable;
  zoomButtons.in.disabled = place.cellWidth > frame.closest - 0.01;
  zoomButtons.out.disabled = zoomButtons.all.disabled = place.share === 1;
  view.canvas.classList.toggle("near", place.share < 1);
}

function wireZoom(view) {
  const { canvas } = view;
  view.lens = ALL;
  view.zoomButtons = Object.fromEntries(["in", "out", "all"].map((name) => [name, view.find(`.zoom-${name}`)]));
  view.zoomButtons.in.onclick = () => zoomBy(view, STEP);
  view.zoomButtons.out.onclick = () => zoomBy(view, 1 / STEP);
  view.zoomButtons.all.onclick = () => moveWindow(view, ALL);
  const from = (x, y) => homed(view.place, ...onCanvas(view, x, y));
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!view.frame.zoomable || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      const turned = Math.max(-40, Math.min(40, event.deltaY)); // a wheel turns by hundreds, two fingers by ones
      zoomAt(view, Math.exp(-turned / 100), ...from(event.clientX, event.clientY));
    },
    { passive: false }
  );
  wireDrag(view);
  wireFingers(view, from);
}

// Dragging with the mouse pans; what is dragged further than a hand trembles is no click.
function wireDrag(view) {
  const { canvas } = view;
  let held = null;
  canvas.addEventListener("pointerdown", (event) => {
    view.dragged = false;
    const holds = event.pointerType !== "touch" && event.button === 0 && view.place.share < 1 && spot(view, event).cell;
    held = holds ? [event.clientX, event.clientY] : null;
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!held || !(event.buttons & 1)) return;
    const [x, y] = [event.clientX - held[0], event.clientY - held[1]];
    if (!view.dragged && Math.hypot(x, y) < 5) return;
    if (!view.dragged) canvas.setPointerCapture(event.pointerId);
    view.dragged = true;
    held = [event.clientX, event.clientY];
    view.cursor = null;
    pan(view, x, y);
  });
  canvas.addEventListener("pointerup", () => {
    held = null;
    setTimeout(() => (view.dragged = false)); // after the click that follows
  });
}

// One finger pans as far as there is anywhere to go, then scrolls the page; two fingers zoom.
function wireFingers(view, from) {
  const { canvas } = view;
  let last = null;
  const fingers = ({ touches }) => {
    const points = [...touches].slice(0, 2).map(({ clientX, clientY }) => [clientX, clientY]);
    const [a, b = a] = points;
    const middle = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    return { count: points.length, middle, apart: Math.hypot(a[0] - b[0], a[1] - b[1]) };
  };
  const begin = (event) => (last = event.touches.length ? fingers(event) : null);
  canvas.addEventListener("touchstart", begin, { passive: true });
  canvas.addEventListener("touchend", begin, { passive: true });
  canvas.addEventListener(
    "touchmove",
    (event) => {
      if (!view.frame.zoomable || !last) return;
      const now = fingers(event);
      let moved = false;
      if (now.count === 2 && last.count === 2 && last.apart > 0) {
        zoomAt(view, now.apart / last.apart, ...from(...now.middle));
        moved = true;
      }
      if (view.place.share < 1) moved = pan(view, now.middle[0] - last.middle[0], now.middle[1] - last.middle[1]) || moved;
      if (moved && event.cancelable) event.preventDefault();
      last = now;
    },
    { passive: false }
  );
}
