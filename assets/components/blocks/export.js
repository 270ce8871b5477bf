// What a reader takes home of the blocks: their strips as a drawing or a picture, all gates as a table.

const PAPER = { wide: 220, tall: 80, gap: 24, head: 24, foot: 22 };

// All strips as SVG, without the words around them.
function drawBlocks(view) {
  const { blocks, orders, colors, font, data: { across, text } } = view;
  const { wide, tall, gap, head, foot } = PAPER;
  const write = (words, x, y, size) =>
    `<text x="${x}" y="${y}" font-size="${size}" fill="${colors.text}">${escapeXml(words)}</text>`;
  const parts = blocks.map((block, at) => {
    const [left, top] = [(at % across) * (wide + gap), Math.floor(at / across) * (head + tall + foot + gap)];
    const step = wide / block.channels;
    const x = (place) => (place * step).toFixed(2);
    const bars = orders[at].map((channel, place) => `M${x(place)} ${tall}v${(-tall * block.used[channel]).toFixed(2)}h${(0.9 * step).toFixed(2)}V${tall}`);
    const own = orders[at].map((channel, place) => `${place ? "L" : "M"}${x(place + 0.5)} ${(tall * (1 - block.own[channel])).toFixed(2)}`);
    return (
      `<g transform="translate(${left} ${top})">${write(filled(text.block, block), 0, 14, 14)}` +
      `<g transform="translate(0 ${head})"><rect width="${wide}" height="${tall}" fill="${colors.veil}"/>` +
      `<path d="${bars.join("")}" fill="${block.off ? colors.used : colors.own}"/>` +
      (isDotted(view, block) ? `<path d="${own.join("")}" fill="none" stroke="${colors.text}" stroke-width="1.5" stroke-dasharray="1.5 3"/>` : "") +
      `</g>${write(block.note, 0, head + tall + 16, 12)}</g>`
    );
  });
  const width = across * (wide + gap) - gap;
  const height = Math.ceil(blocks.length / across) * (head + tall + foot + gap) - gap;
  const opening = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeXml(font)}">`;
  return { width, height, text: `${opening}<title>${escapeXml(text.sentence)}</title>${parts.join("\n")}</svg>` };
}

function saveSvg(view) {
  save(`${view.data.name}.svg`, "image/svg+xml", [drawBlocks(view).text]);
}

async function savePng(view) {
  const { text, width, height } = drawBlocks(view);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  savePoster(view, view.data.name, {
    width, height, scale: 2,
    paint: (context) => context.drawImage(image, 0, 0, width, height),
    above: [], below: [[view.data.text.sentence, 15]],
  });
}

function saveGates({ data, blocks }) {
  const rows = blocks.flatMap(({ number, own, used }) => [...own].map((gate, channel) => [number, channel + 1, gate, used[channel]]));
  saveTable(data.name, [data.text.columns, ...rows]);
}
