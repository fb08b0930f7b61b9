// Charts over time beside the map: one line a world, and the difference of the twins as it grows.
import Plot from "../third_party/uplot/uPlot.esm.js";
import type uPlot from "../third_party/uplot/uPlot";
import { el, num, percent, signed, t } from "./text";

export interface Curve { metric: string; percent?: boolean; yearly?: boolean }

// What is charted: name of the column, whether it is a share, and whether it is a count of a quarter that is shown as a share of
// firms a year.
export const curves: Curve[] = [
  { metric: "share_jobs_in_clusters", percent: true }, { metric: "productivity" }, { metric: "jobs" }, { metric: "firms" },
  { metric: "trust" }, { metric: "unemployment", percent: true }, { metric: "synergy", percent: true }, { metric: "wage" },
  { metric: "innovations" }, { metric: "exports" }, { metric: "eg_gamma" }, { metric: "births" }, { metric: "deaths" }, { metric: "clusters" },
  { metric: "value_added" }, { metric: "ties" }, { metric: "public_cost" },
];

export const with_ = "#b30059", without_ = "#00507d", past_ = "#8a8a8a";

export interface Lines { year: number[]; main: (number | null)[]; other?: (number | null)[]; past?: (number | null)[] }

export class Chart {
  readonly box: HTMLElement;
  private plot: uPlot | null = null;
  private shape = "";
  private words = el("figcaption");
  private area = el("div", { class: "plot", "aria-hidden": "true" });

  constructor(readonly id: string, private title: string, private share: boolean, private difference = false, private metric = id) {
    this.box = el("figure", { class: "chart", "data-chart": id }, this.words, this.area);
    new ResizeObserver(() => { if (this.plot && this.area.clientWidth) this.plot.setSize({ width: this.area.clientWidth, height: this.height }); }).observe(this.area);
  }

  private get height(): number { return this.difference ? 150 : 110; }
  private write = (v: number): string => (this.difference ? changed(this.metric, v, this.share) : written(this.metric, v, this.share));

  draw(l: Lines): void {
    this.caption(l);
    if (this.area.clientWidth === 0) return;
    const shape = [!!l.other, !!l.past, this.title].join();
    const data = [l.year, l.main, ...(l.other ? [l.other] : []), ...(l.past ? [l.past] : [])] as uPlot.AlignedData;
    if (!this.plot || shape !== this.shape) {
      this.plot?.destroy();
      this.shape = shape;
      this.plot = new (Plot as unknown as typeof uPlot)(this.options(l), data, this.area);
    } else this.plot.setData(data);
  }

  private options(l: Lines): uPlot.Options {
    const axis = { stroke: "#333", font: "12px system-ui, sans-serif", grid: { stroke: "#ddd", width: 1 }, ticks: { show: false } };
    const series: uPlot.Series[] = [{}, { stroke: l.other || this.difference ? with_ : "#1a1a1a", width: 2, points: { show: false } }];
    if (l.other) series.push({ stroke: without_, width: 2, dash: [6, 4], points: { show: false } });
    if (l.past) series.push({ stroke: past_, width: 1.5, dash: [2, 3], points: { show: false } });
    return {
      width: this.area.clientWidth, height: this.height, legend: { show: false }, cursor: { show: true, y: false }, padding: [6, 18, 0, 0],
      scales: { x: { time: false, range: (u) => { const x = u.data[0], first = x[0] ?? 0; return [first, Math.max(x[x.length - 1] ?? 0, first + 5)]; } }, y: { range: (_u, lo, hi) => this.range(lo, hi) } }, series,
      axes: [{ ...axis, size: 22, values: (_u: uPlot, v: number[]) => v.map((x) => (x === Math.floor(x) ? String(x) : "")) },
        { ...axis, size: (u, labels) => this.room(u, labels), values: (_u: uPlot, v: number[]) => this.marks(v) }],
    };
  }

  // marks are the numbers beside the axis, with as many decimals as their step asks for.
  private marks(v: number[]): string[] {
    const unit = this.share ? 100 : 1, places = digits(v.map((x) => unit * x));
    return v.map((x) => (this.share && !this.difference ? percent(x, places) : num(unit * x, places)));
  }

  // room is the width that the numbers beside the axis take, so that none loses its first digits.
  private room(u: uPlot, labels: string[] | null): number {
    u.ctx.font = `${12 * (window.devicePixelRatio || 1)}px system-ui, sans-serif`;
    return Math.max(54, Math.ceil(Math.max(0, ...(labels ?? []).map((x) => u.ctx.measureText(x).width / (window.devicePixelRatio || 1)))) + 14);
  }

  // range leaves room about a flat line, and keeps zero in sight where a difference is shown.
  private range(lo: number | null, hi: number | null): [number, number] {
    if (lo === null || hi === null || !isFinite(lo) || !isFinite(hi)) return [0, 1];
    if (this.difference) { lo = Math.min(lo, 0); hi = Math.max(hi, 0); }
    const least = this.share ? 0.01 : hi === 0 && lo === 0 ? 2 : Math.max(1e-9, Math.abs(hi) * 0.02), room = Math.max((hi - lo) * 0.08, (least - (hi - lo)) / 2);
    return [this.share && lo >= 0 ? Math.max(0, lo - room) : lo - room, hi + room];
  }

  private caption(l: Lines): void {
    const last = (a?: (number | null)[]) => { for (let k = (a?.length ?? 0) - 1; k >= 0; k--) if (a![k] !== null && a![k] !== undefined) return a![k]!; return null; };
    const parts: (Node | string)[] = [el("span", { class: "name" }, this.title)];
    const a = last(l.main), b = last(l.other), p = last(l.past);
    const value = (v: number | null, kind: string) => el("span", { class: "value " + kind }, v === null ? "–" : this.write(v));
    parts.push(value(a, l.other || this.difference ? "with" : ""));
    if (l.other) parts.push(value(b, "without"));
    if (l.past) parts.push(value(p, "past"));
    this.words.replaceChildren(...parts);
    this.box.setAttribute("aria-label", this.title + ": " + [a, b, p].filter((v) => v !== null).map((v) => this.write(v!)).join(", "));
  }

  rename(title: string): void { this.title = title; }
}

function digits(v: number[]): number {
  const step = v.length > 1 ? Math.abs(v[1] - v[0]) : Math.abs(v[0] ?? 1);
  let n = 0;
  for (let x = step; n < 6 && Math.abs(x - Math.round(x)) > 1e-6 * x; x *= 10) n++;
  return n;
}

const counts = new Set(["jobs_place", "jobs", "firms", "ties", "clusters", "births", "deaths", "innovations"]);

// written is a value of a metric as a reader wants it: shares in percent, counts without more digits than they deserve.
export const written = (metric: string, v: number, share: boolean): string => (share ? percent(v) : counts.has(metric) ? num(v, Math.abs(v) >= 10 || Number.isInteger(v) ? 0 : 1) : num(v));

// changed is a difference of a metric with its sign: shares differ by points, not by percent.
export const changed = (metric: string, v: number, share: boolean): string => (share ? t("page.points", signed(100 * v, (x) => num(x, 1))) : signed(v, (x) => written(metric, x, false)));

export const nameOf = (metric: string): string => t("page.metric." + metric);
