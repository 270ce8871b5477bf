// Where the picture stands: once, or twice for comparing side by side; and the window of places that is in view.

const GAP = 10; // CSS pixels between two pictures
const TALLEST = 480; // CSS pixels; the controls under it are then in view
const LOW = 70; // CSS pixels; the zoom's buttons would hide a picture that is lower, so they stand below it
const CLOSEST = 32; // CSS pixels; nobody needs a pixel of the picture wider
const NARROW = 480; // CSS pixels; two pictures then stand one above the other

function layOut({ data }, width, twice) {
  const { rows, columns, size } = data;
  const beside = twice && width >= NARROW;
  const room = beside ? (width - GAP) / 2 : width;
  const pixel = Math.min(room / size[0], TALLEST / size[1]);
  const [wide, high] = [pixel * size[0], pixel * size[1]];
  const second = beside ? [wide + GAP, 0] : [0, high + GAP];
  return {
    left: 0, top: 0, wide, high, side: wide / columns, tall: high / rows, zoomable: true,
    panels: twice ? [[0, 0], second] : [[0, 0]],
    closest: Math.max(CLOSEST, pixel) * (size[0] / columns),
    width: beside ? 2 * wide + GAP : wide, height: twice && !beside ? 2 * high + GAP : high,
  };
}

// The frame with the places that are in view: `first` is the row and column at its corner, in parts of a place.
function stand({ data, frame, lens: { first, share } }) {
  const inside = (at, count) => Math.max(0, Math.min(at, count * (1 - share)));
  return {
    ...frame, share, cellWidth: frame.side / share, cellHeight: frame.tall / share,
    first: [inside(first[0], data.rows), inside(first[1], data.columns)],
  };
}

const panelAt = ({ panels, wide, high }, x, y) =>
  panels.find(([left, top]) => x >= left && x < left + wide && y >= top && y < top + high);

// A point of the canvas as it lies in the first of its pictures.
function homed(place, x, y) {
  const [left, top] = panelAt(place, x, y) ?? [0, 0];
  return [x - left, y - top];
}

function spot(view, event) {
  const { data, place } = view;
  const [x, y] = onCanvas(view, event.clientX, event.clientY);
  const panel = panelAt(place, x, y);
  if (!panel) return {};
  const index = (from, at, count) => Math.max(0, Math.min(count - 1, Math.floor(from + at)));
  const row = index(place.first[0], (y - panel[1]) / place.cellHeight, data.rows);
  return { cell: [row, index(place.first[1], (x - panel[0]) / place.cellWidth, data.columns)], panel };
}
