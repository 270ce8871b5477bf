// What a reader takes home of the table: all rows, also those that are scrolled away.

const LARGEST = 16e6; // dots; more than some browsers can hold on one canvas

function savePng(view) {
  const { data } = view;
  // As wide as it needs to be for one line a row without scrolling.
  const wide = { ...view, cursor: null };
  wide.place = layOut(wide, 1100);
  wide.place = layOut(wide, 1100 + wide.place.scroll);
  const [width, height] = [wide.place.width + 2, heightOf(wide)];
  const text = (selector) => view.find(selector).textContent;
  savePoster(view, data.name, {
    width, height, scale: Math.min(3, Math.sqrt(LARGEST / (width * height))),
    paint: (context) => paint(wide, context, { left: 0, top: 0, height }),
    above: [],
    below: [
      [data.finding, 16], [text(".hidden-rows"), 13], ...checkSums(view).map(({ text, right }) => [`${text} ${right ? "✓" : "✗"}`, 13]),
      [`${text(".vectors-low")} … ${text(".vectors-high")} · ${text(".products-low")} … ${text(".products-high")}`, 12], [data.source, 12],
    ],
  });
}

function saveCsv(view) {
  const { data, numbersOf } = view;
  const dimensions = Array.from({ length: data.dimensions }, (_, i) => i);
  const named = (name) => dimensions.map((i) => `${name} ${i + 1}`);
  const { words } = data;
  const head = [words.word, "position", ...named("k"), ...named("q × k"), words.score, words.scaled, words.weight];
  const asks = [words.q.replace("{word}", () => data.asks), "", ...numbersOf.q];
  const rows = data.order.map((index) => [
    data.labels[index], data.positions[index],
    ...dimensions.map((i) => keyAt(view, index, i)), ...dimensions.map((i) => productAt(view, index, i)),
    numbersOf.scores[index], numbersOf.scaled[index], numbersOf.weights[index],
  ]);
  saveTable(data.name, [head, asks, ...rows]);
}
