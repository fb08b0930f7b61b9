// The film of a student's world: a small map and the outcome beside it, played as often as one likes.
import { colourOf, shapeOf, trace } from "./marks";
import { el, fill, icon, t } from "./text";
import { level } from "./strip";
import { Mine, TaskShown } from "./class_types";

interface Picture { tick: number; x: Uint16Array; y: Uint16Array; jobs: Uint8Array; mark: Uint8Array }
interface Reel { box: number[]; pictures: Picture[] }

// readFilm lays pictures over the bytes of a film; null for bytes that are none.
export function readFilm(b: ArrayBuffer): Reel | null {
  const d = new DataView(b);
  if (b.byteLength < 28 || d.getUint32(0, true) !== 0x31434741) return null;
  const count = d.getUint32(4, true), box = [0, 1, 2, 3].map((k) => d.getFloat32(12 + 4 * k, true)), pictures: Picture[] = [];
  let at = 28;
  for (let k = 0; k < count; k++) {
    if (at + 8 > b.byteLength) return null;
    const tick = d.getUint32(at, true), n = d.getUint32(at + 4, true);
    at += 8;
    if (at + 6 * n > b.byteLength) return null;
    const whole = (from: number) => new Uint16Array(b.slice(from, from + 2 * n));
    pictures.push({ tick, x: whole(at), y: whole(at + 2 * n), jobs: new Uint8Array(b, at + 4 * n, n), mark: new Uint8Array(b, at + 5 * n, n) });
    at += 6 * n;
  }
  return { box, pictures };
}

// A Player shows the film of one world with the curve of its outcome.
export class Player {
  readonly box: HTMLElement;
  private canvas = el("canvas", { role: "img" });
  private date = el("div", { class: "date" });
  private curve = el("div", { class: "path" });
  private reel: Reel | null = null;
  private at = 0;
  private timer = 0;
  private button: HTMLButtonElement;

  constructor(private task: TaskShown, private mine: Mine, private ended: () => void) {
    this.canvas.setAttribute("aria-label", t("class.film", mine.label));
    this.button = el("button", { onclick: () => this.play() }, icon("play"), t("class.again"));
    this.box = el("div", {}, el("div", { class: "film" }, this.canvas, this.date), this.curve, this.button);
    new ResizeObserver(() => this.draw()).observe(this.canvas);
  }

  show(reel: Reel, play: boolean): void {
    this.reel = reel;
    if (play && !window.matchMedia("(prefers-reduced-motion: reduce)").matches) this.play();
    else { this.at = reel.pictures.length - 1; this.draw(); this.ended(); }
  }

  stop(): void { clearTimeout(this.timer); }

  private play(): void {
    this.stop();
    this.at = 0;
    const step = () => {
      this.draw();
      if (this.at >= this.reel!.pictures.length - 1) { this.ended(); return; }
      this.at++;
      this.timer = window.setTimeout(step, 200);
    };
    step();
  }

  private draw(): void {
    if (!this.reel) return;
    const c = this.canvas, d = window.devicePixelRatio || 1, [west, south, east, north] = this.reel.box;
    const w = c.clientWidth, h = Math.round(Math.min(w * 1.05, Math.max(240, window.innerHeight * 0.56), Math.max(180, (w * (north - south)) / (east - west))));
    if (c.width !== Math.round(w * d) || c.height !== Math.round(h * d)) { c.width = Math.round(w * d); c.height = Math.round(h * d); c.style.height = h + "px"; }
    const g = c.getContext("2d")!, p = this.reel.pictures[this.at], scale = Math.min(w / (east - west), h / (north - south));
    const left = (w - scale * (east - west)) / 2, top = (h - scale * (north - south)) / 2, across = (scale * (east - west)) / 65535, up = (scale * (north - south)) / 65535;
    g.setTransform(d, 0, 0, d, 0, 0);
    g.fillStyle = "#fff";
    g.fillRect(0, 0, w, h);
    for (const inside of [false, true]) {
      for (let k = 0; k < p.x.length; k++) {
        const mark = p.mark[k], rank = mark & 0x7f;
        if (!!(mark & 0x80) !== inside) continue;
        const r = Math.max(1.6, Math.min(9, Math.sqrt(2 ** (p.jobs[k] / 8)) * h * 0.0011 + 0.9));
        trace(g, shapeOf(rank), left + p.x[k] * across, top + scale * (north - south) - p.y[k] * up, r);
        g.globalAlpha = inside ? 1 : 0.38;
        g.fillStyle = inside ? colourOf(rank) : "#8f8f8a";
        g.fill("evenodd");
        if (inside) { g.strokeStyle = "#1a1a1a"; g.lineWidth = 0.4; g.stroke(); }
      }
    }
    g.globalAlpha = 1;
    const q = 4 * this.task.start[0] + this.task.start[1] - 1 + p.tick;
    this.date.textContent = String(Math.floor(q / 4));
    this.line(p.tick);
  }

  // line draws the outcome up to a tick.
  private line(tick: number): void {
    const all = this.mine.path.filter((p) => p[1] !== null) as [number, number][], o = this.task.outcome, w = Math.max(240, this.curve.clientWidth), h = 150;
    if (!all.length) return;
    let lo = Math.min(...all.map((p) => p[1])), hi = Math.max(...all.map((p) => p[1]));
    if (hi - lo < 1e-9) { lo -= Math.abs(lo) * 0.05 + 1e-6; hi += Math.abs(hi) * 0.05 + 1e-6; }
    const X = (v: number) => 64 + (v / this.task.ticks) * (w - 80), Y = (v: number) => 22 + (1 - (v - lo) / (hi - lo)) * (h - 50), past = all.filter((p) => p[0] <= tick);
    const year = (v: number) => String(Math.floor(this.task.start[0] + (this.task.start[1] - 1 + v) / 4));
    const svg = `<svg viewBox="0 0 ${w} ${h}" font-size="14" role="presentation">` +
      [lo, hi].map((v) => `<line x1="64" x2="${w - 16}" y1="${Y(v)}" y2="${Y(v)}" stroke="#d9d9d4"/><text x="58" y="${Y(v) + 5}" text-anchor="end" fill="#333">${level(o, v)}</text>`).join("") +
      `<text x="64" y="${h - 6}" fill="#333">${year(0)}</text><text x="${w - 16}" y="${h - 6}" text-anchor="end" fill="#333">${year(this.task.ticks)}</text>` +
      (past.length ? `<polyline fill="none" stroke="#00507d" stroke-width="3" points="${past.map((p) => `${X(p[0]).toFixed(1)},${Y(p[1]).toFixed(1)}`).join(" ")}"/><circle cx="${X(past[past.length - 1][0])}" cy="${Y(past[past.length - 1][1])}" r="5" fill="#00507d"/>` : "") + "</svg>";
    fill(this.curve, el("h3", {}, this.task.name));
    this.curve.insertAdjacentHTML("beforeend", svg);
  }
}
