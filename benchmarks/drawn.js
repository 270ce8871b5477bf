// Put into every measured page, ours and the peer's, before its own scripts. `measured` is then a promise of what was
// found drawn and of the milliseconds until then, from the click or from the start of the navigation.
(() => {
  const frame = () => new Promise(requestAnimationFrame);

  // The second frame after the one that finds it there: the page has laid it out and painted it in the first, and the
  // browser asks for another one only when that is on the screen.
  async function drawn(there, patience, began = 0) {
    let found;
    while (!found) {
      await frame();
      found = there();
      if (performance.now() - began > patience * 1000) throw new Error(`nothing drawn after ${patience} s`);
    }
    await frame();
    await frame();
    return [found, performance.now() - began];
  }

  // A few pixels of the canvas are enough to tell whether anything was painted on it.
  const probe = Object.assign(document.createElement("canvas"), { width: 64, height: 64 });
  const brush = probe.getContext("2d", { willReadFrequently: true });

  function isPainted(canvas) {
    if (!canvas.width || !canvas.height) return false;
    brush.clearRect(0, 0, 64, 64);
    brush.drawImage(canvas, 0, 0, 64, 64);
    return brush.getImageData(0, 0, 64, 64).data.some(Boolean);
  }

  // Its largest canvas is painted (one laid over it may be blank); a component without one shows a drawing or buttons.
  function holdsPicture(host) {
    const inside = host.querySelector("[data-testid=stBidiComponentIsolated]")?.shadowRoot ?? host;
    const area = (element) => element.getBoundingClientRect().width * element.getBoundingClientRect().height;
    const canvases = [...inside.querySelectorAll("canvas")].filter(area);
    const largest = Math.max(...canvases.map(area));
    if (canvases.length) return canvases.some((canvas) => area(canvas) === largest && isPainted(canvas));
    return [...inside.querySelectorAll("svg, button, [role=button]")].some(area);
  }

  const viewOf = (place) => [...place.classList].find((name) => name.startsWith("st-key-view_"))?.slice(12);

  // The view that stands on the page, another one than `before`, once the script has run and each component and chart in
  // its place that is not folded away shows something; else undefined.
  function viewThere(before) {
    if (!document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]")) return undefined;
    const places = [...document.querySelectorAll("[class*=st-key-view_]")];
    const place = places.find((place) => viewOf(place) !== before);
    const hosts = [...(place?.querySelectorAll(".stBidiComponent, .stPlotlyChart") ?? [])];
    const shown = hosts.filter((host) => host.checkVisibility());
    return shown.length && shown.every(holdsPicture) ? viewOf(place) : undefined;
  }

  Object.assign(window, {
    measureArrival(patience) {
      window.measured = drawn(() => viewThere(), patience);
    },
    measureClick(before, patience) {
      const clicked = new Promise((resolve) => {
        addEventListener("pointerdown", (event) => resolve(event.timeStamp), { capture: true, once: true });
      });
      window.measured = clicked.then((began) => drawn(() => viewThere(before), patience, began));
    },
    measureLines(count, patience) {
      window.measured = drawn(() => document.querySelectorAll("svg line").length === count, patience);
    },
  });
})();
