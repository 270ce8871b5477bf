// Colours. The stops are those of figures/palette.py (a test holds the two to each other).
const STOPS = {
  sequential: {
    light: ["#faf8fd", "#e3d8f3", "#c4aee6", "#9d7ad3", "#7448b5", "#4c2288", "#280a52"],
    dark: ["#1d1b24", "#33274f", "#523a85", "#7753ba", "#9f7de0", "#c9b1f6", "#f6f0ff"],
  },
  diverging: ["#2166ac", "#67a9cf", "#d1e5f0", "#ffffff", "#fddbc7", "#ef8a62", "#b2182b"],
};
const MATRIX = {
  light: { Q: "#0072b2", K: "#c25400", V: "#00795c", X: "#5b5868", Z: "#6a3fb5" },
  dark: { Q: "#56b4e9", K: "#f0913f", V: "#2fc39a", X: "#a9a4b8", Z: "#b795f2" },
};
// One hue a head, where several heads are drawn together.
const HUES = {
  light: [
    "#3c88ec", "#642214", "#ec4a7c", "#4c40ff", "#023a5c", "#866704",
    "#385c2c", "#388458", "#c04cb8", "#5320ac", "#8c9531", "#a50381",
  ],
  dark: [
    "#1680fa", "#fb9f8a", "#fe1e78", "#bbc6f8", "#54b1f6", "#f1c553",
    "#529339", "#91f4b7", "#cd94c7", "#9081d4", "#9fa84c", "#d25bad",
  ],
};
// What a reader may choose over a picture; dark to light in both themes, as the house's own.
const OVER_PICTURES = {
  violet: STOPS.sequential.dark,
  viridis: [
    "#440154", "#482878", "#3e4989", "#31688e", "#26828e",
    "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725",
  ],
  magma: [
    "#000004", "#180f3d", "#440f76", "#721f81", "#9e2f7f",
    "#cd4071", "#f1605d", "#fd9668", "#feca8d", "#fcfdbf",
  ],
  grey: ["#000000", "#ffffff"],
  blue_red: STOPS.diverging,
  ice_fire: ["#9fe6f5", "#3f97d9", "#243f78", "#0b0b0f", "#752a16", "#d96f2b", "#ffd79a"],
};

const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

// The 256 colours of a scale as a flat RGB array.
const lookupTable = (scale, theme) => tableOf(scale === "diverging" ? STOPS.diverging : STOPS.sequential[theme]);

function tableOf(colors) {
  const stops = colors.map(channels);
  const table = new Uint8Array(256 * 3);
  for (let i = 0; i < 256; i++) {
    const at = (i / 255) * (stops.length - 1);
    const left = Math.min(Math.floor(at), stops.length - 2);
    for (let c = 0; c < 3; c++) {
      table[3 * i + c] = Math.round(stops[left][c] + (at - left) * (stops[left + 1][c] - stops[left][c]));
    }
  }
  return table;
}

function tableIndex(value, [low, high]) {
  const share = (value - low) / (high - low || 1);
  return Math.max(0, Math.min(255, Math.round(share * 255)));
}

// All colours of a scale on a canvas 256 pixels wide, low to high.
function paintBar(canvas, table) {
  const row = new ImageData(256, 1);
  for (let i = 0; i < 256; i++) row.data.set([...table.subarray(3 * i, 3 * i + 3), 255], 4 * i);
  canvas.getContext("2d").putImageData(row, 0, 0);
}

// Dark or light, from the page's own background.
function themeOf(element) {
  const probe = getComputedStyle(element).getPropertyValue("--st-background-color").trim();
  if (!/^#[0-9a-f]{6}$/i.test(probe)) return "light";
  const [r, g, b] = channels(probe);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128 ? "dark" : "light";
}

const luminance = (r, g, b) => (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;

// The page's own colours and letters, for what is drawn on a canvas.
function pageStyle(element) {
  const css = (name) => getComputedStyle(element).getPropertyValue(name).trim();
  const theme = themeOf(element);
  return {
    theme, font: css("--st-font") || "sans-serif",
    colors: {
      text: css("--st-text-color"), paper: css("--st-background-color"), border: css("--st-border-color"),
      accent: theme === "dark" ? "#ffb000" : "#d81b60",
      faint: theme === "dark" ? "#b9b4c6" : "#565263",
      veil: theme === "dark" ? "rgba(255,255,255,0.10)" : "rgba(40,10,82,0.08)",
    },
  };
}
