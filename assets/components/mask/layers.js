// What lies over one another: the picture, the colours of the numbers, what comes out, and the veil over what is not
// kept. Each is painted when it is first needed after something it depends on has changed.

const DIMMED = 0.3; // as figures/mask_files.py
const LUMA = [0.299, 0.587, 0.114];
const VEIL = [38, 36, 44]; // over colours without a picture

// A data URL as a canvas and its pixels.
async function load(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  return { url, canvas, pixels: context.getImageData(0, 0, canvas.width, canvas.height).data };
}

function paintedBy(width, height, paint) {
  const canvas = new OffscreenCanvas(width, height);
  const image = new ImageData(width, height);
  paint(image.data);
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

// For every pixel of the picture, which number of the field lies over it.
function* pixelsOver({ data: { size: [width, height], rows, columns } }) {
  const column = Int32Array.from({ length: width }, (_, x) => Math.floor((x * columns) / width));
  for (let y = 0; y < height; y++) yield [y * width, Math.floor((y * rows) / height) * columns, column];
}

function paintColours({ data, values, table }) {
  return paintedBy(data.columns, data.rows, (pixels) => {
    for (let i = 0; i < values.length; i++) {
      const at = 3 * tableIndex(values[i], data.range);
      pixels[4 * i] = table[at];
      pixels[4 * i + 1] = table[at + 1];
      pixels[4 * i + 2] = table[at + 2];
      pixels[4 * i + 3] = 255;
    }
  });
}

// The picture times the numbers, as shares of their range.
function paintProduct(view) {
  const { data, values, loaded } = view;
  const [low, high] = data.range;
  return paintedBy(...data.size, (pixels) => {
    const from = loaded.picture.pixels;
    for (const [start, line, column] of pixelsOver(view)) {
      for (let x = 0; x < column.length; x++) {
        const share = Math.max(0, Math.min(1, (values[line + column[x]] - low) / (high - low)));
        const i = 4 * (start + x);
        pixels[i] = from[i] * share;
        pixels[i + 1] = from[i + 1] * share;
        pixels[i + 2] = from[i + 2] * share;
        pixels[i + 3] = 255;
      }
    }
  });
}

// What is not kept of a picture (its pixels), grey and dark; what is kept stays free. Without pixels: a flat veil.
function paintVeil(view, from) {
  const { data, values } = view;
  const { threshold } = view.kept;
  return paintedBy(...data.size, (pixels) => {
    for (const [start, line, column] of pixelsOver(view)) {
      for (let x = 0; x < column.length; x++) {
        if (Math.abs(values[line + column[x]]) >= threshold) continue;
        const i = 4 * (start + x);
        const grey = from && DIMMED * (LUMA[0] * from[i] + LUMA[1] * from[i + 1] + LUMA[2] * from[i + 2]);
        pixels[i] = from ? grey : VEIL[0];
        pixels[i + 1] = from ? grey : VEIL[1];
        pixels[i + 2] = from ? grey : VEIL[2];
        pixels[i + 3] = 255;
      }
    }
  });
}

const PAINT = {
  colours: paintColours,
  result: (view) => view.loaded.result?.canvas ?? paintProduct(view),
  veil: (view) => paintVeil(view, view.loaded.picture.pixels),
  flat: (view) => paintVeil(view, null),
  contour: traceContour,
};

const layer = (view, name) => (view.layers[name] ??= PAINT[name](view));

function outdate(view, names) {
  for (const name of names) view.layers[name] = null;
}
