// The rebuilt picture, small, at once: the same sum as attention/images/rebuild.py, over the thumbnails. It follows a
// hand that pulls a gate; the large picture comes from Python when the hand lets go.

// The grey of every thumbnail from 0 to 1, in the order of the stack; null until all of them are there.
async function greysOf(data) {
  const images = await Promise.all(
    data.rows.map(async ({ image }) => {
      const node = new Image();
      node.src = image;
      await node.decode();
      return node;
    })
  );
  const { naturalWidth: width, naturalHeight: height } = images[0];
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const planes = [];
  images.forEach((image, at) => {
    context.drawImage(image, 0, 0);
    const { data: rgba } = context.getImageData(0, 0, width, height);
    planes[data.stack[data.rows[at].id]] = Float32Array.from({ length: width * height }, (_, i) => rgba[4 * i] / 255);
  });
  return { planes, width, height };
}

function drawRebuilt(canvas, { planes, width, height }, { D, b }, gates) {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const mean = gates.reduce((sum, gate) => sum + gate, 0) / gates.length;
  const layer = D.map((weights) => weights.map((weight, c) => (mean > 0 ? (255 * weight * gates[c]) / mean : 0)));
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let colour = 0; colour < 3; colour++) {
      let sum = 255 * b[colour];
      for (let c = 0; c < planes.length; c++) sum += layer[colour][c] * planes[c][i];
      pixels.data[4 * i + colour] = sum; // clamped and rounded by the array itself
    }
    pixels.data[4 * i + 3] = 255;
  }
  context.putImageData(pixels, 0, 0);
}
