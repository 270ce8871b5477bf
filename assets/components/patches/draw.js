// The picture under its grid of patches, and over it one row of numbers: what the asking patch looks at.

const TALLEST = 560; // CSS pixels
const SLIMMEST = 24;

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

// The numbers that are drawn: of the patch that is pointed at, else of what is pinned. A new box waits for its own.
function rowInView(view) {
  const { data, cursor, drag } = view;
  if (drag) return null;
  const n = data.rows * data.columns;
  if (cursor && data.touch === "asks") return view.values.subarray(indexOf(view, cursor) * n, (indexOf(view, cursor) + 1) * n);
  return pinnedRow(view);
}

// Python's own row where it speaks of what is pinned now.
function pinnedRow(view) {
  const { data } = view;
  if (view.rowOf === asked(data)) return view.row;
  if (data.box) return null;
  const n = data.rows * data.columns;
  return view.values.subarray(data.asks * n, (data.asks + 1) * n);
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
  context.clearRect(0, 0, place.width, place.height);
  if (image?.complete) context.drawImage(image, 0, 0, place.width, place.height);
  if (row) {
    const range = rangeOf(view, row);
    context.globalAlpha = view.opacity;
    row.forEach((value, i) => {
      context.fillStyle = cellColor(view, value, range);
      context.fillRect(...boxOf(view, cellAt(view, i)));
    });
    context.globalAlpha = 1;
  }
  drawGrid(view);
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
  frame(view, boxOf(view, ...asking), MATRIX[theme].Q, 3.5);
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
