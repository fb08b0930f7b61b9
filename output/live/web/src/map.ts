// The map of a world: land and public works below, firms and ties by WebGL (or plain canvas where there is none), clusters, names
// and what is chosen on top. Two maps of twins share one sight, so that they pan and zoom together.
import { Circle, drawCircle, inkOf } from "./circles";
import { ink, Painter, Sight, unit } from "./gl";
import { Box, Label, Labels } from "./labels";
import { drawLevels, edge, Shown } from "./levels";
import { colourOf, rankOf, shapeOf, trace } from "./marks";
import { el } from "./text";
import { Cluster, FirmStory, Frame, Ground, Scene } from "./types";

export interface Eye { cx: number; cy: number; scale: number; fitted: boolean }
export interface Layers { ties: boolean; outlines: boolean; works: boolean; places: boolean; shown: Shown | null } // of infrastructure
export interface Picks {
  firm(row: number, twin: boolean): void; cluster(n: number, twin: boolean): void; nothing(): void; spot(x: number, y: number): void;
  moved(): void;
}

const inks = { land: "#f6f5f0", shore: "#b9b6a8", text: "#1a1a1a", cluster: "#1a1a1a", works: "#7a5200" };

// drawing keeps how long the last drawings took, ms; the page shows it for tests.
export const drawing: number[] = [];

export class MapView {
  readonly box: HTMLElement;
  frame: Frame | null = null;
  scene: Scene | null = null;
  ground: Ground | null = null;
  circles: Circle[] = []; // of policies
  firm: FirmStory | null = null;
  chosen = 0; // a cluster
  placing: { x: number; y: number; km: number } | null = null;
  tick = 0;
  buttons: HTMLElement | null = null; // that lie over the map
  names: { words: string; box: Box }[] = []; // that stand on it
  private base = el("canvas", { "aria-hidden": "true" });
  private mid = el("canvas", { "aria-hidden": "true" });
  private top = el("canvas", { "aria-hidden": "true" });
  private painter: Painter | null;
  private fresh = false; // the frame has not gone to the painter yet
  private still = true; // base and top are up to date
  private asked = false;

  constructor(private eye: Eye, private layers: Layers, private picks: Picks, readonly twin: boolean) {
    this.box = el("div", { class: "map", tabindex: "0", role: "application", "data-twin": twin ? "1" : "0" }, this.base, this.mid, this.top);
    try { this.painter = Painter.make(this.mid); } catch { this.painter = null; }
    this.pointers();
    this.keys();
    new ResizeObserver(() => this.redraw()).observe(this.box);
  }

  show(f: Frame): void {
    this.frame = f;
    this.fresh = true;
    this.ask();
  }

  // redraw draws everything anew at the next turn of the screen.
  redraw(): void {
    this.still = false;
    this.ask();
  }

  private ask(): void {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => { this.asked = false; this.draw(); });
  }

  get sight(): Sight {
    const width = Math.max(1, this.box.clientWidth), height = Math.max(1, this.box.clientHeight);
    return { ...this.eye, width, height, ratio: Math.min(2, window.devicePixelRatio || 1), ties: this.layers.ties, chosen: this.chosen };
  }

  fit(): void {
    if (!this.ground) return;
    const [w, s, e, n] = this.ground.box, v = this.sight;
    this.eye.cx = (w + e) / 2;
    this.eye.cy = (s + n) / 2;
    this.eye.scale = Math.min((v.width - 24) / (e - w), (v.height - 24) / (n - s));
    this.eye.fitted = true;
  }

  private px(x: number, y: number, v: Sight): [number, number] {
    return [v.width / 2 + (x - v.cx) * v.scale, v.height / 2 - (y - v.cy) * v.scale];
  }

  private at(px: number, py: number): [number, number] {
    const v = this.sight;
    return [v.cx + (px - v.width / 2) / v.scale, v.cy - (py - v.height / 2) / v.scale];
  }

  private draw(): void {
    const begun = performance.now();
    if (!this.ground || this.box.clientWidth === 0) return;
    if (this.eye.fitted) this.fit();
    const v = this.sight;
    for (const c of [this.base, this.mid, this.top]) {
      const w = Math.round(v.width * v.ratio), h = Math.round(v.height * v.ratio);
      if (c.width !== w || c.height !== h) { c.width = w; c.height = h; this.still = false; }
    }
    if (this.frame) {
      if (this.painter) {
        if (this.fresh) this.painter.take(this.frame);
        this.painter.draw(v);
      } else this.plain(v);
    }
    if (!this.still) { this.drawBase(v); this.drawTop(v); }
    else if (this.firm || this.fresh) this.drawTop(v);
    this.still = true;
    drawing.push(performance.now() - begun);
    this.fresh = false;
    if (drawing.length > 1000) drawing.splice(0, 500);
  }

  // plain draws firms and ties without WebGL.
  private plain(v: Sight): void {
    const c = this.mid.getContext("2d"), f = this.frame!;
    if (!c) return;
    c.setTransform(v.ratio, 0, 0, v.ratio, 0, 0);
    c.clearRect(0, 0, v.width, v.height);
    if (v.ties) {
      for (let k = 0; k < f.m; k++) {
        const s = f.trust[k] / 255, [ax, ay] = this.px(f.x[f.from[k]], f.y[f.from[k]], v), [bx, by] = this.px(f.x[f.to[k]], f.y[f.to[k]], v);
        c.strokeStyle = `rgba(30,30,40,${ink(s)})`;
        c.beginPath(); c.moveTo(ax, ay); c.lineTo(bx, by); c.stroke();
      }
    }
    const u = unit(v, f.n);
    for (let k = 0; k < f.n; k++) {
      const [x, y] = this.px(f.x[k], f.y[k], v);
      if (x < -9 || y < -9 || x > v.width + 9 || y > v.height + 9) continue;
      trace(c, shapeOf(rankOf(f.sector[k])), x, y, Math.min(60, Math.max(1.5, u * (1.1 + 0.75 * Math.sqrt(f.jobs[k])))));
      c.globalAlpha = v.chosen > 0 && f.cluster[k] !== v.chosen ? 0.25 : 0.92;
      c.fillStyle = colourOf(rankOf(f.sector[k]));
      c.fill("evenodd");
    }
    c.globalAlpha = 1;
  }

  private pen(canvas: HTMLCanvasElement, v: Sight): CanvasRenderingContext2D {
    const c = canvas.getContext("2d")!;
    c.setTransform(v.ratio, 0, 0, v.ratio, 0, 0);
    c.clearRect(0, 0, v.width, v.height);
    return c;
  }

  private drawBase(v: Sight): void {
    const c = this.pen(this.base, v), g = this.ground!;
    c.fillStyle = "#e4e9ec";
    c.fillRect(0, 0, v.width, v.height);
    const [w, s, e, n] = g.box;
    c.fillStyle = inks.land;
    if (g.outlines.length === 0) {
      const [x, y] = this.px(w, n, v);
      c.fillRect(x, y, (e - w) * v.scale, (n - s) * v.scale);
    }
    c.beginPath();
    for (const ring of g.outlines) this.ring(c, ring, v);
    c.fill("evenodd");
    c.strokeStyle = inks.shore;
    c.lineWidth = 1;
    c.stroke();
    if (this.layers.works && this.scene) this.drawWorks(c, v, this.scene);
  }

  private ring(c: CanvasRenderingContext2D, ring: [number, number][], v: Sight): void {
    ring.forEach(([x, y], k) => { const [px, py] = this.px(x, y, v); if (k) c.lineTo(px, py); else c.moveTo(px, py); });
    c.closePath();
  }

  // drawWorks shades what infrastructure of a kind saves or adds, and draws the edge of where the public has built.
  private drawWorks(c: CanvasRenderingContext2D, v: Sight, s: Scene): void {
    const box = (x: number, y: number, km: number): [number, number, number] => [...this.px(x - km / 2, y + km / 2, v), km * v.scale];
    if (this.layers.shown) drawLevels(c, this.layers.shown, s.levels, box);
    c.strokeStyle = inks.works;
    c.lineWidth = 1.2;
    for (const k of s.works) { c.beginPath(); edge(c, k.cells, box); c.stroke(); }
  }

  private drawTop(v: Sight): void {
    const c = this.pen(this.top, v);
    c.textAlign = "center";
    for (const k of this.circles) drawCircle(c, k, ...this.px(k.x, k.y, v), k.km * v.scale, this.tick);
    if (this.layers.outlines && this.scene) this.drawClusters(c, v, this.scene.clusters);
    if (this.layers.places) this.drawPlaces(c, v);
    this.drawNames(c, v);
    if (this.firm) this.drawFirm(c, v, this.firm);
    if (this.placing && !this.twin) {
      const { x, y, km } = this.placing;
      drawCircle(c, { name: "", x, y, km, dates: [{ from: 0 }], given: false, absent: false }, ...this.px(x, y, v), km * v.scale, this.tick);
    }
  }

  private drawPlaces(c: CanvasRenderingContext2D, v: Sight): void {
    c.fillStyle = "#444";
    for (const p of this.ground!.towns) { const [x, y] = this.px(p.x, p.y, v); c.fillRect(x - 2, y - 2, 4, 4); }
    for (const p of this.houses()) {
      const [x, y] = this.px(p.x, p.y, v);
      c.fillStyle = "#fff"; c.strokeStyle = "#111"; c.lineWidth = 1.6;
      c.beginPath(); c.moveTo(x - 7, y - 2); c.lineTo(x, y - 9); c.lineTo(x + 7, y - 2); c.lineTo(x + 7, y + 7); c.lineTo(x - 7, y + 7); c.closePath();
      c.fill(); c.stroke();
    }
  }

  // houses are institutions, facilities, and works that stand on one site.
  private houses(): { name: string; x: number; y: number }[] {
    const parks = (this.scene?.works ?? []).filter((k) => k.cells.length > 0 && k.cells.length <= 4);
    return [...(this.scene?.spots ?? []), ...parks.map((k) => ({ name: k.name, x: k.cells[0][0], y: k.cells[0][1] }))];
  }

  private drawClusters(c: CanvasRenderingContext2D, v: Sight, clusters: Cluster[]): void {
    for (const k of clusters) {
      c.beginPath();
      for (const ring of k.rings) this.ring(c, ring, v);
      c.strokeStyle = "rgba(255,255,255,.8)";
      c.lineWidth = 4;
      c.stroke();
      c.strokeStyle = inks.cluster;
      c.lineWidth = k.number === this.chosen ? 3 : 1.6;
      c.setLineDash(k.event === "birth" || k.event === "split" ? [5, 4] : []);
      c.stroke();
      c.setLineDash([]);
    }
  }

  // drawNames writes names over all else: of the cluster that is looked at, of the largest others, of towns, of houses.
  private drawNames(c: CanvasRenderingContext2D, v: Sight): void {
    const labels = new Labels(c, v.width, v.height, this.covered()), small = v.width < 420, size = v.width < 520 ? 12 : 13;
    const at = (words: string, p: { x: number; y: number }, d = 0): Label => { const [x, y] = this.px(p.x, p.y, v); return { words, x, y: y + d }; };
    const first = (k: Cluster): number => (k.number === this.chosen ? Infinity : k.jobs);
    for (const k of this.circles) { // over the circle, or below it
      const r = k.km * v.scale;
      labels.lay([at(k.name, k, -r - 5)], "italic 600 12px system-ui, sans-serif", 12, inkOf(k), 1, [0, 2 * r + 18, -14, 2 * r + 32]);
    }
    if (this.layers.outlines) {
      const clusters = [...(this.scene?.clusters ?? [])].sort((a, b) => first(b) - first(a));
      labels.lay(clusters.map((k) => ({ ...at(k.name, k), must: k.number === this.chosen })), `600 ${size}px system-ui, sans-serif`, size, inks.text, small ? 0.06 : 0.08, [0, -16, 16, -32, 32], 3);
    }
    if (this.layers.places) {
      labels.lay(this.ground!.towns.map((p) => at(p.name, p, -6)), "12px system-ui, sans-serif", 12, "#444", 0.04, [0], 3);
      if (v.scale > 5) labels.lay(this.houses().map((p) => at(p.name, p, 19)), "12px system-ui, sans-serif", 12, "#111", 0.06, [0]);
    }
    this.names = labels.laid;
  }

  // covered is where the buttons lie.
  private covered(): Box[] {
    if (!this.buttons?.isConnected) return [];
    const a = this.box.getBoundingClientRect(), b = this.buttons.getBoundingClientRect();
    return [[b.left - a.left - 4, b.top - a.top - 4, b.right - a.left + 4, b.bottom - a.top + 4]];
  }

  // drawFirm rings the firm that is looked at and draws its ties: full lines to partners, dashed ones to suppliers.
  private drawFirm(c: CanvasRenderingContext2D, v: Sight, f: FirmStory): void {
    if (f.ended) return;
    const [x, y] = this.px(f.x, f.y, v);
    for (const [list, dash] of [[f.partners, []], [f.suppliers, [4, 3]]] as [FirmStory["partners"], number[]][]) {
      c.setLineDash(dash);
      for (const k of list) {
        const [tx, ty] = this.px(k.x, k.y, v);
        c.strokeStyle = "#fff"; c.lineWidth = 3 + 3 * k.trust; c.beginPath(); c.moveTo(x, y); c.lineTo(tx, ty); c.stroke();
        c.strokeStyle = "#000"; c.lineWidth = 1 + 3 * k.trust; c.stroke();
      }
    }
    c.setLineDash([]);
    for (const [r, ink, w] of [[11, "#fff", 5], [11, "#000", 2.4]] as [number, string, number][]) {
      c.beginPath(); c.arc(x, y, r, 0, 2 * Math.PI); c.strokeStyle = ink; c.lineWidth = w; c.stroke();
    }
  }

  // pick finds what lies under a point: a firm within reach of a finger, else a cluster.
  private pick(px: number, py: number, reach: number): void {
    const f = this.frame, v = this.sight;
    if (f) {
      let best = -1, least = reach;
      const u = unit(v, f.n);
      for (let k = 0; k < f.n; k++) {
        const dx = v.width / 2 + (f.x[k] - v.cx) * v.scale - px, dy = v.height / 2 - (f.y[k] - v.cy) * v.scale - py;
        const d = Math.hypot(dx, dy) - u * (1.1 + 0.75 * Math.sqrt(f.jobs[k])); // below 0 inside the mark: the largest mark wins
        if (d < least) { least = d; best = k; }
      }
      if (best >= 0) { this.picks.firm(f.row[best], this.twin); return; }
    }
    const [x, y] = this.at(px, py);
    for (const k of this.scene?.clusters ?? []) if (inside(k.rings, x, y)) { this.picks.cluster(k.number, this.twin); return; }
    this.picks.nothing();
  }

  zoom(by: number, px?: number, py?: number): void {
    const v = this.sight, x = px ?? v.width / 2, y = py ?? v.height / 2, [kx, ky] = this.at(x, y);
    this.eye.fitted = false;
    this.eye.scale = Math.min(400, Math.max(0.2, this.eye.scale * by));
    this.eye.cx = kx - (x - v.width / 2) / this.eye.scale;
    this.eye.cy = ky + (y - v.height / 2) / this.eye.scale;
    this.picks.moved();
  }

  pan(dx: number, dy: number): void {
    this.eye.fitted = false;
    this.eye.cx -= dx / this.eye.scale;
    this.eye.cy += dy / this.eye.scale;
    this.picks.moved();
  }

  private pointers(): void {
    const down = new Map<number, [number, number]>();
    let moved = 0, apart = 0;
    const place = (e: PointerEvent | WheelEvent): [number, number] => { const b = this.box.getBoundingClientRect(); return [e.clientX - b.left, e.clientY - b.top]; };
    this.box.addEventListener("pointerdown", (e) => { this.box.setPointerCapture(e.pointerId); down.set(e.pointerId, place(e)); moved = 0; apart = 0; });
    this.box.addEventListener("pointermove", (e) => {
      const now = place(e), was = down.get(e.pointerId);
      if (this.placing) { [this.placing.x, this.placing.y] = this.at(now[0], now[1]); this.redraw(); }
      if (!was) return;
      down.set(e.pointerId, now);
      moved += Math.abs(now[0] - was[0]) + Math.abs(now[1] - was[1]);
      if (down.size === 2) {
        const [a, b] = [...down.values()], d = Math.hypot(a[0] - b[0], a[1] - b[1]);
        if (apart) this.zoom(d / apart, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
        apart = d;
      } else if (moved > 4) this.pan(now[0] - was[0], now[1] - was[1]);
    });
    const up = (e: PointerEvent) => {
      if (down.delete(e.pointerId) && moved <= 4 && down.size === 0 && e.type === "pointerup") {
        const [x, y] = place(e);
        if (this.placing) this.picks.spot(...this.at(x, y));
        else this.pick(x, y, e.pointerType === "touch" ? 18 : 9);
      }
    };
    this.box.addEventListener("pointerup", up);
    this.box.addEventListener("pointercancel", up);
    this.box.addEventListener("wheel", (e) => { e.preventDefault(); this.zoom(Math.exp(-e.deltaY / 400), ...place(e)); }, { passive: false });
  }

  private keys(): void {
    this.box.addEventListener("keydown", (e) => {
      const step = 60, moves: Record<string, () => void> = {
        ArrowLeft: () => this.pan(step, 0), ArrowRight: () => this.pan(-step, 0), ArrowUp: () => this.pan(0, step), ArrowDown: () => this.pan(0, -step),
        "+": () => this.zoom(1.3), "=": () => this.zoom(1.3), "-": () => this.zoom(1 / 1.3),
        "0": () => { this.eye.fitted = true; this.picks.moved(); }, Enter: () => this.enter(), c: () => this.next(1), C: () => this.next(-1),
      };
      const act = moves[e.key];
      if (act && !e.ctrlKey && !e.metaKey) { e.preventDefault(); act(); }
    });
  }

  // enter takes what is in the middle of the map.
  private enter(): void {
    const v = this.sight;
    if (this.placing) this.picks.spot(v.cx, v.cy);
    else this.pick(v.width / 2, v.height / 2, 40);
  }

  // next goes from cluster to cluster, the largest first.
  private next(by: number): void {
    const list = [...(this.scene?.clusters ?? [])].sort((a, b) => b.jobs - a.jobs);
    if (list.length === 0) return;
    const at = list.findIndex((k) => k.number === this.chosen);
    this.picks.cluster(list[(at + by + list.length) % list.length].number, this.twin);
  }

  // picture lays all layers on one canvas.
  picture(width?: number): HTMLCanvasElement {
    this.still = false;
    this.draw();
    const k = width ? width / this.base.width : 1, out = el("canvas");
    out.width = Math.round(this.base.width * k);
    out.height = Math.round(this.base.height * k);
    const c = out.getContext("2d", { willReadFrequently: true })!;
    for (const layer of [this.base, this.mid, this.top]) c.drawImage(layer, 0, 0, out.width, out.height);
    return out;
  }

  get kind(): string { return this.painter ? "webgl2" : "canvas"; }
}

// inside says whether a point lies within rings, by the even-odd rule.
function inside(rings: [number, number][][], x: number, y: number): boolean {
  let odd = false;
  for (const r of rings) {
    for (let i = 0, j = r.length - 1; i < r.length; j = i++) {
      if (r[i][1] > y !== r[j][1] > y && x < ((r[j][0] - r[i][0]) * (y - r[i][1])) / (r[j][1] - r[i][1]) + r[i][0]) odd = !odd;
    }
  }
  return odd;
}
