// Drawing: one matrix with labels, numbers where they fit, the pinned cell and the crosshair.

const HATCHES = 4; // lines on either side of a cell's diagonal

// Where a number's colour stands in the table.
function colorAt({ data: { range, roots } }, value) {
  return 3 * (roots ? tableIndex(Math.sqrt(value / range[1]), [0, 1]) : tableIndex(value, range));
}

// The matrix as a small picture, one pixel a cell; drawn once per data and theme.
function paintCells(view) {
  const { data, values, table } = view;
  const image = new ImageData(data.columns, data.rows);
  for (let i = 0; i < values.length; i++) {
    const at = colorAt(view, values[i]);
    image.data[4 * i] = table[at];
    image.data[4 * i + 1] = table[at + 1];
    image.data[4 * i + 2] = table[at + 2];
    image.data[4 * i + 3] = values[i] === -Infinity ? 0 : 255;
  }
  const canvas = new OffscreenCanvas(data.columns, data.rows);
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

function drawCells(view) {
  const { context, data, place, cells, image, opacity } = view;
  const { left, top, wide, high, cellWidth, cellHeight, first } = place;
  context.imageSmoothingEnabled = Boolean(data.picture);
  if (data.picture) {
    if (image?.complete) context.drawImage(image, 0, 0, wide, high);
    context.globalAlpha = opacity;
  }
  context.drawImage(cells, first[1], first[0], wide / cellWidth, high / cellHeight, left, top, wide, high);
  context.globalAlpha = 1;
}

// Scores that a mask has taken out: no colour of the scale, but hatched.
function drawMasked(view) {
  const { context, data, values, place, colors } = view;
  context.strokeStyle = colors.faint;
  context.lineWidth = 1;
  context.globalAlpha = 0.45;
  context.beginPath();
  forCells(view, (row, column) => {
    if (values[row * data.columns + column] !== -Infinity) return;
    for (let i = 0; i < HATCHES; i++) {
      const [from, until] = [i / HATCHES, (i + 1) / HATCHES];
      context.moveTo(xOf(place, column), yOf(place, row + until));
      context.lineTo(xOf(place, column + until), yOf(place, row));
      context.moveTo(xOf(place, column + from), yOf(place, row + 1));
      context.lineTo(xOf(place, column + 1), yOf(place, row + from));
    }
  });
  context.stroke();
  context.globalAlpha = 1;
}

function drawLabels(view) {
  const { context, data, place, colors, cursor, over, marked, font } = view;
  const { left, top, gap, slanted, labels, cellWidth, cellHeight } = place;
  const pinned = data.chosen ?? [];
  const every = [
    Math.max(1, Math.ceil((labels + 1) / cellHeight)),
    slanted ? Math.max(1, Math.ceil((labels * Math.SQRT2) / cellWidth)) : 1,
  ];
  const write = (axis, names, print) => {
    const pointed = over?.axis === axis ? over.index : cursor?.[axis];
    const chosen = new Set(marked[AXES[axis]]);
    // Where labels would overlap, every k-th stands; the pinned, the chosen and the pointed-at always do.
    const strong = [...new Set([pinned[axis], pointed, ...chosen].filter((at) => at != null))];
    const crowded = (index) => every[axis] > 1 && strong.some((at) => Math.abs(at - index) < every[axis]);
    const [from, until] = inView(view, axis);
    for (let index = from; index < until && index < names.length; index++) {
      const stands = strong.includes(index);
      if (!stands && (index % every[axis] || crowded(index))) continue;
      const middle = axis ? xOf(place, index + 0.5) : yOf(place, index + 0.5);
      const edge = axis ? left : top;
      if (middle < edge || middle > edge + (axis ? place.wide : place.high)) continue;
      context.font = `${stands ? "700 " : ""}${Math.max(labels, stands ? 12 : 0)}px ${font}`;
      context.fillStyle = labels < 12 ? colors.text : colors.faint; // small letters need all the contrast there is
      if (stands) context.fillStyle = chosen.has(index) ? axisColor(view, axis) : pinned[axis] === index ? colors.accent : colors.text;
      print(names[index], middle);
    }
  };
  context.textBaseline = "middle";
  context.textAlign = "right";
  write(0, data.rowLabels, (label, y) => context.fillText(shorten(label, 14), left - gap, y, left - gap));
  write(1, data.columnLabels, (label, x) => {
    context.save();
    context.translate(x, top - gap);
    if (slanted && ([...label].length > 1 || cellWidth < 2 * labels)) { // a slanted "I" would be a mere bar
      context.rotate(-Math.PI / 4);
      context.textAlign = "left";
      context.fillText(fitting(context, label, (place.width - x - 4) * Math.SQRT2), 0, 0);
    } else {
      context.textAlign = "center";
      context.fillText(shorten(label, 14), 0, -5);
    }
    context.restore();
  });
}

// As much of a label as there is room for.
function fitting(context, label, room) {
  let most = 14;
  while (most > 1 && context.measureText(shorten(label, most)).width > room) most--;
  return shorten(label, most);
}

// Letters that stand out on a cell of the table's colour `at`.
const inkOn = (table, at) => (luminance(table[at], table[at + 1], table[at + 2]) > 0.5 ? "#1b1624" : "#ffffff");

// The colour at a share of the scale.
function shade({ table }, share) {
  const at = 3 * Math.max(0, Math.min(255, Math.round(share * 255)));
  return `rgb(${table[at]},${table[at + 1]},${table[at + 2]})`;
}

// The longest number printed in a cell is that of one end.
function longestNumber(values, decimals) {
  let [low, high] = [0, 0];
  for (const value of values) if (value !== -Infinity) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return Math.max(4, ...[low, high].map((value) => printed(value, decimals).length));
}

function drawNumbers(view) {
  const { context, data, values, place, table, colors, font } = view;
  const decimals = Math.min(2, data.decimals);
  context.font = `${Math.min(15, (4 * place.cellWidth) / 3 / view.longest)}px ${font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  forCells(view, (row, column) => {
    const value = values[row * data.columns + column];
    context.fillStyle = value === -Infinity ? colors.text : inkOn(table, colorAt(view, value));
    context.fillText(printed(value, decimals), xOf(place, column + 0.5), yOf(place, row + 0.5));
  });
}

function forCells(view, visit) {
  const [[top, bottom], [left, right]] = [inView(view, 0), inView(view, 1)];
  for (let row = top; row < bottom; row++) for (let column = left; column < right; column++) visit(row, column);
}

function frame(view, [row, column], color, thickness) {
  const { context, place } = view;
  const { cellWidth, cellHeight } = place;
  const visible = view.data.rowLabels.length ? 5 : 9; // pixels are tiny, and have no labels that point at them
  const inset = Math.max(0, visible - cellWidth) / 2;
  context.lineWidth = thickness;
  context.strokeStyle = color;
  context.strokeRect(xOf(place, column) - inset, yOf(place, row) - inset, cellWidth + 2 * inset, cellHeight + 2 * inset);
}

// The lines between the texts of a pair, and what each block is: light on dark cells, dark on light ones.
function drawDividers(view) {
  const { context, data, place, colors, font } = view;
  const { left, top, wide, high } = place;
  const [y, x] = [yOf(place, data.dividers[0]), xOf(place, data.dividers[1])];
  for (const [color, thickness] of [[colors.paper, 5], [colors.text, 2]]) {
    context.strokeStyle = color;
    context.lineWidth = thickness;
    context.beginPath();
    context.moveTo(left, y);
    context.lineTo(left + wide, y);
    context.moveTo(x, top);
    context.lineTo(x, top + high);
    context.stroke();
  }
  if (view.cursor) return; // the titles lie over cells: they give way to the pointer
  const edges = (from, middle, until) => [[from, Math.min(until, middle)], [Math.max(from, middle), until]];
  context.font = `700 12px ${font}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  edges(top, y, top + high).forEach(([above, below], i) =>
    edges(left, x, left + wide).forEach(([from, until], j) => {
      const title = data.blocks?.[i][j];
      const long = title ? context.measureText(title).width : Infinity;
      if (long + 20 > until - from || below - above < 30) return;
      context.fillStyle = colors.paper;
      context.globalAlpha = 0.8;
      context.fillRect(from + 4, above + 4, long + 10, 18);
      context.globalAlpha = 1;
      context.fillStyle = colors.text;
      context.fillText(title, from + 9, above + 13);
    })
  );
}

// In the corner that names leave free: where the window lies in the whole matrix.
function drawOverview({ context, data, place, colors }) {
  const { left, top, share, first } = place;
  const longest = Math.max(data.rows, data.columns);
  const size = Math.min(44, left - 8, top - 8) / longest;
  const [x, y] = [left - place.gap - size * data.columns, top - place.gap - size * data.rows];
  context.lineWidth = 1;
  context.strokeStyle = colors.faint;
  context.strokeRect(x, y, size * data.columns, size * data.rows);
  context.fillStyle = colors.faint;
  const down = place.high / place.cellHeight;
  context.fillRect(x + size * first[1], y + size * first[0], Math.max(2, size * data.columns * share), Math.max(2, size * down));
}

function draw(view, ratio = (window.devicePixelRatio || 1) * (view.large ?? 1)) {
  const { canvas, context, place } = view;
  canvas.width = Math.round(place.width * ratio);
  canvas.height = Math.round(place.height * ratio);
  canvas.style.width = `${place.width}px`;
  canvas.style.height = `${place.height}px`;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paint(view);
}

function paint(view, putCells = drawCells) {
  const { context, data, place, colors, cursor } = view;
  const { left, top, wide, high, cellWidth, cellHeight } = place;
  const near = place.share < 1;
  context.save();
  if (near) {
    context.beginPath();
    context.rect(left - 2, top - 2, wide + 4, high + 4);
    context.clip();
  }
  putCells(view);
  if (!data.picture) {
    if (view.masked) drawMasked(view);
    if (cellWidth >= numbersFrom(view)) drawNumbers(view);
    if (data.dividers) drawDividers(view);
    context.strokeStyle = colors.border;
    context.lineWidth = 1;
    context.strokeRect(left, top, wide, high);
    if (data.chosen && data.rowLabels.length) {
      context.strokeStyle = colors.accent;
      context.lineWidth = 1.5;
      context.strokeRect(left - 1, yOf(place, data.chosen[0]), wide + 2, cellHeight);
    }
  }
  if (cursor) {
    context.fillStyle = colors.veil;
    if (!data.picture) {
      context.fillRect(left, yOf(place, cursor[0]), wide, cellHeight);
      context.fillRect(xOf(place, cursor[1]), top, cellWidth, high);
    }
    frame(view, cursor, colors.text, 1.5);
  }
  if (data.chosen) {
    frame(view, data.chosen, colors.paper, 5);
    frame(view, data.chosen, colors.accent, 3);
  }
  context.restore();
  if (data.picture) return;
  drawLabels(view);
  if (near) drawOverview(view);
  if (!data.strips) return;
  drawStrips(view);
  drawMarks(view);
}
