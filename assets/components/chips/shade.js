// What a word's chip shows: the weight of the row (what the active word looks at) or of the column (who looks at it).

const SHORT = 64; // words; longer texts print fewer numbers
const NUMBERED = 12; // chips of a long text that have their number printed
const PRINTED_FROM = 0.005; // smaller weights are not printed under a chip
const TICK_FROM = 0.05; // a head has a tick under a chip from here on
const NONE = [];

// The heads that are drawn: all, or the one whose entry in the legend is pointed at.
const drawnHeads = (view) => (view.solo == null ? [...Array(view.heads).keys()] : [view.solo]);

const activeWord = (view) => view.hovered ?? view.pinned;

// Where a head's weights between the active word and the others stand: a row, or a column where those are shown who
// look at the word.
function lineOf(view, head, active) {
  const size = view.data.words.length;
  const begin = head * size * size;
  return view.data.direction === "in" ? { begin: begin + active, stride: size } : { begin: begin + active * size, stride: 1 };
}

function weightOf(view, head, active, other) {
  const { begin, stride } = lineOf(view, head, active);
  return view.weights[begin + other * stride];
}

// For every word the largest weight over the heads drawn, the head that gives it, and the heads worth a tick.
function strongestOver(view, active) {
  const values = new Float32Array(view.data.words.length);
  const heads = new Uint8Array(values.length);
  const ticked = [];
  for (const head of active == null ? [] : drawnHeads(view)) {
    const { begin, stride } = lineOf(view, head, active);
    for (let other = 0; other < values.length; other++) {
      const weight = view.weights[begin + other * stride];
      if (weight >= TICK_FROM && view.heads > 1) (ticked[other] ??= []).push(head);
      if (weight <= values[other]) continue;
      values[other] = weight;
      heads[other] = head;
    }
  }
  return { values, heads, ticked };
}

const strongest = (values) => values.reduce((best, value, i) => (value > values[best] ? i : best), 0);

// From this weight on a chip has its number printed.
function printedFrom(values) {
  if (values.length <= SHORT) return PRINTED_FROM;
  return Math.max(PRINTED_FROM, Float32Array.from(values).sort().at(-NUMBERED));
}

// "80 %", "9.3 %": as figures/numbers.py says it.
function percent(weight) {
  const value = 100 * weight;
  const decimals = value >= 99.95 || (value >= 9.95 && value < 99) ? 0 : 1;
  return `${value.toFixed(decimals)}\u00a0%`;
}

const linear = (value) => (value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);

// Black or white letters, whichever stand out more: never below a contrast of 4.5.
function inkFor(r, g, b) {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) > 0.179 ? "#000000" : "#ffffff";
}

// 256 colours with their ink, from a flat RGB table.
function shades(table) {
  return Array.from({ length: 256 }, (_, i) => {
    const [r, g, b] = table.subarray(3 * i, 3 * i + 3);
    return { paper: `rgb(${r},${g},${b})`, ink: inkFor(r, g, b) };
  });
}

// From the scale's own paper to a head's hue.
function hueTable(hue, theme) {
  const [from, to] = [STOPS.sequential[theme][0], hue].map(channels);
  return Uint8Array.from({ length: 256 * 3 }, (_, i) => Math.round(from[i % 3] + (Math.floor(i / 3) / 255) * (to[i % 3] - from[i % 3])));
}

// One scale for one matrix; where several heads are drawn together, one a head in its hue.
function prepareColours(view) {
  const { theme, data } = view;
  view.hues = data.heads.map((number) => HUES[theme][(number - 1) % HUES[theme].length]);
  const tables = view.hues.length ? view.hues.map((hue) => hueTable(hue, theme)) : [lookupTable("sequential", theme)];
  view.tables = tables;
  view.shades = tables.map(shades);
  view.lineColors = view.hues.length ? view.hues : [STOPS.sequential[theme][4]];
}

// Hues side by side.
function ticks(view, heads) {
  const part = (at) => `${((100 * at) / heads.length).toFixed(2)}%`;
  const stops = heads.map((head, at) => `${view.hues[head]} ${part(at)} ${part(at + 1)}`);
  return heads.length ? `linear-gradient(90deg, ${stops.join(", ")})` : "";
}

// The index of a weight's colour. Long texts have 32 shades: most of their words then stay as they are from one word
// pointed at to the next.
function shadeOf(weight, { data }) {
  const index = tableIndex(weight, [0, data.top]);
  return data.words.length <= SHORT ? index : Math.min(255, 8 * Math.round(index / 8));
}

// Colours and numbers of all chips. Only what is different is touched, so that pointing stays instant in long texts.
function paint(view) {
  const active = activeWord(view);
  const { values, heads, ticked } = strongestOver(view, active);
  const from = printedFrom(values);
  view.chips.forEach((chip, i) => {
    const shade = shadeOf(values[i], view);
    const level = shade && heads[i] * 256 + shade;
    if (chip.level !== level) {
      const { paper, ink } = view.shades[heads[i]][shade];
      chip.button.style.backgroundColor = paper;
      if (chip.ink !== ink) chip.button.style.color = chip.ink = ink;
      chip.level = level;
    }
    const share = values[i] >= from ? percent(values[i]) : "";
    if (chip.said !== share) chip.share.textContent = chip.said = share;
    const seen = ticked[i] ?? NONE;
    if (String(chip.seen) !== String(seen)) chip.ticks.style.backgroundImage = ticks(view, (chip.seen = seen));
    const pointed = i === view.hovered;
    if (chip.pointed !== pointed) chip.button.classList.toggle("pointed", (chip.pointed = pointed));
  });
  if (view.data.lines) drawLines(view, active);
}
