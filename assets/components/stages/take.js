// What the reader takes home: the road as it stands on the screen, as a drawing, a picture or a table.

// Text with what stands below the line kept below it.
const letters = (node) => [...node.childNodes].map((child) =>
  child.nodeName === "SUB"
    ? `<tspan dy="0.25em" font-size="72%">${escapeXml(child.textContent)}</tspan><tspan dy="-0.18em">\u200b</tspan>`
    : escapeXml(child.textContent)).join("");

// The arrow that the style sheet puts before it.
const before = (node) => getComputedStyle(node, "::before").content.replace(/^(none|"(.*)")$/, "$2");

// The formula on one line, its exponents written with ^.
function formulaText({ lead, terms, tail }) {
  const write = (pieces) => pieces.map(([text, role]) => (role === "up" ? `^${text}` : text)).join("");
  const shown = terms.length > 8 ? [...terms.slice(0, 3).map((term) => write(term.pieces)), "…"] : terms.map((term) => write(term.pieces));
  return write(lead) + shown.join(" + ") + write(tail);
}

function drawing(view) {
  const { road, data, root } = view;
  const home = road.getBoundingClientRect();
  const style = getComputedStyle(root);
  const ink = style.getPropertyValue("--st-text-color").trim();
  const paper = style.getPropertyValue("--st-background-color").trim();
  const size = parseFloat(road.style.fontSize);
  const parts = [];
  const write = (node, anchor = "middle") => {
    const box = node.getBoundingClientRect();
    const { fontSize, fontWeight, color, paddingRight } = getComputedStyle(node);
    const x = { start: box.left, middle: box.left + box.width / 2, end: box.right - parseFloat(paddingRight) }[anchor] - home.left + road.scrollLeft;
    const y = box.top + box.height / 2 - home.top;
    parts.push(`<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" dominant-baseline="central" font-size="${parseFloat(fontSize)}" font-weight="${fontWeight}" fill="${color}">${escapeXml(before(node))}${letters(node)}</text>`);
  };
  for (const matrix of data.matrices) {
    const { box, title, kind, table, cells, arrow } = view.tables[matrix.name];
    parts.push(`<g opacity="${getComputedStyle(box).opacity}">`);
    write(title, "start");
    write(kind, "start");
    table.querySelectorAll("th[scope=row] span").forEach((label) => write(label, "end"));
    table.querySelectorAll("th[scope=col] span").forEach((label) => {
      if (!table.classList.contains("slanted")) return write(label);
      const at = label.parentElement.getBoundingClientRect();
      const [x, y] = [at.left + at.width / 2 - home.left, at.bottom - home.top - 4];
      parts.push(`<text transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(-45)" font-size="${size * 0.9}" fill="${ink}">${escapeXml(label.textContent)}</text>`);
    });
    cells.forEach((line, row) => line.forEach((cell, column) => {
      const at = cell.getBoundingClientRect();
      const marked = cell.matches(".open");
      parts.push(`<rect x="${(at.left - home.left).toFixed(2)}" y="${(at.top - home.top).toFixed(2)}" width="${at.width.toFixed(2)}" height="${at.height.toFixed(2)}" fill="${cell.style.background}"${marked ? ` stroke="${style.getPropertyValue("--accent")}" stroke-width="3"` : ""}><title>${escapeXml(cellName(view, matrix, row, column))}</title></rect>`);
      if (cell.textContent) write(cell);
    }));
    parts.push("</g>");
    if (arrow?.offsetWidth) write(arrow);
  }
  for (const line of view.legend.children) {
    const at = line.children[1].getBoundingClientRect();
    const stops = STOPS[line.dataset.scale][view.theme] ?? STOPS[line.dataset.scale];
    const id = `scale-${line.dataset.scale}`;
    parts.push(`<linearGradient id="${id}">${stops.map((color, i) => `<stop offset="${i / (stops.length - 1)}" stop-color="${color}"/>`).join("")}</linearGradient>`);
    parts.push(`<rect x="${at.left - home.left}" y="${at.top - home.top}" width="${at.width}" height="${at.height}" fill="url(#${id})"/>`);
    write(line.children[0], "start");
    write(line.children[2], "start");
  }
  const below = [data.opened.title, formulaText(data.opened), data.opened.sentence].filter(Boolean);
  const width = Math.max(road.scrollWidth, 320);
  const perLine = Math.max(20, Math.floor(width / (size * 0.55)));
  let y = home.height + size * 2;
  for (const text of below) {
    for (const line of text.match(new RegExp(`.{1,${perLine}}`, "gsu"))) {
      parts.push(`<text x="0" y="${y}" font-size="${size}" fill="${ink}">${escapeXml(line)}</text>`);
      y += size * 1.5;
    }
  }
  const [w, h] = [width + 48, y + 24];
  return {
    width: w, height: h,
    text: `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="-24 -24 ${w} ${h}" font-family="${escapeXml(style.fontFamily)}">` +
      `<title>${escapeXml(data.opened.sentence)}</title><rect x="-24" y="-24" width="100%" height="100%" fill="${paper}"/>${parts.join("\n")}</svg>`,
  };
}

function takeSvg(view) {
  save(`${view.data.name}.svg`, "image/svg+xml", [drawing(view).text]);
}

function takePng(view) {
  const { text, width, height } = drawing(view);
  const image = new Image();
  image.onload = () => {
    const canvas = element("canvas");
    canvas.width = width * 2;
    canvas.height = height * 2;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(`${view.data.name}.png`, "image/png", [blob]));
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

function takeCsv(view) {
  const quote = (text) => `"${text.replaceAll('"', '""')}"`;
  // A leading apostrophe keeps spreadsheets from running a word such as "=1+1" as a formula.
  const label = (text) => quote(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
  const { matrices, step } = view.data;
  const blocks = matrices.filter((matrix) => step === 0 || matrix.step <= step).map((matrix) => {
    const head = [label(matrix.title), ...matrix.values[0].map((_, column) => label(matrix.columns[column] ?? String(column + 1)))];
    const lines = matrix.values.map((values, row) => [label(matrix.rows[row] ?? String(row + 1)), ...values].join(","));
    return [head.join(","), ...lines].join("\r\n");
  });
  // The byte order mark makes spreadsheets read Chinese as Chinese.
  save(`${view.data.name}.csv`, "text/csv", ["\ufeff", blocks.join("\r\n\r\n")]);
}
