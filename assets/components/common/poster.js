// A picture to take home: what a component draws, with its words above and below, on the page's own paper.

const LINE_HEIGHT = 1.45; // of the letters' size

// `paint(context)` draws something `width` x `height` CSS pixels; `above` and `below` are [[text, size], ...].
function savePoster(view, name, { width, height, paint, above, below, scale = 3 }) {
  const { colors, font } = view;
  const edge = 24;
  const wide = Math.max(width, 420);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const wrap = (texts) => texts.filter(([text]) => text).flatMap(([text, size]) => wrapText(context, text, size, wide, font));
  const [head, foot] = [wrap(above), wrap(below)];
  const tall = (lines) => lines.reduce((sum, { size }) => sum + size * LINE_HEIGHT, 0);
  canvas.width = (wide + 2 * edge) * scale;
  canvas.height = (tall(head) + 10 + height + 14 + tall(foot) + 2 * edge) * scale;
  context.scale(scale, scale);
  context.fillStyle = colors.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(edge, edge);
  const write = (lines) => {
    for (const { line, size } of lines) {
      context.font = `${size}px ${font}`;
      context.fillStyle = colors.text;
      context.textAlign = "left";
      context.textBaseline = "top";
      context.fillText(line, 0, 0);
      context.translate(0, size * LINE_HEIGHT);
    }
  };
  write(head);
  context.translate(0, 10);
  context.save();
  paint(context);
  context.restore();
  context.translate(0, height + 14);
  write(foot);
  canvas.toBlob((blob) => save(`${name}.png`, "image/png", [blob]));
}

// A table to take home.
function saveTable(name, rows) {
  const quote = (text) => `"${text.replaceAll('"', '""')}"`;
  // A leading apostrophe keeps spreadsheets from running a word such as "=1+1" as a formula.
  const cell = (value) => (typeof value === "number" ? String(value) : quote(/^[=+\-@\t\r]./.test(value) ? `'${value}` : value));
  // The byte order mark makes spreadsheets read Chinese as Chinese.
  save(`${name}.csv`, "text/csv", ["\ufeff", rows.map((row) => row.map(cell).join(",")).join("\r\n")]);
}

// The buttons under a component: `make` has what each tool does.
function writeTools(view, box, make) {
  box.replaceChildren(
    ...Object.entries(view.data.tools).map(([name, words]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words.label;
      button.title = words.help;
      button.onclick = () => make[name](view, button, words);
      return button;
    })
  );
}
