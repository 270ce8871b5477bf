// What a reader takes home, made in the browser: the picture with the pinned patch's map, and the numbers of that map.

const RATIO = 3;

function surroundings({ data: { text } }) {
  return { above: [[text.title, 14]], below: [[text.sentence, 16], [text.source, 12]] };
}

function endsOf(view, row) {
  const { data: { text, decimals } } = view;
  const [low, high] = rangeOf(view, row);
  return [text.low.replace("{value}", () => exactly(low, decimals)), text.high.replace("{value}", () => exactly(high, decimals))];
}

// As on the screen, without the pointer.
function savePng(view) {
  const row = pinnedRow(view);
  if (!row) return;
  const { place, colors, font, data } = view;
  const { above, below } = surroundings(view);
  const [low, high] = endsOf(view, row);
  savePoster(view, data.text.name, {
    width: place.width, height: place.height + 30, scale: RATIO, above, below,
    paint: (context) => {
      paint({ ...view, context, cursor: null, drag: null }, row);
      context.font = `13px ${font}`;
      context.textBaseline = "top";
      context.fillStyle = colors.text;
      const y = place.height + 14;
      const start = context.measureText(low).width + 10;
      context.fillText(low, 0, y);
      context.fillText(high, start + 170, y);
      for (let i = 0; i < 160; i++) {
        context.fillStyle = cellColor(view, i / 159, [0, 1]);
        context.fillRect(start + i, y + 1, 1.2, 11);
      }
    },
  });
}

function saveSvg(view) {
  const row = pinnedRow(view);
  if (!row) return;
  const { data, place, colors, font, theme, context, opacity } = view;
  const wide = Math.max(place.width, 420);
  const sides = ([x, y, width, height]) => `x="${x.toFixed(2)}" y="${y.toFixed(2)}" width="${width.toFixed(2)}" height="${height.toFixed(2)}"`;
  const range = rangeOf(view, row);
  const asker = cellAt(view, data.asks);
  const cells = Array.from(row, (value, i) => {
    const cell = cellAt(view, i);
    if (!canLook(view, asker, cell)) return "";
    return `<rect ${sides(boxOf(view, cell))} fill="${cellColor(view, value, range)}" fill-opacity="${opacity}" shape-rendering="crispEdges"><title>${escapeXml(hoverText(view, cell))}</title></rect>`;
  });
  const asking = `<rect ${sides(boxOf(view, ...(data.box ?? [cellAt(view, data.asks)])))} fill="none" stroke="${MATRIX[theme].Q}" stroke-width="3.5"/>`;
  const [left, top, width, height] = boxOf(view, cellAt(view, data.looks ?? 0));
  const looked = `<ellipse cx="${left + width / 2}" cy="${top + height / 2}" rx="${Math.max(5, width / 2 - 2)}" ry="${Math.max(5, height / 2 - 2)}" fill="none" stroke="${MATRIX[theme].K}" stroke-width="3"/>`;
  const { above, below } = surroundings(view);
  const [low, high] = endsOf(view, row);
  context.font = `13px ${font}`;
  const start = context.measureText(low).width + 10;
  const foot = place.height + 24;
  const stops = Array.from({ length: 17 }, (_, i) => `<stop offset="${i / 16}" stop-color="${cellColor(view, i / 16, [0, 1])}"/>`);
  const bar = [
    `<linearGradient id="bar">${stops.join("")}</linearGradient><rect x="${start}" y="${foot - 11}" width="160" height="12" fill="url(#bar)"/>`,
    ...[[0, low], [start + 170, high]].map(([x, text]) => `<text x="${x}" y="${foot}" font-size="13" fill="${colors.text}">${escapeXml(text)}</text>`),
  ];
  const lines = [];
  const write = (texts, from) => texts.filter(([text]) => text).flatMap(([text, size]) => wrapText(context, text, size, wide, font)).reduce((y, { line, size }) => {
    lines.push(`<text x="0" y="${y.toFixed(1)}" font-size="${size}" fill="${colors.text}">${escapeXml(line)}</text>`);
    return y + size * LINE_HEIGHT;
  }, from);
  write(above, -14);
  const end = write(below, foot + 26);
  save(`${data.text.name}.svg`, "image/svg+xml", [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-24 -48 ${(wide + 48).toFixed(1)} ${(end + 60).toFixed(1)}" font-family="${escapeXml(font)}">`,
    `<title>${escapeXml(data.text.sentence)}</title><rect x="-24" y="-48" width="100%" height="100%" fill="${colors.paper}"/>`,
    `<image href="${data.picture}" width="${place.width.toFixed(2)}" height="${place.height.toFixed(2)}" preserveAspectRatio="none"/>`,
    ...cells, ...(data.window ? windowsIn(view, asker, sides) : []), data.looks == null ? "" : looked, asking, ...bar, ...lines, "</svg>",
  ]);
}

function windowsIn(view, asker, sides) {
  return [
    `<path d="${outside(view, asker)}" fill="${VEIL}" fill-rule="evenodd"/>`,
    `<path d="${borders(view)}" fill="none" stroke="${BORDER}" stroke-width="1.5"/>`,
    `<rect ${sides(boxOf(view, ...windowCorners(view, asker)))} fill="none" stroke="${view.colors.accent}" stroke-width="2.5"/>`,
  ];
}

// A line a patch, columns and rows counted from 1.
function saveCsv(view) {
  const row = pinnedRow(view);
  if (!row) return;
  const { text } = view.data;
  saveTable(text.name, [text.table, ...Array.from(row, (value, i) => {
    const [down, across] = cellAt(view, i);
    return [across + 1, down + 1, value];
  })]);
}
