// Drawing: one matrix with labels, numbers where they fit, the pinned cell and the crosshair.

const NUMBERS_FROM = 34; // CSS pixels; cells as wide as this have their number printed

// Where everything stands, for a given width in CSS pixels.
function layOut(view, width) {
  const { data, context, font } = view;
  const { rows, columns, rowLabels, columnLabels, cell } = data;
  if (data.picture) {
    const side = Math.min(width / columns, 560 / rows);
    return { left: 0, top: 0, cellWidth: side, cellHeight: side, width: side * columns, height: side * rows, labels: 0 };
  }
  context.font = `14px ${font}`;
  const longest = (labels) => Math.max(0, ...labels.map((label) => context.measureText(shorten(label, 14)).width));
  // Labels shrink with the cells, down to 9 px; the pinned one never falls below 12 px.
  const expected = Math.max(12, Math.min(14, (0.85 * width) / columns));
  const left = rowLabels.length ? Math.min(longest(rowLabels) * (expected / 14) + 12, width * 0.3) : 0;
  let side = Math.max(Math.min((width - left - 2) / columns, cell[1], 640 / rows), Math.min(cell[0], (width - left - 2) / columns));
  const across = longest(columnLabels);
  const slanted = columnLabels.length > 0 && across + 8 > side;
  const labels = Math.max(9, Math.min(14, side - 1));
  const shrunk = (length) => Math.min(length * Math.SQRT1_2, 84) * (labels / 14);
  const top = columnLabels.length ? (slanted ? shrunk(across) + 12 : 22) : 0;
  // The last slanted labels lean out to the right: leave them room.
  let lean = 0;
  if (slanted) {
    context.font = `14px ${font}`;
    columnLabels.slice(-8).forEach((label, i, last) => {
      const inside = (last.length - i - 0.5) * side;
      lean = Math.max(lean, shrunk(context.measureText(shorten(label, 14)).width) + 4 - inside);
    });
  }
  side = Math.min(side, (width - left - lean - 2) / columns);
  const tall = rows <= 6 ? Math.max(side, 18) : side; // a few rows of many columns: room for each row's name
  return {
    left, top, slanted, labels, cellWidth: side, cellHeight: tall,
    width: left + side * columns + lean + 2, height: top + tall * rows + 1,
  };
}

// The matrix as a small picture, one pixel a cell; drawn once per data and theme.
function paintCells(view) {
  const { data, values, table } = view;
  const image = new ImageData(data.columns, data.rows);
  for (let i = 0; i < values.length; i++) {
    const at = 3 * tableIndex(values[i], data.range);
    image.data[4 * i] = table[at];
    image.data[4 * i + 1] = table[at + 1];
    image.data[4 * i + 2] = table[at + 2];
    image.data[4 * i + 3] = 255;
  }
  const canvas = new OffscreenCanvas(data.columns, data.rows);
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

function drawLabels(view) {
  const { context, data, place, colors, cursor, font } = view;
  const { left, top, slanted, labels, cellWidth, cellHeight } = place;
  const pinned = data.chosen ?? [];
  // Where labels would overlap, every k-th stands; the pinned and the pointed-at always do.
  const everyRow = Math.max(1, Math.ceil((labels + 1) / cellHeight));
  const everyColumn = slanted ? Math.max(1, Math.ceil((labels * Math.SQRT2) / cellWidth)) : 1;
  const marked = (index, axis) => pinned[axis] === index || cursor?.[axis] === index;
  const crowded = (index, axis, every) =>
    every > 1 && [pinned[axis], cursor?.[axis]].some((at) => at != null && at !== index && Math.abs(at - index) < every);
  const style = (index, axis) => {
    const strong = marked(index, axis);
    context.font = `${strong ? "700 " : ""}${Math.max(labels, strong ? 12 : 0)}px ${font}`;
    context.fillStyle = pinned[axis] === index ? colors.accent : strong ? colors.text : colors.faint;
  };
  const shown = (index, axis, every) => marked(index, axis) || (index % every === 0 && !crowded(index, axis, every));
  context.textBaseline = "middle";
  context.textAlign = "right";
  data.rowLabels.forEach((label, row) => {
    if (!shown(row, 0, everyRow)) return;
    style(row, 0);
    context.fillText(shorten(label, 14), left - 6, top + (row + 0.5) * cellHeight, left - 6);
  });
  data.columnLabels.forEach((label, column) => {
    if (!shown(column, 1, everyColumn)) return;
    style(column, 1);
    context.save();
    context.translate(left + (column + 0.5) * cellWidth, top - 6);
    if (slanted) {
      context.rotate(-Math.PI / 4);
      context.textAlign = "left";
    } else context.textAlign = "center";
    context.fillText(shorten(label, 14), 0, slanted ? 0 : -5);
    context.restore();
  });
}

// Letters that stand out on a cell of the table's colour `at`.
const inkOn = (table, at) => (luminance(table[at], table[at + 1], table[at + 2]) > 0.5 ? "#1b1624" : "#ffffff");

function numberSize({ values, data, place }) {
  const decimals = Math.min(2, data.decimals);
  const longest = Math.max(4, ...Array.from(values, (value) => printed(value, decimals).length));
  return Math.min(15, (4 * place.cellWidth) / 3 / longest);
}

function drawNumbers(view) {
  const { context, data, values, place, table, font } = view;
  const { left, top, cellWidth, cellHeight } = place;
  context.font = `${numberSize(view)}px ${font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  values.forEach((value, i) => {
    const [row, column] = [Math.floor(i / data.columns), i % data.columns];
    context.fillStyle = inkOn(table, 3 * tableIndex(value, data.range));
    const text = printed(value, Math.min(2, data.decimals));
    context.fillText(text, left + (column + 0.5) * cellWidth, top + (row + 0.5) * cellHeight);
  });
}

function frame(view, [row, column], color, thickness) {
  const { context, place } = view;
  const { left, top, cellWidth, cellHeight } = place;
  const visible = view.data.rowLabels.length ? 5 : 9; // pixels are tiny, and have no labels that point at them
  const inset = Math.max(0, visible - cellWidth) / 2;
  context.lineWidth = thickness;
  context.strokeStyle = color;
  context.strokeRect(left + column * cellWidth - inset, top + row * cellHeight - inset, cellWidth + 2 * inset, cellHeight + 2 * inset);
}

function draw(view, ratio = window.devicePixelRatio || 1) {
  const { canvas, context, data, place, colors, cursor, cells, image, opacity } = view;
  const { left, top, cellWidth, cellHeight } = place;
  canvas.width = Math.round(place.width * ratio);
  canvas.height = Math.round(place.height * ratio);
  canvas.style.width = `${place.width}px`;
  canvas.style.height = `${place.height}px`;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, place.width, place.height);
  const wide = cellWidth * data.columns;
  const high = cellHeight * data.rows;
  context.imageSmoothingEnabled = Boolean(data.picture);
  if (data.picture) {
    if (image?.complete) context.drawImage(image, 0, 0, wide, high);
    context.globalAlpha = opacity;
  }
  context.drawImage(cells, left, top, wide, high);
  context.globalAlpha = 1;
  if (!data.picture) {
    context.strokeStyle = colors.border;
    context.lineWidth = 1;
    context.strokeRect(left, top, wide, high);
    if (cellWidth >= NUMBERS_FROM) drawNumbers(view);
    drawLabels(view);
    if (data.chosen && data.rowLabels.length) {
      context.strokeStyle = colors.accent;
      context.lineWidth = 1.5;
      context.strokeRect(left - 1, top + data.chosen[0] * cellHeight, wide + 2, cellHeight);
    }
  }
  if (cursor) {
    context.fillStyle = colors.veil;
    if (!data.picture) {
      context.fillRect(left, top + cursor[0] * cellHeight, wide, cellHeight);
      context.fillRect(left + cursor[1] * cellWidth, top, cellWidth, high);
    }
    frame(view, cursor, colors.text, 1.5);
  }
  if (data.chosen) {
    frame(view, data.chosen, colors.paper, 5);
    frame(view, data.chosen, colors.accent, 3);
  }
}
