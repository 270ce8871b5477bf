// What a reader takes home of the grid.

function savePng(view) {
  const { data, place } = view;
  const { words } = data;
  const scale = 3;
  savePoster(view, data.name, {
    width: place.width, height: place.height, scale,
    paint: (context) => paint(view, context, scale, null),
    above: [[`↓ ${words.row_title}`, 14], [`→ ${words.column_title}`, 14]],
    below: [[data.finding, 16], [`${words.low} … ${words.high}. ${words.legend}`, 12], [data.source, 12]],
  });
}

function saveCsv({ data }) {
  const head = ["layer", "head", ...data.measures.map((measure) => measure.code)];
  const rows = data.each.map((_, at) => [
    Math.floor(at / data.heads) + 1, (at % data.heads) + 1, ...data.measures.map((measure) => measure.numbers[at]),
  ]);
  saveTable(data.name, [head, ...rows]);
}
