// Drawing: the picture, the grid, cells, boxes with their labels, and what two boxes share.

const TALLEST = 480; // CSS pixels; what is said about the picture is then in view
const SHADE = "rgba(20, 18, 27, 0.82)";
const LABEL = { size: 13, high: 20, pad: 6 };
const STYLES = { // thickness, dashes, whether it has a label
  kept: [2.5, [], true],
  now: [4, [], true],
  lost: [2, [6, 5], true],
  removed: [1.5, [5, 4], false],
  waiting: [1.25, [], false],
};

const colourOf = ({ colour }) => HUES.dark[colour % HUES.dark.length];

function paint(context, view) {
  const { place: { wide, high, scale }, data, image, items } = view;
  context.drawImage(image, 0, 0, wide, high);
  if (data.grid) paintGrid(context, view);
  for (const mark of data.marks) paintCell(context, view, mark, colourOf(mark), 2.5);
  const across = ([left, top, right, bottom]) => [left * scale, top * scale, (right - left) * scale, (bottom - top) * scale];
  for (const item of items) {
    if (item.picked) paintShared(context, across(item.pair.shared));
    paintBox(context, across(item.box), item, item === view.pointed);
  }
  if (data.cell) {
    paintCell(context, view, { cell: data.cell }, view.colors.accent, 3);
    for (const item of items) paintSides(context, view, item.box);
  }
  if (view.cursor) paintCell(context, view, { cell: view.cursor }, "#ffffff", 1.5);
  const taken = [];
  const labelled = items.filter((item) => STYLES[item.style][2] || item === view.pointed);
  for (const item of labelled) paintLabel(context, view, across(item.box), item, taken);
}

function paintGrid(context, { place: { wide, high }, data: { grid: [rows, columns] } }) {
  context.beginPath();
  for (let row = 1; row < rows; row++) {
    context.moveTo(0, (row / rows) * high);
    context.lineTo(wide, (row / rows) * high);
  }
  for (let column = 1; column < columns; column++) {
    context.moveTo((column / columns) * wide, 0);
    context.lineTo((column / columns) * wide, high);
  }
  context.strokeStyle = SHADE;
  context.lineWidth = 1.5;
  context.stroke();
  context.strokeStyle = "rgba(255, 255, 255, 0.75)";
  context.lineWidth = 0.75;
  context.stroke();
}

function framed(context, [x, y, width, height], color, thickness, dashes = []) {
  const inset = thickness / 2; // a box as large as the picture is still seen
  context.setLineDash(dashes);
  for (const [ink, extra] of [[SHADE, 2], [color, 0]]) {
    context.strokeStyle = ink;
    context.lineWidth = thickness + extra;
    context.strokeRect(x + inset, y + inset, width - 2 * inset, height - 2 * inset);
  }
  context.setLineDash([]);
}

function paintCell(context, { place: { wide, high }, data: { grid: [rows, columns] } }, { cell: [row, column] }, color, thickness) {
  framed(context, [(column / columns) * wide, (row / rows) * high, wide / columns, high / rows], color, thickness);
}

function paintBox(context, box, item, pointed) {
  const [thickness, dashes] = STYLES[item.style];
  if (pointed) {
    context.fillStyle = "rgba(255, 255, 255, 0.22)";
    context.fillRect(...box);
  }
  framed(context, box, colourOf(item), thickness + (pointed || item.picked ? 1.5 : 0), dashes);
}

// What two boxes have in common, hatched.
function paintShared(context, [x, y, width, height]) {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.fillStyle = "rgba(255, 255, 255, 0.28)";
  context.fill();
  context.clip();
  context.beginPath();
  for (let at = -height; at < width; at += 12) {
    context.moveTo(x + at, y + height);
    context.lineTo(x + at + height, y);
  }
  context.strokeStyle = "rgba(20, 18, 27, 0.5)";
  context.lineWidth = 1.5;
  context.stroke();
  context.restore();
}

// From the middle of the cell to each side of its box.
function paintSides(context, { place: { wide, high, scale }, data: { grid: [rows, columns], cell: [row, column] }, colors }, box) {
  const [x, y] = [((column + 0.5) / columns) * wide, ((row + 0.5) / rows) * high];
  const [left, top, right, bottom] = box.map((at) => at * scale);
  for (const [color, thickness] of [[SHADE, 4], [colors.accent, 2]]) {
    context.strokeStyle = context.fillStyle = color;
    context.lineWidth = thickness;
    for (const [toX, toY] of [[left, y], [x, top], [right, y], [x, bottom]]) {
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(toX, toY);
      context.stroke();
      context.beginPath();
      context.arc(toX, toY, thickness + 1, 0, 2 * Math.PI);
      context.fill();
    }
  }
}

// A label inside of its box's corner, or below the labels that are there already.
function paintLabel(context, { place: { wide, high }, font }, [x, y], item, taken) {
  const text = `${item.label} ${item.score.toFixed(2)}`;
  context.font = `600 ${LABEL.size}px ${font}`;
  const width = context.measureText(text).width + 2 * LABEL.pad + 4;
  const left = Math.max(0, Math.min(x, wide - width));
  let top = Math.max(0, Math.min(y, high - LABEL.high));
  const meets = (other) => left < other.left + other.width && other.left < left + width && Math.abs(top - other.top) < LABEL.high + 1;
  while (taken.some(meets) && top + 2 * LABEL.high < high) top += LABEL.high + 2;
  taken.push({ left, top, width });
  context.fillStyle = SHADE;
  context.fillRect(left, top, width, LABEL.high);
  context.fillStyle = colourOf(item);
  context.fillRect(left, top, 4, LABEL.high);
  context.fillStyle = "#ffffff";
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(text, left + 4 + LABEL.pad, top + LABEL.high / 2);
}

function draw(view) {
  const { canvas, place } = view;
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(place.wide * ratio), Math.round(place.high * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  canvas.style.width = `${place.wide}px`;
  canvas.style.height = `${place.high}px`;
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paint(context, view);
}
