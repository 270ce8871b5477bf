// The weights of a softmax over distance bins as four small bar charts, one a side of a box; a click opens one. Python
// sends figures/boxes.py's bins_payload; the opened side goes back as `opened`.

const mounted = new WeakMap();

function makeSide(view) {
  const button = part(view.box, "button", "side");
  button.type = "button";
  button.setAttribute("role", "radio");
  const [name, sum, plot, ticks] = ["name", "sum", "plot", "ticks"].map((kind) => part(button, "span", kind));
  const at = view.sides.length;
  button.onclick = () => open(view, at);
  button.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    open(view, (at + step + view.sides.length) % view.sides.length);
  };
  return { button, name, sum, plot, ticks };
}

function open(view, at) {
  view.data.opened = at; // marked at once; Python's answer follows
  mark(view);
  view.sides[at].button.focus();
  view.setTriggerValue("opened", at);
}

function mark({ sides, data }) {
  sides.forEach(({ button }, at) => {
    button.setAttribute("aria-checked", String(at === data.opened));
    button.tabIndex = at === data.opened ? 0 : -1;
  });
}

// One scale for all four sides.
function write({ name, sum, plot, ticks, button }, data, highest) {
  name.textContent = data.name;
  sum.textContent = data.sum;
  const largest = Math.max(...data.weights);
  plot.replaceChildren();
  ticks.replaceChildren();
  data.weights.forEach((weight, at) => {
    const bar = part(plot, "span", "bar");
    bar.style.height = `${(100 * weight) / highest}%`;
    bar.title = `${at}: ${exactly(weight, 3)}`;
    if (weight === largest) part(bar, "span").textContent = weight.toFixed(2); // the others are told on hover
    part(ticks, "span").textContent = at;
  });
  const mean = part(plot, "span", "mean");
  mean.style.left = `${(100 * (data.mean + 0.5)) / data.weights.length}%`;
  button.setAttribute("aria-label", `${data.name}: ${data.sum}`);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".bins");
  const view = mounted.get(parentElement) ?? { box: root.querySelector(".sides"), sides: [] };
  mounted.set(parentElement, view);
  Object.assign(view, { data, setTriggerValue });
  const { theme, colors } = pageStyle(root);
  root.style.setProperty("--weights", STOPS.sequential[theme][3]);
  root.style.setProperty("--accent", colors.accent);
  root.hidden = false;
  while (view.sides.length < data.sides.length) view.sides.push(makeSide(view));
  const highest = Math.max(...data.sides.flatMap(({ weights }) => weights));
  view.sides.forEach((side, at) => write(side, data.sides[at], highest));
  view.box.setAttribute("aria-label", data.label);
  mark(view);
}
