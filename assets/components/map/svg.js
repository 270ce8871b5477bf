// As much of a canvas as the map draws with, that writes SVG instead.

class SvgContext {
  constructor(ruler) {
    Object.assign(this, { ruler, parts: [], open: [0], path: [], clips: 0 });
    Object.assign(this, { font: "14px sans-serif", textAlign: "left", globalAlpha: 1, lineWidth: 1 });
  }
  static kept = ["font", "fillStyle", "strokeStyle", "lineWidth", "textAlign", "textBaseline", "globalAlpha"];
  save() {
    this.open.push(Object.fromEntries(SvgContext.kept.map((name) => [name, this[name]])), 0);
  }
  restore() {
    this.parts.push("</g>".repeat(this.open.pop()));
    Object.assign(this, this.open.pop());
  }
  group(attributes) {
    this.parts.push(`<g ${attributes}>`);
    this.open[this.open.length - 1]++;
  }
  translate(x, y) {
    this.group(`transform="translate(${fixed(x)} ${fixed(y)})"`);
  }
  rotate(angle) {
    this.group(`transform="rotate(${fixed((angle * 180) / Math.PI)})"`);
  }
  beginPath() {
    this.path = [];
  }
  moveTo(x, y) {
    this.path.push(`M${fixed(x)} ${fixed(y)}`);
  }
  lineTo(x, y) {
    this.path.push(`${this.path.length ? "L" : "M"}${fixed(x)} ${fixed(y)}`);
  }
  closePath() {
    this.path.push("Z");
  }
  rect(x, y, width, height) {
    this.path.push(`M${fixed(x)} ${fixed(y)}h${fixed(width)}v${fixed(height)}h${fixed(-width)}Z`);
  }
  clip() {
    const id = `clip${++this.clips}`;
    this.parts.push(`<clipPath id="${id}"><path d="${this.path.join("")}"/></clipPath>`);
    this.group(`clip-path="url(#${id})"`);
  }
  fill() {
    this.parts.push(`<path d="${this.path.join("")}" ${this.paint("fill")}/>`);
  }
  stroke() {
    this.parts.push(`<path d="${this.path.join("")}" ${this.paint("stroke")}/>`);
  }
  fillRect(x, y, width, height) {
    this.parts.push(`<rect ${sides(x, y, width, height)} ${this.paint("fill")}/>`);
  }
  strokeRect(x, y, width, height) {
    this.parts.push(`<rect ${sides(x, y, width, height)} ${this.paint("stroke")}/>`);
  }
  paint(how) {
    const faint = this.globalAlpha < 1 ? ` opacity="${this.globalAlpha}"` : "";
    if (how === "fill") return `fill="${this.fillStyle}"${faint}`;
    return `fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}"${faint}`;
  }
  measureText(text) {
    this.ruler.font = this.font;
    return this.ruler.measureText(text);
  }
  fillText(text, x, y, most = Infinity) {
    const anchor = { center: "middle", right: "end" }[this.textAlign] ?? "start";
    const squeezed = this.measureText(text).width > most ? ` textLength="${fixed(most)}" lengthAdjust="spacingAndGlyphs"` : "";
    const style = `style="font:${escapeXml(this.font)}" text-anchor="${anchor}" dominant-baseline="central"`;
    this.parts.push(`<text x="${fixed(x)}" y="${fixed(y)}" ${style}${squeezed} ${this.paint("fill")}>${escapeXml(text)}</text>`);
  }
}

const fixed = (number) => String(Math.round(number * 100) / 100);
const sides = (x, y, width, height) => `x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" height="${fixed(height)}"`;
