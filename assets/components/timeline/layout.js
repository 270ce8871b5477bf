// Where everything stands: in one row where there is room, else in three bands. All lengths are CSS pixels.

const WIDE = 900;
const MOST = 54; // of a cell

// What is drawn, block by block: { x, y (of its first row), cell (width), rows of height `h` every `pitch` }. `scale` is
// how much larger than usual the page's letters are.
function layOut(width, count, size, scale) {
  return width >= WIDE * scale ? inOneRow(width, count, size, scale) : inBands(width, count, size);
}

function inOneRow(width, count, size, scale) {
  const [label, gap, h] = [104 * scale, 24, 42 * scale];
  const [over, top] = [22 * scale, h + 54 * scale];
  const pitch = h + 6;
  const shapes = { // columns, and the width of each in units: numbers with decimals take more
    keys: [size, 1], products: [size, 1], scores: [1, 1.25], scaled: [1, 1.25], raised: [1, 1.25], weights: [1, 1.25],
    values: [size, 1], taken: [size, 1.2],
  };
  const units = Object.values(shapes).reduce((sum, [columns, each]) => sum + columns * each, 0);
  const unit = Math.min(MOST * scale, (width - label - 7 * gap) / units);
  const blocks = {};
  let x = label;
  for (const [name, [columns, each]] of Object.entries(shapes)) {
    blocks[name] = { x, y: top, cell: each * unit, width: columns * each * unit };
    x += columns * each * unit + gap;
  }
  const end = top + count * pitch;
  blocks.query = { ...blocks.keys, y: over };
  blocks.output = { ...blocks.taken, y: end + 30 };
  const labels = [{ x: label, y: top }];
  return { blocks, labels, h, pitch, font: 16 * scale, small: 15 * scale, head: 12 * scale, height: end + 30 + h + 4 };
}

function inBands(width, count, size) {
  const [label, gap, h] = [width < 480 ? 50 : 104, 10, 34];
  const pitch = h + 4;
  const body = width - label - 2;
  const cell = Math.min(MOST, (body - 2 * gap) / (2 * size + 1.2));
  const slim = Math.min(MOST, (0.37 * body) / size); // values are whole numbers, what is taken has decimals
  const broad = Math.min(1.3 * MOST, (body - gap) / size - slim);
  const tops = [76, 0, 0];
  tops[1] = tops[0] + count * pitch + 26;
  tops[2] = tops[1] + count * pitch + 26;
  const across = (x, y, cells, each) => ({ x: label + x, y, cell: each, width: cells * each });
  const second = size * cell + gap;
  const blocks = {
    keys: across(0, tops[0], size, cell),
    products: across(second, tops[0], size, cell),
    scores: across(second + size * cell + gap, tops[0], 1, 1.2 * cell),
    scaled: across(0, tops[1], 1, 0.2 * body),
    raised: across(0.2 * body + gap, tops[1], 1, 0.2 * body),
    weights: across(0.4 * body + 2 * gap, tops[1], 1, Math.min(0.6 * body - 2 * gap, 6 * MOST)),
    values: across(0, tops[2], size, slim),
    taken: across(size * slim + gap, tops[2], size, broad),
  };
  const end = tops[2] + count * pitch;
  blocks.query = { ...blocks.keys, y: 18 };
  blocks.output = { ...blocks.taken, y: end + 24 };
  const labels = tops.map((y) => ({ x: label, y }));
  return { blocks, labels, h, pitch, font: 14, small: 11.5, head: 12, height: end + 24 + h + 4 };
}

const placeOf = ({ blocks, h, pitch }, name, row, column) => {
  const { x, y, cell } = blocks[name];
  return { x: x + column * cell + 1.5, y: y + row * pitch, w: cell - 3, h };
};
