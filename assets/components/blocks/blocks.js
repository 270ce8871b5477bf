// The squeeze-and-excitation blocks of a network along its line, with their gates. Python sends
// figures/off_blocks.py's payload; a block's switch goes back as `turned` (its number), a channel as `chosen`.

const views = new WeakMap();
const BRANCH = "M14 14V60H88V14"; // out of the line, down to the gates, and back up to the sign

function makeBlock(view, at) {
  const item = part(view.list, "li");
  const turn = part(item, "button", "turn");
  turn.type = "button";
  turn.setAttribute("role", "switch");
  const track = part(turn, "span", "track");
  track.setAttribute("aria-hidden", "true");
  part(track, "i");
  part(turn, "span", "name");
  const boxes = part(item, "div", "boxes");
  boxes.setAttribute("aria-hidden", "true");
  boxes.innerHTML = `<svg viewBox="0 0 100 84" preserveAspectRatio="none"><path class="line" d="M-1 14H101"/><path class="branch" d="${BRANCH}"/></svg>`;
  part(boxes, "span", "words");
  part(boxes, "span", "sign").textContent = "×";
  const strip = part(item, "div", "strip");
  const canvas = part(strip, "canvas");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  part(item, "p", "note");
  wire(view, { at, item, turn, canvas });
  return item;
}

function wire(view, { at, item, turn, canvas }) {
  const block = () => view.blocks[at];
  const show = (channel) => {
    view.pointed = channel === null ? null : { at, channel };
    draw(view, at);
    view.tip.hidden = channel === null;
    if (channel === null) return;
    const [strip, stage] = [canvas, view.stage].map((node) => node.getBoundingClientRect());
    const x = ((view.orders[at].indexOf(channel) + 0.5) * strip.width) / view.orders[at].length;
    showTip(view, tipText(view, block(), channel), strip.left - stage.left + x, strip.top - stage.top, strip.height);
  };
  const under = (event) => {
    const { left, width } = canvas.getBoundingClientRect();
    const order = view.orders[at];
    return order[Math.max(0, Math.min(order.length - 1, Math.floor(((event.clientX - left) / width) * order.length)))];
  };
  const choose = (channel) => view.setTriggerValue("chosen", { block: block().number, channel });
  canvas.onpointermove = (event) => show(under(event));
  canvas.onpointerleave = () => show(null);
  canvas.onclick = (event) => choose(under(event));
  canvas.onblur = () => show(null);
  canvas.onkeydown = (event) => {
    const order = view.orders[at];
    const place = Math.max(0, order.indexOf(view.pointed?.at === at ? view.pointed.channel : view.chosenIn(at) ?? order[0]));
    const next = stepped(event, [0, place], [1, order.length]);
    if (next) {
      event.preventDefault();
      show(order[next[1]]);
      view.find(".said").textContent = view.tip.textContent;
    } else if (event.key === "Enter" && view.pointed?.at === at) choose(view.pointed.channel);
    else if (event.key === "Escape") show(null);
  };
  turn.onclick = () => {
    const off = turn.getAttribute("aria-checked") === "true";
    turn.setAttribute("aria-checked", String(!off));
    item.classList.toggle("off", off);
    view.setTriggerValue("turned", block().number);
  };
}

function tipText({ data: { text } }, block, channel) {
  const words = { channel: channel + 1, own: printed(block.own[channel], 3), used: printed(block.used[channel], 3) };
  return filled(block.off ? text.hover_off : text.hover, words);
}

const isDotted = (view, block) => block.off || (view.data.moved && block.own.some((gate, at) => gate !== block.used[at]));

function draw(view, at) {
  const pointed = view.pointed?.at === at ? view.pointed.channel : view.chosenIn(at);
  drawStrip(view.list.children[at].querySelector("canvas"), view.blocks[at], {
    order: view.orders[at], channel: pointed ?? null, colors: view.colors, dotted: isDotted(view, view.blocks[at]),
  });
}

function fill(view, item, block, at) {
  const { text } = view.data;
  item.classList.toggle("off", block.off);
  item.classList.toggle("chosen", view.chosenIn(at) !== null);
  const turn = item.querySelector(".turn");
  turn.setAttribute("aria-checked", String(!block.off));
  turn.setAttribute("aria-label", filled(text.turn, { number: block.number }));
  item.querySelector(".name").textContent = filled(text.block, { number: block.number });
  item.querySelector(".words").textContent = text.branch;
  item.querySelector(".note").textContent = block.note;
  item.querySelector("canvas").setAttribute("aria-label", `${filled(text.strip, { number: block.number })} ${block.note} ${text.keys}`);
}

function writeLegend(view) {
  const { blocks, data } = view;
  const drawn = [blocks.some(({ off }) => !off), blocks.some(({ off }) => off), blocks.some((block) => isDotted(view, block))];
  const entries = data.text.legend.map((name, at) => {
    const entry = document.createElement("span");
    part(entry, "i", `kind${at}`);
    entry.append(name);
    return entry;
  });
  view.find(".legend").replaceChildren(...entries.filter((_, at) => drawn[at]));
}

function build(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  const view = { find, root: find(".blocks"), stage: find(".stage"), list: find("ol"), tip: find(".tip"), pointed: null };
  view.chosenIn = (at) => (view.data.chosen?.[0] === view.blocks[at].number ? view.data.chosen[1] : null);
  new ResizeObserver(() => view.blocks?.forEach((_, at) => draw(view, at))).observe(view.list);
  return view;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const view = views.get(parentElement) ?? build(parentElement);
  views.set(parentElement, view);
  Object.assign(view, { data, setTriggerValue, ...pageStyle(view.root) });
  const used = view.theme === "dark" ? "#6d6880" : "#aaa6b8";
  view.root.style.setProperty("--used", used);
  const own = getComputedStyle(view.root).getPropertyValue("--st-primary-color").trim();
  view.colors = { ...view.colors, own, used };
  view.blocks = data.blocks.map((block) => ({
    ...block, own: unpack(block.own, block.channels), used: unpack(block.used, block.channels),
  }));
  view.orders = view.blocks.map((block) => orderOf(block, data.sorted));
  view.list.style.setProperty("--wide", data.across);
  view.blocks.forEach((block, at) => fill(view, view.list.children[at] ?? makeBlock(view, at), block, at));
  while (view.list.children.length > view.blocks.length) view.list.lastChild.remove();
  view.blocks.forEach((_, at) => draw(view, at));
  writeLegend(view);
  view.find(".sentence").textContent = data.text.sentence;
  writeTools(view, view.find(".tools"), { png: savePng, svg: saveSvg, csv: saveGates, link: copyLink });
}
