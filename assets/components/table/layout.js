// Where the columns stand, and what stands at a point of the screen.
//
//   word | k | q × k | q·k | ÷√d | weight      one line a row where there is room,
//   word | q·k | ÷√d | weight  over  k | q × k  two lines a row on a phone.
//
// Only the strips scroll sideways; the word and the three numbers stay.

const BETWEEN = 16; // the strips of k and of the products
const NUMBER_CELL = 46; // a cell wide enough for its number
const FROM = { score: 0, scaled: 1, weight: 2 }; // columns after the 2 x d_k components

function layOut(view, width) {
  const { data, context, font } = view;
  const dimensions = data.dimensions;
  const stacked = width < 640;
  context.font = `14px ${font}`;
  const names = [...data.labels.map((label) => shorten(label, 14)), data.words.q.replace("{word}", () => shorten(data.asks, 10))];
  const longest = Math.max(context.measureText(data.words.word).width, ...names.map((label) => context.measureText(label).width));
  const wordWidth = Math.min(Math.ceil(longest) + 22, stacked ? 0.28 * width : 170);
  const numbers = stacked ? [58, 84, Math.max(96, width - wordWidth - 142)] : [84, 112, 170];
  const right = numbers.reduce((sum, each) => sum + each, 0);
  const room = stacked ? width : width - wordWidth - right;
  const fitting = Math.floor((2 * (room - BETWEEN)) / (2 * dimensions)) / 2;
  const cell = data.numbers ? NUMBER_CELL : Math.max(3, Math.min(16, fitting));
  const strip = dimensions * cell;
  const band = { x: stacked ? 0 : wordWidth, content: 2 * strip + BETWEEN };
  band.width = Math.min(room, band.content);
  const ends = stacked ? [wordWidth, wordWidth] : [band.x + band.width, band.x + band.width];
  const columns = {};
  Object.keys(FROM).forEach((name, at) => {
    columns[name] = { x: ends[1], width: numbers[at] };
    ends[1] += numbers[at];
  });
  const coarse = matchMedia("(pointer: coarse)").matches;
  return {
    stacked, wordWidth, cell, strip, band, columns,
    head: stacked ? 88 : 68,
    row: stacked ? 54 : coarse ? 36 : 27,
    width: Math.max(ends[1], stacked ? width : 0),
    scroll: band.content - band.width, // how far the strips can be scrolled
  };
}

const heightOf = ({ place, data }) => place.head + place.row * data.order.length + 2;

// Left edge of a component's cell on the screen; columns 0 to d_k - 1 are k's, the next d_k the products'.
function cellX({ place, data }, column, left) {
  const { band, strip, cell } = place;
  const within = column < data.dimensions ? column * cell : strip + BETWEEN + (column - data.dimensions) * cell;
  return band.x + within - left;
}

// {row, column} at a point of the canvas; row -1 is q, column -1 the word.
function cellAt(view, x, y) {
  const { place, data, scroller } = view;
  const { head, row, stacked, band, strip, cell, columns } = place;
  const inBand = x >= band.x && x < band.x + band.width;
  const along = x - band.x + scroller.scrollLeft;
  const component = () => {
    if (!inBand || along < 0) return null;
    if (along < strip) return Math.floor(along / cell);
    const after = along - strip - BETWEEN;
    return after >= 0 && after < strip ? data.dimensions + Math.floor(after / cell) : null;
  };
  if (y < head) {
    const column = y >= head - 28 ? component() : null;
    return column !== null && column < data.dimensions ? { row: -1, column } : null;
  }
  const at = Math.floor((y - head + scroller.scrollTop) / row);
  if (at >= data.order.length) return null;
  const onStrips = !stacked || (y - head + scroller.scrollTop) % row >= 25;
  if (onStrips && inBand) {
    const column = component();
    return column === null ? null : { row: at, column };
  }
  const number = Object.entries(columns).find(([, { x: start, width }]) => x >= start && x < start + width);
  if (number) return { row: at, column: 2 * data.dimensions + FROM[number[0]] };
  return x < place.wordWidth ? { row: at, column: -1 } : null;
}
