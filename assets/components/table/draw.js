// Drawing: of all rows only those in view.

const INK = 13; // letters in the rows, CSS pixels

function colorOf(view, value, range) {
  const at = 3 * tableIndex(value, [-range, range]);
  return { paper: `rgb(${view.table.subarray(at, at + 3)})`, at };
}

function drawStrip(view, context, { x, y, height, count, value, range, from, until }) {
  const { cell } = view.place;
  const { numbers } = view.data;
  const [first, last] = [Math.max(0, Math.floor((from - x) / cell)), Math.min(count, Math.ceil((until - x) / cell))];
  context.textAlign = "center";
  context.font = `11px ${view.font}`;
  for (let i = first; i < last; i++) {
    const { paper, at } = colorOf(view, value(i), range);
    context.fillStyle = paper;
    context.fillRect(x + i * cell, y, cell + 0.3, height);
    if (numbers) {
      context.fillStyle = luminance(...view.table.subarray(at, at + 3)) > 0.5 ? "#1b1624" : "#ffffff";
      context.fillText(printed(value(i), 2), x + (i + 0.5) * cell, y + height / 2, cell - 2);
    }
  }
}

// Two digits of a small weight; of one that hardly exists, that it is smaller than that. Pointing gives it in full.
const weightOf = (value) => (value > 0 && value < 1e-5 ? "< 0.00001" : exactly(value, 3));

function drawRow(view, context, at, y, left) {
  const { data, place, colors, numbersOf } = view;
  const { stacked, row, band, columns, strip } = place;
  const index = data.order[at];
  const line = y + (stacked ? 14 : row / 2); // the middle of its letters
  const strips = stacked ? [y + 27, 22] : [y + 2, row - 4];
  const pinned = index === data.chosen;
  const write = (text, x, align, color, most) => {
    context.textAlign = align;
    context.fillStyle = color;
    context.fillText(text, x, line, most);
  };
  context.font = `${pinned ? "700 " : ""}${INK + 1}px ${view.font}`;
  write(shorten(data.labels[index], 14), 4, "left", pinned ? colors.accent : colors.text, place.wordWidth - 10);
  context.font = `${pinned ? "700 " : ""}${INK}px ${view.font}`;
  const { score, scaled, weight } = columns;
  write(printed(numbersOf.scores[index], 3), score.x + score.width - 8, "right", colors.text);
  write(printed(numbersOf.scaled[index], 3), scaled.x + scaled.width - 8, "right", colors.text);
  write(weightOf(numbersOf.weights[index]), weight.x + weight.width - 6, "right", colors.text);
  const bar = weight.width - 72;
  context.fillStyle = view.barColor;
  context.fillRect(weight.x + 6, line - 6, Math.max(1, (bar * numbersOf.weights[index]) / (view.largest || 1)), 12);
  context.save();
  context.beginPath();
  context.rect(band.x, y, band.width, row);
  context.clip();
  const x = band.x - left;
  const visible = { from: band.x, until: band.x + band.width, y: strips[0], height: strips[1], count: data.dimensions };
  drawStrip(view, context, { ...visible, x, value: (i) => keyAt(view, index, i), range: view.ranges.vectors });
  drawStrip(view, context, { ...visible, x: x + strip + BETWEEN, value: (i) => productAt(view, index, i), range: view.ranges.products });
  context.restore();
}

function drawHead(view, context, left) {
  const { data, place, colors, theme } = view;
  const { words } = data;
  const { head, band, columns, strip, stacked, wordWidth, width } = place;
  context.fillStyle = colors.paper;
  context.fillRect(0, 0, width + 4, head);
  const write = (text, x, y, { align = "left", color = colors.text, size = 13, bold = false, most } = {}) => {
    context.font = `${bold ? "650 " : ""}${size}px ${view.font}`;
    context.textAlign = align;
    context.fillStyle = color;
    context.fillText(text, x, y, most);
  };
  const faint = { color: colors.faint, size: 12 };
  write(words.word, 4, 11, { bold: true, most: wordWidth - 14 });
  for (const [name, { x, width: wide }] of Object.entries(columns)) {
    write(words[name], x + wide - 7, 11, { align: "right", bold: true, most: wide - 4 });
    write(words[`${name}_formula`], x + wide - 7, 29, { ...faint, align: "right", most: wide - 4 });
  }
  const q = { text: words.q.replace("{word}", () => isolate(shorten(data.asks, 10))), color: MATRIX[theme].Q, bold: true };
  const y = stacked ? 48 : 11;
  context.save();
  context.beginPath();
  context.rect(band.x, 0, band.width, head);
  context.clip();
  const [kx, px] = [band.x - left, band.x - left + strip + BETWEEN];
  if (stacked) {
    write(`${q.text} · `, Math.max(kx, 4), y, q);
    const after = Math.max(kx, 4) + context.measureText(`${q.text} · `).width;
    write(words.k_short, after, y, { color: MATRIX[theme].K, bold: true, most: strip - after });
  } else {
    write(words.k, Math.max(kx, band.x), y, { color: MATRIX[theme].K, bold: true, most: strip });
    write(words.k_formula, Math.max(kx, band.x), 29, faint);
    write(words.product_formula, px, 29, faint);
  }
  write(stacked ? words.product_short : words.product, px, y, { bold: true, most: strip });
  const middle = head - 14;
  write("1", px, middle, faint);
  write(words.dimension, px + strip / 2, middle, { ...faint, align: "center" });
  write(String(data.dimensions), px + strip, middle, { ...faint, align: "right" });
  context.textBaseline = "middle";
  const visible = { from: band.x, until: band.x + band.width, y: head - 26, height: 20, count: data.dimensions };
  drawStrip(view, context, { ...visible, x: kx, value: (i) => view.numbersOf.q[i], range: view.ranges.vectors });
  context.strokeStyle = MATRIX[theme].Q;
  context.lineWidth = 1.5;
  context.strokeRect(kx + 0.75, head - 25.25, strip - 1.5, 18.5);
  context.restore();
  if (!stacked) write(q.text, 4, head - 16, { ...q, most: wordWidth - 8 });
  context.fillStyle = colors.border;
  context.fillRect(0, head - 2, width, 1);
}

// What `view` shows when scrolled to `left` and `top`, on a canvas so high.
function paint(view, context, { left, top, height }) {
  const { data, place, colors, cursor } = view;
  const { head, row, width, cell, band, stacked } = place;
  context.textBaseline = "middle";
  const first = Math.max(0, Math.floor(top / row));
  const last = Math.min(data.order.length, Math.ceil((top + height - head) / row));
  const yOf = (at) => head + at * row - top;
  for (let at = first; at < last; at++) {
    if (cursor?.row === at) {
      context.fillStyle = colors.veil;
      context.fillRect(0, yOf(at), width, row);
    }
    drawRow(view, context, at, yOf(at), left);
  }
  const frame = (x, y, wide, high, color, thickness) => {
    context.strokeStyle = color;
    context.lineWidth = thickness;
    context.strokeRect(x, y, wide, high);
  };
  frame(1, yOf(data.order.indexOf(data.chosen)), width - 2, row, colors.accent, 2);
  drawHead(view, context, left);
  if (cursor && cursor.column >= 0 && cursor.column < 2 * data.dimensions) {
    context.save();
    context.beginPath();
    context.rect(band.x - 1, 0, band.width + 2, height);
    context.clip();
    const dimension = cursor.column % data.dimensions;
    const mark = (column, y, high) => frame(cellX(view, column, left) - 0.5, y, cell + 1, high, colors.text, 1.5);
    const both = (y, high) => [dimension, dimension + data.dimensions].forEach((column) => mark(column, y, high));
    mark(dimension, head - 27, 22); // in q, then in k and in q × k
    if (stacked) for (let at = first; at < last; at++) yOf(at) + 26 > head && both(yOf(at) + 26, 24);
    else both(head, Math.min(height, yOf(data.order.length)) - head);
    context.restore();
  }
}

function draw(view) {
  const { canvas, context, scroller, place } = view;
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [scroller.clientWidth, Math.min(scroller.clientHeight, heightOf(view))];
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = view.colors.paper;
  context.fillRect(0, 0, width, height);
  paint(view, context, { left: Math.min(scroller.scrollLeft, place.scroll), top: scroller.scrollTop, height });
}
