// Put into every page on which a slider is moved. `measured` is then a promise of the milliseconds from the event that
// moves it ("keydown", "pointerup") until the canvas under `place` shows something else.
(() => {
  const frame = () => new Promise(requestAnimationFrame);
  const probe = Object.assign(document.createElement("canvas"), { width: 64, height: 64 });
  const brush = probe.getContext("2d", { willReadFrequently: true });

  function canvasUnder(place) {
    const host = document.querySelector(`.st-key-${place} [data-testid=stBidiComponentIsolated]`);
    const canvases = [...(host?.shadowRoot ?? document.querySelector(`.st-key-${place}`)).querySelectorAll("canvas")];
    return canvases.sort((a, b) => b.width * b.height - a.width * a.height)[0];
  }

  // What the canvas shows, small; fine enough to see every step of the slider.
  function look(canvas) {
    brush.clearRect(0, 0, 64, 64);
    brush.drawImage(canvas, 0, 0, 64, 64);
    return brush.getImageData(0, 0, 64, 64).data.join();
  }

  window.measureChange = (place, event, patience) => {
    const canvas = canvasUnder(place);
    const before = look(canvas);
    const pressed = new Promise((resolve) => {
      addEventListener(event, ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true });
    });
    window.measured = pressed.then(async (began) => {
      while (look(canvas) === before) {
        await frame();
        if (performance.now() - began > patience * 1000) throw new Error(`nothing changed after ${patience} s`);
      }
      await frame(); // the one in which it is put on the screen
      return [true, performance.now() - began];
    });
  };
})();
