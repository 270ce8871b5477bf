// The smallest set of places that holds a share of the mass (figures/masks.py, keep_mass), its border, and its sentence.

// Sizes from the largest and their running sums: sorted once for the same numbers.
function ranking(values) {
  const sizes = Float32Array.from(values, Math.abs).sort().reverse();
  const sums = new Float64Array(sizes.length);
  let sum = 0;
  for (let i = 0; i < sizes.length; i++) sums[i] = sum += sizes[i];
  return { sizes, sums };
}

// The first place in a sorted row at which `past` holds.
function firstOf(row, past) {
  let [from, until] = [0, row.length];
  while (from < until) {
    const middle = (from + until) >> 1;
    if (past(row[middle])) until = middle;
    else from = middle + 1;
  }
  return from;
}

function keepMass({ sizes, sums }, share) {
  const [count, all] = [sizes.length, sums.at(-1)];
  if (share >= 1 || all === 0) return { threshold: -1, area: 1, held: 1 };
  const threshold = sizes[firstOf(sums, (sum) => sum >= share * all)];
  const places = firstOf(sizes, (size) => size < threshold);
  return { threshold, area: places / count, held: sums[places - 1] / all };
}

// The border between what is kept and what is not, along the sides of pixels, in pixels of the picture.
function traceContour({ data, grid, kept }) {
  const { field, tall, wide } = grid;
  const [width, height] = data.size;
  const inside = (row, column) => Math.abs(field[row * wide + column]) >= kept.threshold;
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
