// What a reader takes home of the gates: the rows in their order, as a drawing, a picture or a table.

const PAPER = { width: 620, row: 30, thumb: 34, name: 160, path: 96, gap: 14, value: 56 };

// The rows as SVG, without the words around them.
function drawRows({ data, colors, font }) {
  const { width, row: high, thumb, name, path, gap, value } = PAPER;
  const names = data.text.squeezed;
  const left = thumb + 10 + name;
  const gateLeft = left + names.length * (path + gap);
  const gateWide = width - gateLeft - value;
  const accent = colors.gate;
  const write = (text, x, y, anchor, size = 13) =>
    `<text x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}" dominant-baseline="central" fill="${colors.text}">${escapeXml(text)}</text>`;
  const bar = (x, y, wide, tall, share, color) =>
    `<rect x="${x}" y="${y}" width="${wide}" height="${tall}" fill="${colors.border}"/>` +
    `<rect x="${x}" y="${y}" width="${(wide * share).toFixed(2)}" height="${tall}" fill="${color}"/>`;
  const heads = names.map((path_, i) => write(path_, left + i * (path + gap), 10, "start", 12));
  heads.push(write(data.text.gate, gateLeft, 10, "start", 12));
  const parts = data.rows.map((row, at) => {
    const y = 24 + at * high;
    const middle = y + high / 2;
    const marks = [
      `<image href="${row.image}" x="0" y="${y + 2}" width="${thumb}" height="${high - 4}" preserveAspectRatio="xMidYMid meet"/>`,
      write(row.label, thumb + 8, middle, "start"),
      ...row.squeezed.map((number, i) => bar(left + i * (path + gap), middle - 4, path, 8, Math.min(1, number / data.largest), colors.squeezed)),
      bar(gateLeft, middle - 8, gateWide, 16, row.gate, accent),
      write(printed(row.gate, 3) + (row.pulled ? " *" : ""), width, middle, "end"),
    ];
    if (row.pulled) {
      const x = gateLeft + gateWide * row.computed;
      marks.push(`<path d="M${x} ${middle - 11}V${middle + 11}" stroke="${colors.text}" stroke-width="2" stroke-dasharray="3 2"/>`);
    }
    return marks.join("");
  });
  const height = 24 + data.rows.length * high;
  const opening = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeXml(font)}">`;
  return { width, height, text: `${opening}<title>${escapeXml(data.text.sentence)}</title>${heads.join("")}${parts.join("\n")}</svg>` };
}

// The page's colours, and those of the bars.
function withColours(view) {
  const css = getComputedStyle(view.root);
  const colors = { ...view.colors, gate: css.getPropertyValue("--st-primary-color").trim(), squeezed: view.colors.faint };
  return { ...view, colors };
}

const notes = ({ data: { rows, text } }) =>
  rows.filter((row) => row.pulled).map((row) => `* ${row.label}: ${filled(text.pulled, { computed: printed(row.computed, 3) })}`);

function saveSvg(view) {
  const { colors, data } = withColours(view);
  const { width, height, text } = drawRows({ ...view, colors });
  const ruler = document.createElement("canvas").getContext("2d");
  const lines = [data.text.sentence, ...notes(view)].flatMap((said) => wrapText(ruler, said, 14, width, view.font));
  const words = lines.map(
    ({ line }, at) => `<text x="0" y="${height + 24 + 20 * at}" font-size="14" font-family="${escapeXml(view.font)}" fill="${colors.text}">${escapeXml(line)}</text>`
  );
  const [wide, tall] = [width + 40, height + 24 + 20 * lines.length + 40];
  save(`${data.name}.svg`, "image/svg+xml", [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${tall}" viewBox="-20 -20 ${wide} ${tall}">` +
      `<rect x="-20" y="-20" width="100%" height="100%" fill="${colors.paper}"/>${text}${words.join("")}</svg>`,
  ]);
}

async function savePng(view) {
  const { text, width, height } = drawRows(withColours(view));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  savePoster(view, view.data.name, {
    width, height,
    paint: (context) => context.drawImage(image, 0, 0, width, height),
    above: [], below: [[view.data.text.sentence, 15], ...notes(view).map((note) => [note, 12])],
  });
}

function saveCsv({ data }) {
  const { text, rows } = data;
  const head = [text.channel, ...text.squeezed, text.computed, text.gate];
  saveTable(data.name, [head, ...rows.map((row) => [row.label, ...row.squeezed, row.computed, row.gate])]);
}
