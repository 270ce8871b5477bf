// Drawing: the picture, the grid, cells, boxes with their labels, and what two boxes share.

const TALLEST = 480; // CSS pixels; what is said about the picture is then in view
const LOW = 60; // CSS pixels; labels would hide a picture that is lower, so they stand below it
const SHADE = "rgba(20, 18, 27, 0.82)";
const LABEL = { size: 13, high: 20, pad: 6, most: 12 }; // more of them would hide the picture
const STYLES = { // thickness, dashes, whether it has a label
  kept: [2.5, [], true],
  now: [4, [], true],
  lost: [2, [6, 5], true],
  removed: [1.5, [5, 4], false],
  waiting: [1.5, [], false],
};

const colourOf = ({ colour }) => HUES.dark[colour % HUES.dark.length];

function paint(context, view) {
  const { place: { wide, high, scale }, data, image, items } = view;
  context.drawImage(image, 0, 0, wide, high);
  if (data.grid) paintGrid(context, view);
  for (const mark of data.marks) framed(context, cellBox(view, mark.cell), colourOf(mark), 2.5);
  const across = ([left, top, right, bottom]) => [left * scale, top * scale, (right - left) * scale, (bottom - top) * scale];
  for (const item of items) {
    if (item.picked) paintShared(context, across(item.pair.shared));
    paintBox(context, across(item.box), item, item === view.pointed);
  }
  if (data.cell) {
    framed(context, cellBox(view, data.cell), view.colors.accent, 3, [], view.colors.paper);
    for (const item of items) paintSides(context, view, item.box);
  }
  if (view.cursor) {
    const said = { ...saidBy(view, view.cursor), style: "kept" };
    paintBox(context, across(said.box), said, false);
    framed(context, cellBox(view, view.cursor), "#ffffff", 1.5);
  }
  const taken = [];
  const named = items.filter((item) => STYLES[item.style][2]).sort((a, b) => b.score - a.score);
  const labelled = new Set([...(view.pointed ? [view.pointed] : []), ...named.slice(0, LABEL.most)]);
  for (const item of labelled) paintLabel(context, view, across(item.box), item, taken);
}

// A cell on the canvas: left, top, width, height. The last ones may reach beyond the picture.
function cellBox({ place: { scale }, data: { grid } }, [row, column]) {
  const [wide, high] = grid.cell.map((side) => side * scale);
  return [column * wide, row * high, wide, high];
}

function paintGrid(context, view) {
  const { place: { wide, high }, data: { grid } } = view;
  context.beginPath();
  for (let row = 1; row < grid.rows; row++) {
    const [, y] = cellBox(view, [row, 0]);
    context.moveTo(0, y);
    context.lineTo(wide, y);
  }
  for (let column = 1; column < grid.columns; column++) {
    const [x] = cellBox(view, [0, column]);
    context.moveTo(x, 0);
    context.lineTo(x, high);
  }
  context.strokeStyle = SHADE;
  context.lineWidth = 1.5;
  context.stroke();
  context.strokeStyle = "rgba(255, 255, 255, 0.75)";
  context.lineWidth = 0.75;
  context.stroke();
}

function framed(context, [x, y, width, height], color, thickness, dashes = [], halo = SHADE) {
  const inset = thickness / 2; // a box as large as the picture is still seen
  context.setLineDash(dashes);
  for (const [ink, extra] of [[halo, 1.5], [color, 0]]) {
    context.strokeStyle = ink;
    context.lineWidth = thickness + extra;
    context.strokeRect(x + inset, y + inset, width - 2 * inset, height - 2 * inset);
  }
  context.setLineDash([]);
}

function paintBox(context, box, item, pointed) {
  const [thickness, dashes] = STYLES[item.style];
  const halo = item.style === "waiting" ? "rgba(20, 18, 27, 0.35)" : SHADE; // many lie close together
  if (pointed) {
    context.fillStyle = "rgba(255, 255, 255, 0.22)";
    context.fillRect(...box);
  }
  framed(context, box, colourOf(item), thickness + (pointed || item.picked ? 1.5 : 0), dashes, halo);
}

// What two boxes have in common, hatched.
function paintShared(context, [x, y, width, height]) {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.fillStyle = "rgba(255, 255, 255, 0.16)";
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
function paintSides(context, view, box) {
  const { place, data, colors } = view;
  const [cellLeft, cellTop, wide, high] = cellBox(view, data.cell);
  const [x, y] = [cellLeft + wide / 2, cellTop + high / 2];
  const [left, top, right, bottom] = box.map((at) => at * place.scale);
  for (const [color, thickness] of [[colors.paper, 3.5], [colors.accent, 2]]) {
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

// A label on top of its box where there is room, else inside; or below the labels that are there already.
function paintLabel(context, { place: { wide, high, below }, font }, [x, y], item, taken) {
  const text = `${item.label} ${item.score.toFixed(2)}`;
  context.font = `600 ${LABEL.size}px ${font}`;
  const width = context.measureText(text).width + 2 * LABEL.pad + 4;
  const left = Math.max(0, Math.min(x, wide - width));
  let top = below ? high + 4 : y < LABEL.high ? Math.max(0, y) : Math.min(y, high) - LABEL.high;
  const meets = (other) => left < other.left + other.width && other.left < left + width && Math.abs(top - other.top) < LABEL.high + 1;
  while (taken.some(meets) && top + 2 * LABEL.high < high) top += LABEL.high + 2;
  if (below && taken.some(meets)) return;
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
  const tall = place.high + place.below;
  const [width, height] = [Math.round(place.wide * ratio), Math.round(tall * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  canvas.style.width = `${place.wide}px`;
  canvas.style.height = `${tall}px`;
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, place.wide, tall);
  paint(context, view);
}
