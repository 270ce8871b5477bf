// Where every thumbnail stands, and the drawing of them.

const GAP = 7;

// By layer: a row a layer with the heads' numbers above, or, where that would be too small for a thumb, the layer's
// name above several rows of its own. Sorted otherwise: one after the other, each with its name and its value.
function layOut(view, width) {
  const { data, context, font } = view;
  const byLayer = data.sort === "layer";
  context.font = `13px ${font}`;
  const left = byLayer ? Math.max(...data.rowLabels.map((label) => context.measureText(label).width)) + 10 : 0;
  const sizeOf = (room, perRow) => Math.floor((room + GAP) / perRow) - GAP;
  if (byLayer && sizeOf(width - left, data.heads) >= 40) {
    const size = Math.min(120, sizeOf(width - left, data.heads));
    return place(data, { size, left, top: 22, perRow: data.heads, pitch: size + GAP, mode: "table" });
  }
  if (byLayer) {
    let perRow = data.heads;
    for (let rows = 1; sizeOf(width, perRow) < 50 && perRow > 1; rows++) perRow = Math.ceil(data.heads / rows);
    const size = sizeOf(width, perRow);
    return place(data, { size, left: 0, top: 24, perRow, pitch: size + 22, mode: "groups" });
  }
  const most = Math.max(4, Math.floor((width + GAP) / (84 + GAP)));
  const perRow = [most, most - 1, most - 2].find((count) => data.order.length % count === 0) ?? most; // full rows
  const size = sizeOf(width, perRow);
  return place(data, { size, left: 0, top: 0, perRow, pitch: size + 40, mode: "flow" });
}

function place(data, { size, left, top, perRow, pitch, mode }) {
  let [y, row] = [top, -1];
  const items = data.order.map((head, at) => {
    const column = (mode === "flow" ? at : head % data.heads) % perRow;
    if (column === 0 && at) y += pitch + (mode === "groups" && head % data.heads === 0 ? 30 : 0);
    if (column === 0) row += 1;
    return { head, row, column, x: left + column * (size + GAP), y };
  });
  const width = left + perRow * (size + GAP) - GAP;
  return { items, size, mode, left, width: width + 2, height: items.at(-1).y + pitch + 1 };
}

// All thumbnails as one picture, a pixel a cell.
function paintAtlas({ cells, data, table }) {
  const { side, heads, layers } = data;
  const wide = side * heads;
  const image = new ImageData(wide, side * layers);
  for (let i = 0; i < cells.length; i++) {
    const [head, within] = [Math.floor(i / (side * side)), i % (side * side)];
    const x = (head % heads) * side + (within % side);
    const y = Math.floor(head / heads) * side + Math.floor(within / side);
    const at = 3 * cells[i];
    image.data.set([table[at], table[at + 1], table[at + 2], 255], 4 * (y * wide + x));
  }
  const canvas = new OffscreenCanvas(wide, side * layers);
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

function drawHead(view, context, head, x, y, size, ratio) {
  const { side, heads } = view.data;
  // Enlarged, cells keep their edges; where a cell is less than a dot of the screen, neighbours are mixed.
  context.imageSmoothingEnabled = size * ratio < side;
  context.imageSmoothingQuality = "high";
  context.drawImage(view.atlas, (head % heads) * side, Math.floor(head / heads) * side, side, side, x, y, size, size);
}

function drawNames(view, context) {
  const { data, place, colors, font, cursor } = view;
  const { items, size, mode, left } = place;
  const write = (text, x, y, bold, most) => {
    context.font = `${bold ? "700 " : ""}13px ${font}`;
    context.fillStyle = bold ? colors.text : colors.faint;
    context.fillText(text, x, y, most);
  };
  context.textBaseline = "middle";
  if (mode === "table") {
    const marked = [data.chosen, cursor].filter((head) => head != null);
    context.textAlign = "left";
    write(data.words.head, 0, 10, false, left - 6);
    context.textAlign = "center";
    for (let at = 0; at < data.heads; at++) {
      write(String(at + 1), items[at].x + size / 2, 10, marked.some((head) => head % data.heads === at));
    }
    context.textAlign = "left";
    data.rowLabels.forEach((label, layer) => {
      const bold = marked.some((head) => Math.floor(head / data.heads) === layer);
      write(label, 0, items[layer * data.heads].y + size / 2, bold, left - 6);
    });
    return;
  }
  items.forEach(({ head, x, y }) => {
    context.textAlign = "left";
    if (mode === "groups" && head % data.heads === 0) write(data.rowLabels[head / data.heads], 0, y - 12, true);
    context.textAlign = "center";
    write(data.each[head].name, x + size / 2, y + size + 10, mode === "flow" || head === data.chosen, size + GAP - 1);
    if (mode === "flow") write(data.each[head].values[view.sorted], x + size / 2, y + size + 26, false, size + GAP - 1);
  });
}

function paint(view, context, ratio, cursor) {
  const { data, place, colors } = view;
  const { items, size } = place;
  drawNames({ ...view, cursor }, context);
  const frame = ({ x, y }, color, thickness) => {
    context.strokeStyle = color;
    context.lineWidth = thickness;
    context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
  };
  for (const item of items) {
    drawHead(view, context, item.head, item.x, item.y, size, ratio);
    frame(item, colors.border, 1);
  }
  const find = (head) => items.find((item) => item.head === head);
  frame(find(data.chosen), colors.paper, 6);
  frame(find(data.chosen), colors.accent, 3.5);
  if (cursor != null) frame(find(cursor), colors.text, 2);
}

function draw(view, ratio = window.devicePixelRatio || 1) {
  const { canvas, context, place } = view;
  canvas.width = Math.round(place.width * ratio);
  canvas.height = Math.round(place.height * ratio);
  canvas.style.width = `${place.width}px`;
  canvas.style.height = `${place.height}px`;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paint(view, context, ratio, view.cursor);
}
