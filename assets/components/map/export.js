// What a reader takes home, made in the browser: the very map on the screen, and all of its numbers.

// What rows and columns are, above the map; the finding, and where it comes from, below.
function surroundings({ data: { text, strips }, sumsOf }) {
  return {
    above: [[`↓ ${text.rowTitle}`, 14], [`→ ${text.columnTitle}`, 14]],
    below: [[text.sentence, 16], [strips ? sumsOf : "", 12], [text.source, 12]],
  };
}

// The map as it stands on the screen, without the pointer, and its colour bar, at several times that size.
function savePng(view) {
  const { data, place, colors, font } = view;
  const scale = 3;
  const map = document.createElement("canvas");
  draw({ ...view, canvas: map, context: map.getContext("2d"), cursor: null, over: null }, scale);
  savePoster(view, data.text.name, {
    width: place.width, height: place.height + 30, scale, ...surroundings(view),
    paint: (context) => {
      context.drawImage(map, 0, 0, place.width, place.height);
      context.font = `13px ${font}`;
      context.textBaseline = "top";
      context.fillStyle = colors.text;
      const y = place.height + 14;
      const start = context.measureText(data.text.low).width + 10;
      context.fillText(data.text.low, 0, y);
      context.fillText(data.text.high, start + 170, y);
      for (let i = 0; i < 160; i++) {
        context.fillStyle = shade(view, i / 159);
        context.fillRect(start + i, y + 1, 1.2, 11);
      }
    },
  });
}

function saveSvg(view) {
  const { data, place, colors, font, context } = view;
  const width = Math.max(place.width, 420);
  const { above, below } = Object.fromEntries(
    Object.entries(surroundings(view)).map(([at, texts]) => [
      at, texts.filter(([text]) => text).flatMap(([text, size]) => wrapText(context, text, size, width, font)),
    ])
  );
  const tall = (lines) => lines.reduce((sum, { size }) => sum + size * LINE_HEIGHT, 0);
  const top = tall(above) + 10;
  const map = new SvgContext(document.createElement("canvas").getContext("2d"));
  paint({ ...view, context: map, cursor: null, over: null }, (svg) => map.parts.push(...svgCells(svg)));
  const parts = [];
  const words = (x, y, text, extra = "") =>
    parts.push(`<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${colors.text}" ${extra}>${escapeXml(text)}</text>`);
  const write = (lines, y) => {
    for (const { line, size } of lines) words(0, (y += size * LINE_HEIGHT) - size * 0.4, line, `font-size="${size}"`);
  };
  write(above, 0);
  parts.push(`<g transform="translate(0 ${top.toFixed(1)})">`, ...map.parts, "</g>");
  const y = top + place.height + 25;
  context.font = `13px ${font}`;
  const start = context.measureText(data.text.low).width + 10;
  words(0, y, data.text.low, 'font-size="13"');
  parts.push(`<rect x="${start.toFixed(1)}" y="${(y - 11).toFixed(1)}" width="160" height="12" fill="url(#bar)"/>`);
  words(start + 170, y, data.text.high, 'font-size="13"');
  write(below, y + 10);
  const height = y + 20 + tall(below);
  const stops = Array.from({ length: 17 }, (_, i) => `<stop offset="${i / 16}" stop-color="${shade(view, i / 16)}"/>`);
  save(`${data.text.name}.svg`, "image/svg+xml", [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-24 -24 ${(width + 48).toFixed(1)} ${(height + 48).toFixed(1)}" font-family="${escapeXml(font)}" font-size="14">`,
    `<title>${escapeXml(data.text.sentence)}</title><defs><linearGradient id="bar">${stops.join("")}</linearGradient></defs>`,
    `<rect x="-24" y="-24" width="100%" height="100%" fill="${colors.paper}"/>`, ...parts, "</svg>",
  ]);
}

function svgCells(view) {
  const { data, values, place } = view;
  const { left, top, wide, high, cellWidth, cellHeight } = place;
  const [[from, until], [first, last]] = [inView(view, 0), inView(view, 1)];
  const [rows, columns] = [until - from, last - first];
  if (data.picture || rows * columns > 16384) {
    // Too many cells for one rectangle each: the cells stay a picture, everything else stays lines and letters.
    const flat = document.createElement("canvas");
    flat.width = data.picture ? Math.round(place.width * 2) : columns;
    flat.height = data.picture ? Math.round(place.height * 2) : rows;
    const source = data.picture ? [view.canvas] : [view.cells, first, from, columns, rows];
    flat.getContext("2d").drawImage(...source, 0, 0, flat.width, flat.height);
    const at = data.picture ? sides(left, top, wide, high) : sides(xOf(place, first), yOf(place, from), columns * cellWidth, rows * cellHeight);
    return [`<image ${at} preserveAspectRatio="none" image-rendering="${data.picture ? "auto" : "pixelated"}" href="${flat.toDataURL("image/png")}"/>`];
  }
  const cells = [];
  forCells(view, (row, column) => {
    const value = values[row * data.columns + column];
    const color = colorAt(view, value);
    const fill = value === -Infinity ? "none" : `rgb(${view.table.subarray(color, color + 3)})`;
    const at = sides(xOf(place, column), yOf(place, row), cellWidth, cellHeight);
    cells.push(`<rect ${at} fill="${fill}"><title>${escapeXml(hoverText(view, row, column))}</title></rect>`);
  });
  return cells;
}

function saveCsv({ data, values }) {
  const head = data.columnLabels.length ? [[...(data.rowLabels.length ? [""] : []), ...data.columnLabels]] : [];
  const rows = Array.from({ length: data.rows }, (_, row) => [
    ...(data.rowLabels.length ? [data.rowLabels[row]] : []),
    ...values.subarray(row * data.columns, (row + 1) * data.columns),
  ]);
  saveTable(data.text.name, [...head, ...rows]);
}
