// Drawing: the layers of a look, cut to the window, and what lies over them.

const CRISP = 4; // times as close as the whole picture: from here on pixels are told apart

// One layer as far as it is in view.
function put({ context, data, place }, image, [left, top], { alpha = 1, blocks = false } = {}) {
  const { first, share, wide, high } = place;
  context.imageSmoothingEnabled = !blocks && share > 1 / CRISP;
  context.globalAlpha = alpha;
  const [x, y] = [(first[1] / data.columns) * image.width, (first[0] / data.rows) * image.height];
  context.drawImage(image, x, y, share * image.width, share * image.height, left, top, wide, high);
  context.globalAlpha = 1;
}

const LOOKS = {
  original: (view, panel) => put(view, view.loaded.picture.canvas, panel),
  overlay(view, panel) {
    put(view, view.loaded.picture.canvas, panel);
    putColours(view, panel, settings.opacity / 100);
    putKept(view, panel, "veil");
  },
  mask(view, panel) {
    putColours(view, panel, 1);
    putKept(view, panel, "flat");
  },
  result(view, panel) {
    put(view, layer(view, "result"), panel);
    putKept(view, panel, "veil");
  },
};

function putColours(view, panel, alpha) {
  const blocks = view.data.columns < view.data.size[0];
  put(view, layer(view, "colours"), panel, { alpha, blocks });
}

function putKept(view, panel, veil) {
  if (view.kept.area === 1) return;
  put(view, layer(view, veil), panel, { blocks: true });
  if (settings.contour === "on") strokeContour(view, panel);
}

function strokeContour(view, [left, top]) {
  const { context, data, place } = view;
  const scale = place.wide / place.share / data.size[0];
  const path = layer(view, "contour");
  context.save();
  context.translate(left - place.first[1] * place.cellWidth, top - place.first[0] * place.cellHeight);
  context.scale(scale, scale);
  context.lineCap = "square";
  for (const [color, thickness] of [["#000000", 3], ["#ffffff", 1.25]]) {
    context.strokeStyle = color;
    context.lineWidth = thickness / scale;
    context.stroke(path);
  }
  context.restore();
}

function frame({ context, place }, [row, column], [left, top], color, thickness) {
  const { cellWidth, cellHeight } = place;
  const inset = Math.max(0, 9 - cellWidth) / 2; // pixels are tiny
  context.lineWidth = thickness;
  context.strokeStyle = color;
  const [x, y] = [left + xOf(place, column) - inset, top + yOf(place, row) - inset];
  context.strokeRect(x, y, cellWidth + 2 * inset, cellHeight + 2 * inset);
}

function within({ context, place }, [left, top], draws) {
  context.save();
  context.beginPath();
  context.rect(left, top, place.wide, place.high);
  context.clip();
  draws();
  context.restore();
}

function draw(view) {
  const { canvas, context, place, data, colors, cursor } = view;
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(place.width * ratio), Math.round(place.height * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  canvas.style.width = `${place.width}px`;
  canvas.style.height = `${place.height}px`;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, place.width, place.height);
  const look = lookOf(view);
  place.panels.forEach((panel, at) =>
    within(view, panel, () => {
      LOOKS[{ pair: at ? otherOf(view) : "original", swipe: otherOf(view) }[look] ?? look](view, panel);
      if (look === "swipe") drawOriginal(view, panel);
      if (cursor) frame(view, cursor, panel, colors.text, 1.5);
      if (data.chosen) {
        frame(view, data.chosen, panel, colors.paper, 5);
        frame(view, data.chosen, panel, colors.accent, 3);
      }
    })
  );
}

// Left of the divider, the picture as it is.
function drawOriginal(view, panel) {
  const { context, place } = view;
  context.save();
  context.beginPath();
  context.rect(0, 0, view.divider * place.wide, place.high);
  context.clip();
  LOOKS.original(view, panel);
  context.restore();
}
