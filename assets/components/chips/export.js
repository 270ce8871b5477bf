// What the reader takes home: the sentence as it stands on the screen, as a drawing, a picture or a table.

const EDGE = 24;

function chipSvg(view, i) {
  const { data, chips, place, colors, theme } = view;
  const { left, top, width, bottom, middle, below } = place[i];
  const { button, share, said, seen } = chips[i];
  const style = getComputedStyle(button);
  const size = parseFloat(style.fontSize);
  const frame = i === data.asks ? [MATRIX[theme].Q, 3] : data.looks.includes(i) ? [MATRIX[theme].K, 3] : [colors.border, 1];
  const letters = data.masked.includes(i) ? 'text-decoration="line-through"' : "";
  const parts = [
    `<rect x="${left}" y="${top}" width="${width}" height="${bottom - top}" rx="7" fill="${style.backgroundColor}" stroke="${frame[0]}" stroke-width="${frame[1]}"/>`,
    `<text x="${middle}" y="${(top + bottom) / 2}" font-size="${size}" font-weight="${style.fontWeight}" fill="${style.color}" text-anchor="middle" dominant-baseline="central" ${letters}>${escapeXml(shorten(data.words[i], Math.max(3, Math.floor((width / size) * 1.8))))}</text>`,
  ];
  if (said) parts.push(`<text x="${middle}" y="${below - (view.heads > 1 ? 9 : 4)}" font-size="${parseFloat(getComputedStyle(share).fontSize)}" fill="${colors.faint}" text-anchor="middle">${said}</text>`);
  seen.forEach((head, at) => {
    const part = width / seen.length;
    parts.push(`<rect x="${(left + at * part).toFixed(1)}" y="${below - 5}" width="${part.toFixed(1)}" height="5" fill="${view.hues[head]}"/>`);
  });
  return parts.join("");
}

// The heads with their hues, on as many lines as they need.
function headsSvg(view, width, top, size) {
  const across = 88;
  const columns = Math.max(1, Math.floor(width / across));
  const parts = view.heads === 1 ? [] : view.data.heads.map((number, at) => {
    const [x, y] = [(at % columns) * across, top + Math.floor(at / columns) * size * 1.7];
    return `<rect x="${x}" y="${y}" width="12" height="12" rx="3" fill="${view.hues[at]}"/><text x="${x + 18}" y="${y + 11}" font-size="${size}" fill="${view.colors.text}">${escapeXml(view.data.text.head.replace("{head}", number))}</text>`;
  });
  return { parts, height: Math.ceil(parts.length / columns) * size * 1.7 };
}

function drawing(view) {
  const { data, colors, font, ground } = view;
  measure(view);
  const width = Math.max(320, ground.width);
  const parts = [...(data.lines ? linesSvg(view, view.pinned) : []), ...view.chips.map((_, i) => chipSvg(view, i))];
  let y = ground.height + 16;
  const heads = headsSvg(view, width, y, 13);
  parts.push(...heads.parts);
  y += heads.height + 20;
  for (const { line, size } of [...wrapText(view.context, data.sentence, 16, width, font), ...wrapText(view.context, data.source, 12, width, font)]) {
    parts.push(`<text x="0" y="${y}" font-size="${size}" fill="${colors.text}">${escapeXml(line)}</text>`);
    y += size * 1.5;
  }
  const [wide, high] = [width + 2 * EDGE, y + 2 * EDGE - 10];
  return {
    wide, high,
    text: `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="${-EDGE} ${-EDGE} ${wide} ${high}" font-family="${escapeXml(font)}"><title>${escapeXml(data.sentence)}</title><rect x="${-EDGE}" y="${-EDGE}" width="100%" height="100%" fill="${colors.paper}"/>${parts.join("\n")}</svg>`,
  };
}

function saveSvg(view) {
  save(`${view.data.name}.svg`, "image/svg+xml", [drawing(view).text]);
}

function savePng(view) {
  const { text, wide, high } = drawing(view);
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    const scale = Math.min(3, Math.sqrt(3e7 / (wide * high))); // browsers refuse very large pictures
    canvas.width = wide * scale;
    canvas.height = high * scale;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(`${view.data.name}.png`, "image/png", [blob]));
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

// A line a head: the pinned word's weights, the way round that is shown.
function saveCsv(view) {
  const { data, pinned } = view;
  const word = data.direction === "in" ? `→ ${data.words[pinned]}` : `${data.words[pinned]} →`;
  const heads = view.heads > 1 ? data.heads.map((number) => ` · ${data.text.head.replace("{head}", number)}`) : [""];
  saveTable(data.name, [
    ["", ...data.words],
    ...heads.map((named, head) => [word + named, ...data.words.map((_, i) => weightOf(view, head, pinned, i))]),
  ]);
}
