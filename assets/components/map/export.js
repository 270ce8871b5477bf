// What a reader takes home, made in the browser: the very map on the screen.

function save(name, type, parts) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

const escapeXml = (text) =>
  text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

// The map drawn large, with titles, colour bar and sentence, on the page's own paper.
function poster(view, scale = 2) {
  const { data, place, colors, table, font } = view;
  const edge = 24;
  const width = Math.max(place.width, 420);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const wrap = (text, size) => {
    context.font = `${size}px ${font}`;
    const lines = [""];
    // Chinese has no spaces: break it anywhere, other words whole.
    for (const piece of text.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+|\s+/gu) ?? []) {
      if (context.measureText(lines.at(-1) + piece).width > width) lines.push("");
      lines[lines.length - 1] += piece;
    }
    return lines.map((line) => ({ line, size }));
  };
  const above = [`→ ${data.text.columnTitle}`, `↓ ${data.text.rowTitle}`].flatMap((text) => wrap(text, 14));
  const below = wrap(data.text.sentence, 16);
  const tall = (lines) => lines.reduce((sum, { size }) => sum + size * 1.45, 0);
  const height = tall(above) + 10 + place.height + 40 + tall(below);
  canvas.width = (width + 2 * edge) * scale;
  canvas.height = (height + 2 * edge) * scale;
  context.scale(scale, scale);
  context.fillStyle = colors.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(edge, edge);
  context.textBaseline = "top";
  let y = 0;
  const write = (lines) => {
    for (const { line, size } of lines) {
      context.font = `${size}px ${font}`;
      context.fillStyle = colors.text;
      context.fillText(line, 0, y);
      y += size * 1.45;
    }
  };
  write(above);
  y += 10;
  context.drawImage(view.canvas, 0, y, place.width, place.height);
  y += place.height + 14;
  context.font = `13px ${font}`;
  context.fillText(data.text.low, 0, y);
  const start = context.measureText(data.text.low).width + 10;
  for (let i = 0; i < 160; i++) {
    const at = 3 * Math.round((i / 159) * 255);
    context.fillStyle = `rgb(${table[at]},${table[at + 1]},${table[at + 2]})`;
    context.fillRect(start + i, y + 1, 1.2, 11);
  }
  context.fillStyle = colors.text;
  context.fillText(data.text.high, start + 170, y);
  y += 26;
  write(below);
  return canvas;
}

function savePng(view) {
  poster(view).toBlob((blob) => save(`${view.data.text.name}.png`, "image/png", [blob]));
}

function saveSvg(view) {
  const { data, values, place, colors, table, font } = view;
  const { left, top, slanted, labels, cellWidth, cellHeight } = place;
  const lines = [];
  const words = (x, y, text, extra = "") =>
    lines.push(`<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${colors.text}" ${extra}>${escapeXml(text)}</text>`);
  const offset = 48;
  if (data.picture || values.length > 16384) {
    // Too many cells for one rectangle each: the cells stay a picture, everything else stays lines and letters.
    const flat = document.createElement("canvas");
    flat.width = data.picture ? Math.round(place.width * 2) : data.columns;
    flat.height = data.picture ? Math.round(place.height * 2) : data.rows;
    flat.getContext("2d").drawImage(data.picture ? view.canvas : view.cells, 0, 0, flat.width, flat.height);
    lines.push(`<image x="${left}" y="${offset + top}" width="${cellWidth * data.columns}" height="${cellHeight * data.rows}" preserveAspectRatio="none" image-rendering="${data.picture ? "auto" : "pixelated"}" href="${flat.toDataURL("image/png")}"/>`);
  } else {
    values.forEach((value, i) => {
      const at = 3 * tableIndex(value, data.range);
      const x = left + (i % data.columns) * cellWidth;
      const y = offset + top + Math.floor(i / data.columns) * cellHeight;
      lines.push(`<rect x="${x.toFixed(2)}" y="${y.toFixed(2)}" width="${cellWidth.toFixed(2)}" height="${cellHeight.toFixed(2)}" fill="rgb(${table[at]},${table[at + 1]},${table[at + 2]})"><title>${escapeXml(hoverText(view, Math.floor(i / data.columns), i % data.columns))}</title></rect>`);
    });
  }
  words(0, 14, `→ ${data.text.columnTitle}`);
  words(0, 34, `↓ ${data.text.rowTitle}`);
  const every = Math.max(1, Math.ceil((labels + 1) / cellHeight));
  data.rowLabels.forEach((label, row) => {
    if (row % every === 0) words(left - 6, offset + top + (row + 0.5) * cellHeight, shorten(label, 14), `text-anchor="end" dominant-baseline="middle" font-size="${labels}"`);
  });
  data.columnLabels.forEach((label, column) => {
    if (column % every) return;
    const x = left + (column + 0.5) * cellWidth;
    const y = offset + top - 6;
    words(x, y, shorten(label, 14), slanted ? `transform="rotate(-45 ${x.toFixed(1)} ${y.toFixed(1)})" font-size="${labels}"` : `text-anchor="middle" font-size="${labels}"`);
  });
  if (data.chosen) {
    const [row, column] = data.chosen;
    lines.push(`<rect x="${left + column * cellWidth}" y="${offset + top + row * cellHeight}" width="${cellWidth}" height="${cellHeight}" fill="none" stroke="${colors.accent}" stroke-width="3"/>`);
  }
  const bottom = offset + place.height;
  words(0, bottom + 24, `${data.text.low}  …  ${data.text.high}`, 'font-size="13"');
  words(0, bottom + 48, data.text.sentence);
  const width = Math.max(place.width, 420, data.text.sentence.length * 9);
  save(`${data.text.name}.svg`, "image/svg+xml", [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 -8 ${width + 32} ${bottom + 76}" font-family="${escapeXml(font)}" font-size="14">`,
    `<title>${escapeXml(data.text.sentence)}</title><rect x="-16" y="-8" width="100%" height="100%" fill="${colors.paper}"/>`,
    ...lines, "</svg>",
  ]);
}

function saveCsv(view) {
  const { data, values } = view;
  const quote = (text) => `"${text.replaceAll('"', '""')}"`;
  // A leading apostrophe keeps spreadsheets from running a word such as "=1+1" as a formula.
  const label = (text) => quote(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
  const lines = data.columnLabels.length ? [["", ...data.columnLabels].map(label).join(",")] : [];
  for (let row = 0; row < data.rows; row++) {
    const numbers = Array.from(values.subarray(row * data.columns, (row + 1) * data.columns), (value) => String(value));
    lines.push([...(data.rowLabels.length ? [label(data.rowLabels[row])] : []), ...numbers].join(","));
  }
  // The byte order mark makes spreadsheets read Chinese as Chinese.
  save(`${data.text.name}.csv`, "text/csv", ["\ufeff", lines.join("\r\n")]);
}
