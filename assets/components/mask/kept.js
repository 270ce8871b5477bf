// The smallest set of places that holds a share of the mass (figures/masks.py, keep_mass), its border, and its sentence.

// Sizes from the smallest, and the sums of each and all larger ones: sorted once for the same numbers.
function ranking(values) {
  const sizes = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) sizes[i] = Math.abs(values[i]);
  sortSizes(sizes);
  const sums = new Float64Array(sizes.length + 1);
  for (let i = sizes.length; i--; ) sums[i] = sums[i + 1] + sizes[i];
  return { sizes, sums };
}

// In place, half of the bits at a time: those of numbers from 0 up have the numbers' order. Several times as fast as sort().
function sortSizes(sizes) {
  let [from, to] = [new Uint32Array(sizes.buffer), new Uint32Array(sizes.length)];
  for (const shift of [0, 16]) {
    const places = new Uint32Array(65537);
    for (const bits of from) places[((bits >>> shift) & 65535) + 1]++;
    for (let i = 1; i <= 65536; i++) places[i] += places[i - 1];
    for (const bits of from) to[places[(bits >>> shift) & 65535]++] = bits;
    [from, to] = [to, from];
  }
}

// How many of a sorted row come before the first at which `past` holds.
function before(row, past) {
  let [from, until] = [0, row.length];
  while (from < until) {
    const middle = (from + until) >> 1;
    if (past(row[middle])) until = middle;
    else from = middle + 1;
  }
  return from;
}

function keepMass({ sizes, sums }, share) {
  const [count, all] = [sizes.length, sums[0]];
  if (share >= 1 || all === 0) return { threshold: 0, area: 1, held: 1 };
  const threshold = sizes[before(sums, (sum) => sum < share * all) - 1];
  const first = before(sizes, (size) => size >= threshold);
  return { threshold, area: 1 - first / count, held: sums[first] / all };
}

// The border between what is kept and what is not, along the sides of pixels, in pixels of the picture.
function traceContour({ data, values, kept }) {
  const { rows: tall, columns: wide } = data;
  const [width, height] = data.size;
  const inside = (row, column) => Math.abs(values[row * wide + column]) >= kept.threshold;
  const path = new Path2D();
  // Along each line between two rows (or columns), one stroke from where the border begins to where it ends.
  const trace = (lines, along, differs, to) => {
    for (let line = 1; line < lines; line++) {
      let began = -1;
      for (let at = 0; at <= along; at++) {
        const here = at < along && differs(line, at);
        if (here && began < 0) began = at;
        if (!here && began >= 0) {
          path.moveTo(...to(line, began));
          path.lineTo(...to(line, at));
          began = -1;
        }
      }
    }
  };
  trace(tall, wide, (y, x) => inside(y - 1, x) !== inside(y, x), (y, x) => [(x * width) / wide, (y * height) / tall]);
  trace(wide, tall, (x, y) => inside(y, x - 1) !== inside(y, x), (x, y) => [(x * width) / wide, (y * height) / tall]);
  return path;
}

// A share in percent: as figures/numbers.py says it.
function inPercent(share) {
  const value = 100 * share;
  const decimals = value >= 99.95 || value === 0 ? 0 : value >= 10 && value < 99 ? 0 : value >= 0.95 ? 1 : 2;
  const text = value.toFixed(decimals);
  return `${Number(text) || value === 0 ? text : "< 0.01"}\u00a0%`;
}

function keptSentence({ data, kept }) {
  if (kept.area === 1 && kept.held === 1) return data.words.all;
  return data.words.kept
    .replace("{held}", inPercent(kept.held))
    .replace("{area}", inPercent(kept.area))
    .replace("{threshold}", exactly(kept.threshold, data.decimals));
}
