// Glimpses of a picture, one after another: which patch was drawn, and how the mean of all so far nears the expectation.
// Every number comes from Python (pages/lessons/hard_views.py); here they are only shown in their order.

const views = new WeakMap();
const PACE = 450; // milliseconds a glimpse
const VEIL = 0.8; // over what has no weight

function build(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  const view = { find, root: find(".glimpses"), scene: find(".scene"), crop: find(".crop"), range: find("input"), at: 1, timer: null };
  view.image = new Image();
  view.image.onload = () => draw(view);
  find(".play").onclick = () => (view.timer ? pause(view) : play(view));
  find(".step").onclick = () => (pause(view), go(view, view.at + 1));
  find(".restart").onclick = () => (pause(view), go(view, 1));
  view.range.oninput = () => (pause(view), go(view, Number(view.range.value)));
  view.observer = new ResizeObserver(() => draw(view));
  view.observer.observe(view.scene);
  return view;
}

function play(view) {
  if (view.at >= view.data.chosen.length) view.at = 0;
  view.timer = setInterval(() => go(view, view.at + 1), PACE);
  go(view, view.at + 1);
}

function pause(view) {
  clearInterval(view.timer);
  view.timer = null;
  label(view);
}

function label({ find, data: { words }, timer }) {
  find(".play").textContent = timer ? words.pause : words.play;
  find(".now p").ariaLive = timer ? "off" : "polite"; // nobody can listen at this pace
}

function go(view, at) {
  const last = view.data.chosen.length;
  view.at = Math.min(at, last);
  if (view.at === last && view.timer) pause(view);
  label(view);
  draw(view);
}

const rgb = (color) => `rgb(${color.map((share) => Math.round(255 * share)).join(",")})`;

function tell(row, swatch, title, text) {
  if (swatch) row.querySelector(".swatch").style.background = rgb(swatch);
  const place = row.querySelector("p");
  const strong = document.createElement("strong");
  strong.textContent = title;
  place.replaceChildren(strong, text);
}

function draw(view) {
  const { find, data, at, image } = view;
  if (!image.complete || !image.naturalWidth) return;
  const { words, chosen, means, expectation } = data;
  const [now, mean] = [chosen[at - 1], means[at - 1]];
  drawScene(view, now);
  drawCrop(view, now);
  const share = `${(100 * data.weights[now]).toFixed(1)} %`;
  const named = filled(words.now, { n: at, all: chosen.length });
  tell(find(".now"), null, named, filled(words.weight, { share }));
  const numbers = (color) => color.map((value) => printed(value, 2)).join(" · ");
  tell(find(".soft"), expectation, words.soft, numbers(expectation));
  tell(find(".mean"), mean, filled(words.mean, { n: at }), numbers(mean));
  const apart = means.map((each) => Math.hypot(...each.map((value, i) => value - expectation[i])));
  find(".apart").textContent = filled(words.apart, { value: printed(apart[at - 1], 3) });
  drawTrail(view, apart);
  view.range.value = at;
}

// The picture, darker where the weight is less; a number where a patch was drawn before; frames around who asks and now.
function drawScene({ scene, data, image, at, colors }, now) {
  const [width, height] = data.size;
  scene.style.aspectRatio = `${width} / ${height}`;
  const ratio = window.devicePixelRatio || 1;
  const scale = (scene.clientWidth * ratio) / width;
  if (!scale) return;
  scene.width = Math.round(width * scale);
  scene.height = Math.round(height * scale);
  const context = scene.getContext("2d");
  context.drawImage(image, 0, 0, scene.width, scene.height);
  const most = Math.max(...data.weights);
  const edges = data.boxes.map((box) => box.map((edge) => Math.round(edge * scale)));
  edges.forEach(([top, left, bottom, right], i) => {
    context.fillStyle = `rgba(16,12,24,${VEIL * (1 - data.weights[i] / most)})`;
    context.fillRect(left, top, right - left, bottom - top);
  });
  const drawn = new Map();
  for (const patch of data.chosen.slice(0, at)) drawn.set(patch, (drawn.get(patch) ?? 0) + 1);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `700 ${13 * ratio}px sans-serif`;
  for (const [patch, count] of drawn) {
    const [top, left, bottom, right] = edges[patch];
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    context.fillStyle = "rgba(16,12,24,0.75)";
    context.beginPath();
    context.arc(x, y, 11 * ratio, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = "#fff";
    context.fillText(count, x, y);
  }
  frame(context, edges[data.asks], "#fff", 2 * ratio, [6 * ratio, 4 * ratio]);
  frame(context, edges[now], "#000", 6 * ratio);
  frame(context, edges[now], colors.accent, 3.5 * ratio);
}

function frame(context, [top, left, bottom, right], color, thickness, dash = []) {
  context.setLineDash(dash);
  context.strokeStyle = color;
  context.lineWidth = thickness;
  context.strokeRect(left, top, right - left, bottom - top);
  context.setLineDash([]);
}

// The distance after each glimpse so far, over all glimpses; its axis is the same at every temperature, but for a chance
// that goes beyond what one glimpse is typically apart where all patches weigh the same.
function drawTrail({ find, at, colors, font, data: { words, apart: typical } }, apart) {
  const canvas = find(".trail");
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const most = Math.max(typical, ...apart);
  const letters = parseFloat(getComputedStyle(canvas).fontSize);
  const write = (text, x, y, textAlign, fillStyle = colors.faint) => {
    Object.assign(context, { font: `${letters}px ${font}`, textBaseline: "middle", textAlign, fillStyle });
    context.fillText(text, x, y);
  };
  const line = (points, strokeStyle, lineWidth) => {
    context.beginPath();
    points.forEach((point) => context.lineTo(...point));
    Object.assign(context, { strokeStyle, lineWidth, lineJoin: "round" });
    context.stroke();
  };
  context.font = `${letters}px ${font}`;
  const left = context.measureText(printed(most, 3)).width + letters / 2;
  const [right, top, bottom] = [width - letters / 2, 2 * letters, height - 1.7 * letters];
  const x = (n) => left + ((right - left) * n) / Math.max(1, apart.length - 1);
  const y = (value) => bottom - ((bottom - top) * value) / (most || 1);
  line([[left, top], [left, bottom], [right, bottom]], colors.faint, 1);
  write(words.trail_y, 0, 0.7 * letters, "left");
  if (most) write(printed(most, 3), left - letters / 3, top, "right");
  write("0", left - letters / 3, bottom, "right");
  const below = height - 0.7 * letters;
  write("1", left, below, "center");
  write(words.trail_x, (left + right) / 2, below, "center");
  write(apart.length, right + letters / 2, below, "right");
  line(apart.slice(0, at).map((value, n) => [x(n), y(value)]), colors.accent, 2);
  context.fillStyle = colors.accent;
  context.beginPath();
  context.arc(x(at - 1), y(apart[at - 1]), 5, 0, 2 * Math.PI);
  context.fill();
}

function drawCrop({ crop, data, image }, now) {
  const [top, left, bottom, right] = data.boxes[now];
  const shown = image.naturalWidth / data.size[0];
  crop.width = crop.height = 192;
  const box = [left, top, right - left, bottom - top].map((edge) => edge * shown);
  crop.getContext("2d").drawImage(image, ...box, 0, 0, crop.width, crop.height);
}

export default function ({ parentElement, data }) {
  const view = views.get(parentElement) ?? build(parentElement);
  views.set(parentElement, view);
  Object.assign(view, { data, ...pageStyle(view.root) });
  view.at = Math.min(view.at, data.chosen.length);
  view.range.max = data.chosen.length;
  view.find(".scrub span").textContent = data.words.scrub;
  view.scene.setAttribute("aria-label", data.words.sentence);
  view.find(".step").textContent = data.words.step;
  view.find(".restart").textContent = data.words.restart;
  label(view);
  if (view.image.src !== data.picture) view.image.src = data.picture;
  draw(view);
  return () => {
    view.observer.disconnect();
    clearInterval(view.timer);
  };
}
