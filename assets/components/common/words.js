// Numbers and words as readers see them, and numbers as they travel.

// Base64 of little-endian numbers, as figures/packed.py packs them.
function unpack({ type, data, range }, count) {
  const text = atob(data);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  if (type === "float32") return new Float32Array(bytes.buffer);
  const [steps, most] = type === "uint16" ? [new Uint16Array(bytes.buffer), 65535] : [bytes, 255];
  const scale = (range[1] - range[0]) / most;
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = range[0] + steps[i] * scale;
  return values;
}

// A number with a true minus sign, and never "-0".
function printed(value, decimals) {
  if (value === -Infinity) return "−∞";
  const text = value.toFixed(decimals);
  return Number(text) ? text.replace("-", "−") : text.replace("-", "");
}

// The same where a reader asks for one number: a small one keeps two digits instead of becoming 0.000.
const exactly = (value, decimals) =>
  value !== 0 && Math.abs(value) < 10 ** -decimals ? value.toPrecision(2).replace(/^-/, "−") : printed(value, decimals);

const shorten = (label, most) => {
  const characters = [...label];
  return characters.length > most ? characters.slice(0, most - 1).join("") + "…" : label;
};

// A word written right to left keeps its direction to itself.
const isolate = (word) => (/[\u0590-\u08ff\ufb1d-\ufefc]/.test(word) ? `\u2068${word}\u2069` : word);

// Placeholders in braces, filled in at once so that no value is taken for one.
const filled = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);
