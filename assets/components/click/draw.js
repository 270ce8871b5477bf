// The picture, what the network takes for the object, and the reader's clicks and box on it.

const TALLEST = 480; // CSS pixels, as the mask viewer's, so that both pictures are of one size
const TINT = 0.3;
const CHECKS = 8; // CSS pixels of a square behind a cut-out
const RADIUS = 8; // CSS pixels of a click

function layOut({ picture: { size } }, width) {
  const scale = Math.min(width / size[0], TALLEST / size[1]);
  return { scale, width: size[0] * scale, height: size[1] * scale };
}

// A canvas as large as the one on the page, drawn by `paint`.
function sheet({ canvas }, paint) {
  const made = document.createElement("canvas");
  Object.assign(made, { width: canvas.width, height: canvas.height });
  paint(made.getContext("2d"), made.width, made.height);
  return made;
}

const silhouette = (view, color) =>
  sheet(view, (context, width, height) => {
    context.drawImage(view.mask.image, 0, 0, width, height);
    context.globalCompositeOperation = "source-in";
    context.fillStyle = color;
    context.fillRect(0, 0, width, height);
  });

// A ring of some device pixels around the object: its silhouette pushed to all sides, without itself.
const ring = (view, color, thickness) =>
  sheet(view, (context, width, height) => {
    const shape = silhouette(view, color);
    for (let turn = 0; turn < 16; turn++) {
      const angle = (turn / 16) * 2 * Math.PI;
      context.drawImage(shape, thickness * Math.cos(angle), thickness * Math.sin(angle));
    }
    context.globalCompositeOperation = "destination-out";
    context.drawImage(view.mask.image, 0, 0, width, height);
  });

// What lies over the picture for a mask, made once a mask and size.
function layersOf(view) {
  const wanted = `${view.canvas.width} ${view.told.shows}`;
  if (view.mask.layersFor === wanted) return view.mask.layers;
  const ratio = window.devicePixelRatio || 1;
  const layers =
    view.told.shows === "cut"
      ? { cut: cutOut(view, ratio) }
      : {
          tint: silhouette(view, MATRIX.dark.Z), dark: ring(view, "rgba(20, 18, 27, 0.85)", 3.5 * ratio),
          light: ring(view, "#ffffff", 2 * ratio),
        };
  Object.assign(view.mask, { layersFor: wanted, layers });
  return layers;
}

// The object alone, on the squares that stand for nothing.
const cutOut = (view, ratio) =>
  sheet(view, (context, width, height) => {
    context.drawImage(view.image, 0, 0, width, height);
    context.globalCompositeOperation = "destination-in";
    context.drawImage(view.mask.image, 0, 0, width, height);
    context.globalCompositeOperation = "destination-over";
    const side = CHECKS * ratio;
    for (let row = 0; row * side < height; row++) {
      for (let column = 0; column * side < width; column++) {
        context.fillStyle = (row + column) % 2 ? "#ffffff" : "#d9d7de";
        context.fillRect(column * side, row * side, side, side);
      }
    }
  });

function drawMask(view) {
  const { context, place } = view;
  const layers = layersOf(view);
  const over = (layer, alpha) => {
    context.globalAlpha = alpha;
    context.drawImage(layer, 0, 0, place.width, place.height);
  };
  // Until the answer to a new click is there, the last one is faint.
  const answered = codeOf(view.asked) === codeOf(view.told);
  if (layers.cut) over(layers.cut, answered ? 1 : 0.6);
  else {
    over(layers.tint, answered ? TINT : TINT / 3);
    over(layers.dark, answered ? 1 : 0.4);
    over(layers.light, answered ? 1 : 0.4);
  }
  context.globalAlpha = 1;
}

// A click: a plus, or a minus in another colour and shape for "not this". The one that asks has a ring.
function drawPoint({ context, place }, [x, y, wanted], asks) {
  const at = [(x + 0.5) * place.scale, (y + 0.5) * place.scale];
  context.beginPath();
  if (wanted) context.arc(...at, RADIUS, 0, 2 * Math.PI);
  else context.rect(at[0] - RADIUS, at[1] - RADIUS, 2 * RADIUS, 2 * RADIUS);
  context.fillStyle = wanted ? MATRIX.light.Q : "#a50f4a";
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = "#ffffff";
  context.stroke();
  context.beginPath();
  context.moveTo(at[0] - 4, at[1]);
  context.lineTo(at[0] + 4, at[1]);
  if (wanted) {
    context.moveTo(at[0], at[1] - 4);
    context.lineTo(at[0], at[1] + 4);
  }
  context.stroke();
  if (!asks) return;
  for (const [width, color] of [[4, "#ffffff"], [2, MATRIX.light.Q]]) {
    context.lineWidth = width;
    context.strokeStyle = color;
    context.beginPath();
    context.arc(...at, RADIUS + 5, 0, 2 * Math.PI);
    context.stroke();
  }
}

function drawBox({ context, place }, [left, top, right, bottom]) {
  const at = [left, top, right - left, bottom - top].map((edge) => edge * place.scale);
  for (const [width, color] of [[5, "#ffffff"], [2.5, MATRIX.light.Q]]) {
    context.lineWidth = width;
    context.strokeStyle = color;
    context.strokeRect(...at);
  }
}

function drawCursor({ context, place, cursor }) {
  const at = cursor.map((part) => (part + 0.5) * place.scale);
  for (const [width, color] of [[4, "rgba(20, 18, 27, 0.8)"], [1.5, "#ffffff"]]) {
    context.lineWidth = width;
    context.strokeStyle = color;
    context.beginPath();
    for (const [x, y] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(at[0] + 4 * x, at[1] + 4 * y);
      context.lineTo(at[0] + 16 * x, at[1] + 16 * y);
    }
    context.stroke();
  }
}

function draw(view) {
  const { canvas, context, place, image, told, asked } = view;
  const ratio = window.devicePixelRatio || 1;
  const size = [Math.round(place.width * ratio), Math.round(place.height * ratio)];
  if (canvas.width !== size[0] || canvas.height !== size[1]) Object.assign(canvas, { width: size[0], height: size[1] });
  canvas.style.width = `${place.width}px`;
  canvas.style.height = `${place.height}px`;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, place.width, place.height);
  if (!image.complete) return;
  context.drawImage(image, 0, 0, place.width, place.height);
  if (!asked || !fits(view)) return; // in a view that is made anew the picture comes first
  if (view.mask && told.shows !== "nothing") drawMask(view);
  if (view.drag ?? asked.box) drawBox(view, view.drag ?? asked.box);
  asked.points.forEach((point, at) => drawPoint(view, point, at === told.asks));
  if (view.cursor) drawCursor(view);
}
