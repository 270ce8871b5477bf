// The gates of one block as a strip: a bar a channel, from 0 at the bottom to 1 at the top.

// The channels as they stand from left to right.
function orderOf(block, sorted) {
  const order = [...block.own.keys()];
  return sorted ? order.sort((a, b) => block.own[b] - block.own[a]) : order;
}

// Every column of pixels shows the channels that fall into it: full up to the lowest gate, paler up to the highest.
function drawBars(context, gates, order, width, height, color) {
  const columns = Math.min(Math.round(width), order.length);
  const wide = width / columns;
  context.fillStyle = color;
  for (let at = 0; at < columns; at++) {
    const first = Math.floor((at * order.length) / columns);
    const last = Math.max(first + 1, Math.floor(((at + 1) * order.length) / columns));
    const here = order.slice(first, last).map((channel) => gates[channel]);
    for (const [gate, alpha] of [[Math.max(...here), 0.45], [Math.min(...here), 1]]) {
      context.globalAlpha = alpha;
      context.fillRect(at * wide, height * (1 - gate), wide * (wide > 3 ? 0.85 : 1), height * gate);
    }
  }
  context.globalAlpha = 1;
}

// The gates that the block has while all are on, as a dotted line over those it uses now.
function drawOwn(context, gates, order, width, height, color) {
  context.fillStyle = color;
  const step = Math.max(1, Math.round((3 * order.length) / width));
  for (let at = 0; at < order.length; at += step) {
    context.fillRect(((at + 0.5) * width) / order.length - 1, height * (1 - gates[order[at]]) - 1, 2, 2);
  }
}

function drawStrip(canvas, block, { order, channel, colors, dotted }) {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!width) return;
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.fillStyle = colors.veil;
  context.fillRect(0, 0, width, height);
  drawBars(context, block.used, order, width, height, block.off ? colors.used : colors.own);
  if (dotted) drawOwn(context, block.own, order, width, height, colors.text);
  if (channel === null) return;
  const x = ((order.indexOf(channel) + 0.5) * width) / order.length;
  context.fillStyle = colors.accent;
  context.fillRect(x - 1, 0, 2, height);
}
