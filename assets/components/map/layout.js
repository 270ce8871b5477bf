// Where everything stands: the frame, which keeps its size while the reader zooms, and the window of cells in it.

const numbersFrom = ({ large }) => 34 / large; // cells as wide as this have their number printed; 34 px on the screen
const CLOSEST = 56; // CSS pixels; nobody needs to zoom cells wider
const FEW = 6; // rows; so few have room for their names and stay in view whole
const STRIP_GAP = 6;
const SMALLEST = 11; // CSS pixels; names shrink with the cells, but no further: more of them are left out instead

// For a given width in CSS pixels.
function layOut(view, width) {
  const { data, context, font } = view;
  const { rows, columns, rowLabels, columnLabels, cell } = data;
  const framed = (frame) => ({ ...frame, closest: CLOSEST, wide: frame.side * columns, high: frame.tall * rows });
  if (data.picture) {
    const side = Math.min(width / columns, 560 / rows);
    const bare = { left: 0, top: 0, strip: 0, gap: 0, letters: 0, zoomable: false };
    return framed({ ...bare, side, tall: side, width: side * columns, height: side * rows });
  }
  context.font = `14px ${font}`;
  const longest = (labels) => Math.max(0, ...labels.map((label) => context.measureText(shorten(label, 14)).width));
  const gap = data.strips ? 12 : 6; // between names and cells: room for the mark of a chosen row
  const strip = data.strips ? (width < 500 ? 28 : 44) : 0;
  const beside = strip && strip + STRIP_GAP;
  // The pinned name never falls below 12 px.
  const expected = Math.max(12, Math.min(14, (0.85 * width) / columns));
  const left = rowLabels.length ? Math.min(longest(rowLabels) * (expected / 14) + 6 + gap, width * 0.3) : 0;
  const room = width - left - beside - 2;
  let side = Math.max(Math.min(room / columns, cell[1], 640 / rows), Math.min(cell[0], room / columns));
  const across = longest(columnLabels);
  const slanted = columnLabels.length > 0 && across + 8 > side;
  const small = Math.max(SMALLEST, Math.min(14, side - 1));
  const letters = Math.max(12, small);
  const shrunk = (length, size) => Math.min(length * Math.SQRT1_2, 84) * (size / 14);
  const top = columnLabels.length ? (slanted ? shrunk(across, letters) + 6 : 10) + 6 + gap : 0;
  // The last slanted labels lean out to the right: leave them room.
  let lean = beside;
  if (slanted) {
    context.font = `14px ${font}`;
    columnLabels.slice(-8).forEach((label, i, last) => {
      const inside = (last.length - i - 0.5) * side;
      lean = Math.max(lean, shrunk(context.measureText(shorten(label, 14)).width, small) + 4 - inside);
    });
  }
  side = Math.min(side, (width - left - lean - 2) / columns);
  const tall = rows <= FEW ? Math.max(side, 18) : side;
  return framed({
    left, top, gap, strip, slanted, letters, side, tall,
    zoomable: rowLabels.length > 0 && columns > 1 && side < numbersFrom(view),
    width: left + side * columns + lean + 2, height: top + tall * rows + beside + 1,
  });
}

// The frame with the cells that are in view: `first` is the row and column at its corner, in parts of a cell.
function stand({ data, frame, lens }) {
  const share = frame.zoomable ? lens.share : 1; // of the columns in view
  const down = data.rows <= FEW ? 1 : share;
  const inside = (at, size, part) => Math.max(0, Math.min(at, size * (1 - part)));
  const cellWidth = frame.side / share;
  return {
    ...frame, share, cellWidth, cellHeight: frame.tall / down,
    first: [inside(lens.first[0], data.rows, down), inside(lens.first[1], data.columns, share)],
    labels: Math.max(SMALLEST, Math.min(frame.letters, cellWidth - 1)),
  };
}

const homed = (place, x, y) => [x, y];

// What lies under the pointer: a cell, or with strips the name or the sum of one row (axis 0) or column (axis 1).
function spot(view, event) {
  const { data, place } = view;
  const [x, y] = onCanvas(view, event.clientX, event.clientY);
  const { left, top, wide, high, slanted, gap } = place;
  const index = (from, at, size) => Math.max(0, Math.min(data[size] - 1, Math.floor(from + at)));
  const row = index(place.first[0], (y - top) / place.cellHeight, "rows");
  const column = (at) => index(place.first[1], (at - left) / place.cellWidth, "columns");
  const across = (at) => at >= left && at < left + wide;
  const down = y >= top && y < top + high;
  if (across(x) && down) return { cell: [row, column(x)] };
  if (!data.strips) return {};
  if (down) return { axis: 0, index: row, at: x };
  const foot = slanted && y < top - gap ? x - (top - gap - y) : x; // slanted names lean to the right
  return across(foot) ? { axis: 1, index: column(foot), at: x } : {};
}
