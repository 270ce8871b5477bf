// The picture under its grid of patches, and over it one row of numbers: what the asking patch looks at.

const TALLEST = 560; // CSS pixels
const SLIMMEST = 24;
const VEIL = "rgba(20, 18, 26, 0.62)";
const BORDER = "rgba(255, 255, 255, 0.6)";

// The picture as large as fits; one that is a line keeps a width that can be pointed at.
function layOut(view, width) {
  const { rowEdges, columnEdges } = view.data;
  const [tall, wide] = [rowEdges.at(-1), columnEdges.at(-1)];
  const scale = Math.min(width / wide, TALLEST / tall);
  const [acrossScale, downScale] = [Math.max(scale, SLIMMEST / wide), Math.max(scale, SLIMMEST / tall)];
  return {
    width: wide * acrossScale, height: tall * downScale,
    x: columnEdges.map((edge) => edge * acrossScale), y: rowEdges.map((edge) => edge * downScale),
  };
}

// [left, top, width, height] of a patch, or of all from one patch to another.
function boxOf({ place: { x, y } }, [row, column], [last, end] = [row, column]) {
  const [top, bottom] = [Math.min(row, last), Math.max(row, last) + 1];
  const [left, right] = [Math.min(column, end), Math.max(column, end) + 1];
  return [x[left], y[top], x[right] - x[left], y[bottom] - y[top]];
}

const cellAt = ({ data }, index) => [Math.floor(index / data.columns), index % data.columns];
const indexOf = ({ data }, [row, column]) => row * data.columns + column;

// Where patches attend in windows of so many rows and columns: the first of a patch's own.
const windowOf = ({ data: { window } }, [row, column]) => [row - (row % window), column - (column % window)];

function canLook(view, from, to) {
  if (!view.data.window) return true;
  const [[top, left], [down, right]] = [windowOf(view, from), windowOf(view, to)];
  return top === down && left === right;
}

// One number for every patch, from the patch that asks. Of windows only their own numbers travelled; the others are 0.
function rowOf(view, index) {
  const { data: { rows, columns, window }, values } = view;
  const n = rows * columns;
  if (!window) return values.subarray(index * n, (index + 1) * n);
  const row = new Float32Array(n);
  const [top, left] = windowOf(view, cellAt(view, index));
  for (let i = 0; i < window && top + i < rows; i++) {
    const start = (index * window + i) * window;
    row.set(values.subarray(start, start + Math.min(window, columns - left)), (top + i) * columns + left);
  }
  return row;
}

// Who asks in what is drawn: the patch that is pointed at, where a click would let it ask.
const askerInView = (view) => (view.cursor && view.data.touch === "asks" ? view.cursor : cellAt(view, view.data.asks));

// The numbers that are drawn: of the patch that is pointed at, else of what is pinned. A new box waits for its own.
function rowInView(view) {
  const { data, cursor, drag } = view;
  if (drag) return null;
  if (cursor && data.touch === "asks") return rowOf(view, indexOf(view, cursor));
  return pinnedRow(view);
}

// Python's own row where it speaks of what is pinned now.
function pinnedRow(view) {
  const { data } = view;
  if (view.rowFor === asked(data)) return view.row;
  return data.box ? null : rowOf(view, data.asks);
}

function rangeOf({ data }, row) {
  const most = row.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  return [data.scale === "diverging" ? -most : 0, most];
}

function frame({ context, colors }, [left, top, width, height], color, thickness, inset = 0) {
  const at = [left + inset, top + inset, width - 2 * inset, height - 2 * inset];
  context.lineWidth = thickness + 2.5;
  context.strokeStyle = colors.paper;
  context.strokeRect(...at);
  context.lineWidth = thickness;
  context.strokeStyle = color;
  context.strokeRect(...at);
}

// The corners of the window of a patch, as far as the picture goes.
function windowCorners(view, cell) {
  const { rows, columns, window } = view.data;
  const [top, left] = windowOf(view, cell);
  return [[top, left], [Math.min(top + window, rows) - 1, Math.min(left + window, columns) - 1]];
}

// Everything but the window: an outline for a canvas or a drawing, filled by the rule "evenodd".
function outside(view, cell) {
  const { place } = view;
  const [left, top, width, height] = boxOf(view, ...windowCorners(view, cell));
  return `M0 0H${place.width}V${place.height}H0ZM${left} ${top}h${width}v${height}h${-width}Z`;
}

// The lines between the windows.
function borders({ data: { rows, columns, window }, place: { x, y, width, height } }) {
  const lines = [];
  for (let column = window; column < columns; column += window) lines.push(`M${x[column]} 0V${height}`);
  for (let row = window; row < rows; row += window) lines.push(`M0 ${y[row]}H${width}`);
  return lines.join("");
}

// Where no patch may look from here stands behind a veil; the borders of all windows are drawn.
function drawWindows(view, asker) {
  const { context } = view;
  context.fillStyle = VEIL;
  context.fill(new Path2D(outside(view, asker)), "evenodd");
  context.lineWidth = 1.5;
  context.strokeStyle = BORDER;
  context.stroke(new Path2D(borders(view)));
  frame(view, boxOf(view, ...windowCorners(view, asker)), view.colors.accent, 2.5);
}

function drawGrid({ context, place: { x, y, width, height } }) {
  context.lineWidth = 1;
  context.strokeStyle = "rgba(255, 255, 255, 0.22)";
  context.beginPath();
  for (const edge of x.slice(1, -1)) {
    context.moveTo(edge, 0);
    context.lineTo(edge, height);
  }
  for (const edge of y.slice(1, -1)) {
    context.moveTo(0, edge);
    context.lineTo(width, edge);
  }
  context.stroke();
}

function cellColor(view, value, range) {
  const at = 3 * tableIndex(value, range);
  return `rgb(${view.table.subarray(at, at + 3).join(",")})`;
}

function paint(view, row) {
  const { context, data, place, image, theme, colors, cursor, drag } = view;
  const asker = askerInView(view);
  context.clearRect(0, 0, place.width, place.height);
  if (image?.complete) context.drawImage(image, 0, 0, place.width, place.height);
  if (row) {
    const range = rangeOf(view, row);
    context.globalAlpha = view.opacity;
    row.forEach((value, i) => {
      const cell = cellAt(view, i);
      if (!canLook(view, asker, cell)) return;
      context.fillStyle = cellColor(view, value, range);
      context.fillRect(...boxOf(view, cell));
    });
    context.globalAlpha = 1;
  }
  if (data.window) drawWindows(view, asker);
  else drawGrid(view);
  if (data.looks != null && !drag) {
    const [left, top, width, height] = boxOf(view, cellAt(view, data.looks));
    for (const [color, thickness] of [[colors.paper, 5.5], [MATRIX[theme].K, 3]]) {
      context.lineWidth = thickness;
      context.strokeStyle = color;
      context.beginPath();
      context.ellipse(left + width / 2, top + height / 2, Math.max(5, width / 2 - 2), Math.max(5, height / 2 - 2), 0, 0, 2 * Math.PI);
      context.stroke();
    }
  }
  const asking = drag ?? data.box ?? [cellAt(view, data.asks)];
  frame(view, boxOf(view, ...asking), MATRIX[theme].Q, data.window ? 2.5 : 3.5);
  if (cursor && !drag) frame(view, boxOf(view, cursor), colors.text, 1.5);
}

function draw(view) {
  const { canvas, context, place } = view;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(place.width * ratio);
  canvas.height = Math.round(place.height * ratio);
  canvas.style.width = `${place.width}px`;
  canvas.style.height = `${place.height}px`;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const row = rowInView(view);
  paint(view, row);
  writeEnds(view, row);
}

// The two ends of the colour bar, in numbers of the row that is drawn.
function writeEnds(view, row) {
  const [low, high] = row ? rangeOf(view, row) : [0, 0];
  const say = (template, value) => (row ? template.replace("{value}", () => exactly(value, view.data.decimals)) : "");
  view.find(".low").textContent = say(view.data.text.low, low);
  view.find(".high").textContent = say(view.data.text.high, high);
}
