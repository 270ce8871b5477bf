// The controls under the picture. While the reader drags, only the picture follows; what it comes to is sent on letting go.

// Buttons of which one is chosen, made once for the same options; arrow keys go from one to the next.
function radios(box, options, chosen, fill, choose) {
  const names = Object.keys(options);
  if (box.dataset.options !== names.join()) {
    box.dataset.options = names.join();
    box.replaceChildren(
      ...names.map((name, at) => {
        const button = document.createElement("button");
        button.type = "button";
        button.setAttribute("role", "radio");
        button.dataset.name = name;
        button.onclick = () => box.choose(name);
        button.onkeydown = (event) => {
          const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
          if (!step) return;
          event.preventDefault();
          const next = (at + step + names.length) % names.length;
          box.children[next].focus();
          box.choose(names[next]);
        };
        return button;
      })
    );
  }
  box.choose = choose;
  for (const button of box.children) {
    const { name } = button.dataset;
    fill(button, options[name], name);
    button.setAttribute("aria-checked", String(name === chosen));
    button.tabIndex = name === chosen ? 0 : -1;
  }
}

function range(view, name) {
  const input = view.find(`.${name} input`);
  input.oninput = () => change({ [name]: input.value });
  input.onchange = () => settle(view, { [name]: input.value });
}

function wireControls(view) {
  range(view, "opacity");
  range(view, "keep");
  const contour = view.find(".contour input");
  contour.onchange = () => {
    const news = { contour: contour.checked ? "on" : "off" };
    if (contour.checked && settings.keep === "100") news.keep = "50"; // all of the mass has no border
    settle(view, news);
  };
  wireDivider(view);
}

function writeControls(view) {
  const { data: { words, looks, colours, scale }, find } = view;
  const named = Object.fromEntries(looks.map((look) => [look, words.look[look]]));
  find(".looks").setAttribute("aria-label", words.look.label);
  const write = (button, label) => (button.textContent = label);
  radios(find(".looks"), named, lookOf(view), write, (look) => settle(view, { look: look === view.data.opening ? "auto" : look }));
  const others = Object.fromEntries(looks.filter((look) => look in LOOKS).map((look) => [look, words.look[look]]));
  find(".beside").hidden = !compares(view);
  find(".beside div").setAttribute("aria-label", words.beside);
  view.write(".beside span", words.beside);
  radios(find(".beside div"), others, otherOf(view), write, (beside) => settle(view, { beside }));
  const swatches = Object.fromEntries(colours.map((name) => [name, words.colours[name]]));
  const setting = scale === "diverging" ? "signed" : "colours";
  const fill = (button, label, name) => {
    button.title = label;
    button.setAttribute("aria-label", label);
    button.style.background = `linear-gradient(to right, ${OVER_PICTURES[name].join(",")})`;
  };
  find(".swatches").setAttribute("aria-label", words.scale);
  radios(find(".swatches"), swatches, settings[setting], fill, (name) => settle(view, { [setting]: name }));
  view.write(".colours > span", words.scale);
  for (const name of ["opacity", "keep"]) {
    view.write(`.${name} span`, words[name]);
    view.write(`.${name} output`, words[`${name}_share`].replace("{share}", `${settings[name]}\u00a0%`));
    find(`.${name} input`).value = settings[name];
  }
  view.write(".contour span", words.contour);
  find(".contour input").checked = settings.contour === "on";
  view.write(".kept", keptSentence(view));
  find(".kept").hidden = !view.data.controls && view.kept.area === 1;
  const shown = compares(view) ? otherOf(view) : lookOf(view);
  find(".opacity input").disabled = shown !== "overlay";
  for (const part of [".legend", ".opacity", ".colours"]) find(part).hidden = shown === "result"; // it has no such colours
}

// The divider of the look "swipe": dragged, or moved by the arrow keys.
function wireDivider(view) {
  const handle = view.find(".divider");
  const move = (share) => {
    view.divider = Math.max(0, Math.min(1, share));
    draw(view);
    placeDivider(view);
  };
  handle.onpointerdown = (event) => {
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
    handle.focus();
  };
  handle.onpointermove = (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    move((event.clientX - view.canvas.getBoundingClientRect().left) / view.place.wide);
  };
  handle.onkeydown = (event) => {
    const step = { ArrowLeft: -0.02, ArrowDown: -0.02, ArrowRight: 0.02, ArrowUp: 0.02, Home: -1, End: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    move(view.divider + step * (event.shiftKey ? 5 : 1));
  };
}

function placeDivider(view) {
  const handle = view.find(".divider");
  handle.hidden = lookOf(view) !== "swipe";
  handle.style.left = `${view.divider * view.place.wide}px`;
  handle.style.height = `${view.place.high}px`;
  handle.setAttribute("aria-label", view.data.words.swipe);
  handle.setAttribute("aria-valuenow", Math.round(100 * view.divider));
  placeNames(view);
}

const NAME = [6, 90]; // CSS pixels: from the corner of its picture, and the least width of one that is named

// What is the picture and what is held against it, where two are seen at once.
function placeNames(view) {
  const { place: { panels, wide }, data: { words }, divider } = view;
  const [inset, least] = NAME;
  const apart = lookOf(view) === "pair";
  const sides = apart ? [wide, wide] : [divider * wide, (1 - divider) * wide];
  view.stage.querySelectorAll(".name").forEach((name, at) => {
    name.hidden = !compares(view) || sides[at] < least;
    name.textContent = words.look[at ? otherOf(view) : "original"];
    const [left, top] = apart ? panels[at] : [at && divider * wide, 0];
    name.style.left = `${left + inset}px`;
    name.style.top = `${top + inset}px`;
  });
}
