// The picture of a class: every world a mark, a row an arm, the mean with its interval below; and the differences of worlds that
// share their seed. Marks differ by form and colour, so that grey projectors and colour blindness do no harm.
import { colourOf, shapes } from "./marks";
import { num, percent, t } from "./text";
import { Found, Outcome, TaskShown } from "./class_types";

const svgns = "http://www.w3.org/2000/svg";

function s(tag: string, attrs: Record<string, string | number>, ...children: (Node | string)[]): SVGElement {
  const e = document.createElementNS(svgns, tag);
  for (const [k, v] of Object.entries(attrs)) e.setAttribute(k, typeof v === "number" ? String(Math.round(v * 100) / 100) : v);
  e.append(...children);
  return e;
}

// level writes a value of the outcome.
export function level(o: Outcome, v: number | null): string {
  if (v === null) return "–";
  return o.share ? percent(v) : num(v, o.count && Math.abs(v) >= 20 ? 0 : undefined);
}

// change writes differences of the outcome with their sign, all with the decimals of the largest.
const change = (o: Outcome, most: number) => (v: number): string => (v > 0 ? "+" : "") + (o.share ? num(100 * v, 1) : num(v, most > 0 ? Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(most)))) : 0));

// form is a mark as a path about the origin.
function form(k: number, r: number): string {
  const f = (n: number) => n.toFixed(2), ring = (q: number) => `M${f(q)} 0A${f(q)} ${f(q)} 0 1 1 ${f(-q)} 0A${f(q)} ${f(q)} 0 1 1 ${f(q)} 0Z`;
  const poly = (n: number, turn: number, q: number) => "M" + [...Array(n).keys()].map((i) => `${f(q * Math.cos(turn + (2 * Math.PI * i) / n))} ${f(q * Math.sin(turn + (2 * Math.PI * i) / n))}`).join("L") + "Z";
  switch (k % shapes) {
    case 1: return poly(4, Math.PI / 4, r * 1.25);
    case 2: return poly(3, -Math.PI / 2, r * 1.3);
    case 3: return poly(4, 0, r * 1.3);
    case 4: return poly(3, Math.PI / 2, r * 1.3);
    case 5: return poly(6, 0, r * 1.15);
    default: return ring(r);
  }
}

// steps are round numbers between two.
function steps(lo: number, hi: number, n: number): number[] {
  const raw = (hi - lo) / n, p = 10 ** Math.floor(Math.log10(raw)), step = [1, 2, 5, 10].map((m) => m * p).find((m) => m >= raw)!;
  const all: number[] = [];
  for (let k = Math.ceil(lo / step - 1e-9); k * step <= hi + step * 1e-9; k++) all.push(k * step);
  return all;
}

interface Row { label: string; note: string; mean: number | null; lo: number | null; hi: number | null; dots: { v: number; key: string; hollow: boolean; own: boolean; tip: string }[]; arm: number }
interface Panel { head: string; rows: Row[]; zero: boolean }

// rowsOf cuts what was found into panels.
function panelsOf(f: Found, task: TaskShown, own: Set<string>): Panel[] {
  const o = task.outcome, range = (lo: number | null, hi: number | null, w: (v: number) => string) => (lo === null || hi === null ? "" : t("class.chart.interval", w(lo), w(hi)));
  const write = (v: number) => level(o, v);
  const arms: Row[] = f.arms.map((a, k) => ({
    label: a.label, arm: k, mean: a.mean, lo: a.lo, hi: a.hi,
    note: a.n ? [t("class.chart.worlds", a.n), t("class.chart.mean", write(a.mean!)), range(a.lo, a.hi, write)].filter(Boolean).join(" · ") : t("class.chart.empty"),
    dots: a.dots.map((d) => ({ v: d.value, key: `${k}.${d.replicate}`, hollow: false, own: own.has(`${k}.${d.replicate}`), tip: t("class.chart.dot", write(d.value), d.seed, d.student) })),
  }));
  const panels: Panel[] = [{ head: task.name, rows: arms, zero: false }];
  const rows: Row[] = f.contrasts.filter((c) => c.pairs > 0).map((c) => {
    const w = change(o, Math.max(...[c.lo, c.hi, c.mean].map((v) => Math.abs(v ?? 0)))), base = new Map(f.arms[0].dots.map((d) => [d.replicate, d.value]));
    return {
      label: t("class.chart.less", f.arms[c.arm].label, f.arms[0].label), arm: c.arm, mean: c.mean, lo: c.lo, hi: c.hi,
      note: [t("class.chart.pairs", c.pairs), t("class.chart.mean", w(c.mean!)), range(c.lo, c.hi, w), t("class.chart.other", c.other)].filter(Boolean).join(" · "),
      dots: f.arms[c.arm].dots.filter((d) => base.has(d.replicate)).map((d) => {
        const v = d.value - base.get(d.replicate)!;
        return { v, key: `d${c.arm}.${d.replicate}`, hollow: v * (c.mean ?? 0) < 0, own: own.has(`${c.arm}.${d.replicate}`), tip: t("class.chart.pair", w(v), d.seed) };
      }),
    };
  });
  if (rows.length) panels.push({ head: t("class.chart.differences", o.share ? t("class.chart.points") : task.name), rows, zero: true });
  return panels;
}

// swarm places marks side by side where they would hide each other: offsets from the middle of the row.
function swarm(x: number[], r: number, half: number): number[] {
  const order = x.map((_, k) => k).sort((a, b) => x[a] - x[b] || a - b), at: number[] = new Array(x.length).fill(0), placed: number[] = [];
  for (const k of order) {
    let best = 0;
    for (let n = 0; n < 400; n++) {
      best = ((n % 2 ? 1 : -1) * Math.ceil(n / 2) * r) / 2;
      if (Math.abs(best) > half) { best = (((k * 37) % 19) / 9 - 1) * half; break; }
      if (placed.every((q) => (x[q] - x[k]) ** 2 + (at[q] - best) ** 2 >= 4.2 * r * r)) break;
    }
    at[k] = best;
    placed.push(k);
  }
  return at;
}

// folded breaks words into lines of so many letters.
function folded(words: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + 1 + word.length <= most) lines[last] += " " + word;
    else lines.push(word);
  }
  return lines;
}

const drawn = new WeakMap<Element, Set<string>>();

// Column is where panels are laid below each other: how wide it is, what its rows have above their marks, and how high all is.
interface Column { panels: Panel[]; x: number; w: number; names: (r: Row) => string[]; notes: (r: Row) => string[] | null; head: number; heads: string[][]; high: number; total: number }

const left = 14, right = 18;

// columnOf measures panels that stand below each other in a width, as high as there is room or as they need.
function columnOf(panels: Panel[], x: number, w: number, h: number, type: number): Column {
  const narrow = panels.some((p) => p.rows.some((r) => (r.label.length + r.note.length) * type * 0.56 > w - 60)); // name and numbers on two lines
  const across = w - left - right - type * 1.3, most = (lines: (r: Row) => string[]) => (narrow ? Math.max(1, ...panels.flatMap((p) => p.rows.map((r) => lines(r).length))) : 1);
  const names = (r: Row) => folded(r.label, narrow ? across / (type * 0.66) : Infinity), notes = (r: Row) => folded(r.note, narrow ? across / (type * 0.53) : Infinity);
  const head = type * 1.3 * most(names) + (narrow ? type * 1.2 * most(notes) : 0); // how high the name and the numbers of a row are
  const rows = panels.reduce((n, p) => n + p.rows.length, 0), heads = panels.map((p) => folded(p.head, (w - left - right) / (type * 0.65)));
  const overhead = panels.length * type * 4.6 + heads.reduce((n, l) => n + (l.length - 1) * type * 1.3, 0);
  const high = Math.max(head + type * (w < 520 ? 4 : 2.8), (h - overhead) / rows);
  return { panels, x, w, names, notes: narrow ? notes : () => null, head, heads, high, total: overhead + rows * high };
}

// strip draws what was found into a box, as large as the box is. What is too high for a wide box stands side by side: the differences
// are what a class is to see, and nobody scrolls on a wall.
export function strip(box: HTMLElement, f: Found, task: TaskShown, own: Set<string> = new Set()): void {
  const w = Math.max(280, box.clientWidth), h = Math.max(200, box.clientHeight);
  const type = Math.max(13, Math.min(22, w / 62, h / 30)), panels = panelsOf(f, task, own);
  let columns = [columnOf(panels, 0, w, h, type)];
  if (columns[0].total > h + 1 && panels.length > 1 && w >= 700) columns = panels.map((p, k) => columnOf([p], (w / 2) * k, w / 2, h, type));
  const total = Math.max(h, ...columns.map((c) => c.total));
  const svg = s("svg", { viewBox: `0 0 ${w} ${total}`, width: w, height: total, role: "img", "font-size": type });
  svg.setAttribute("aria-label", f.sentences.join(" "));
  const was = drawn.get(box) ?? new Set<string>(), is = new Set<string>();
  for (const c of columns) {
    const place = s("g", { transform: `translate(${c.x} 0)` });
    stand(place, c, task, type, was, is);
    svg.append(place);
  }
  drawn.set(box, is);
  box.replaceChildren(svg);
}

// stand draws the panels of a column below each other.
function stand(svg: SVGElement, c: Column, task: TaskShown, type: number, was: Set<string>, is: Set<string>): void {
  const { w, head, high } = c;
  let y = 0;
  for (const [k, p] of c.panels.entries()) {
    const all = p.rows.flatMap((r) => [...r.dots.map((d) => d.v), r.lo, r.hi, r.mean]).filter((v): v is number => v !== null);
    let lo = Math.min(...all), hi = Math.max(...all);
    if (p.zero) { lo = Math.min(lo, 0); hi = Math.max(hi, 0); }
    if (!all.length) { lo = 0; hi = 1; }
    if (hi - lo < 1e-9) { const d = Math.abs(hi) * 0.05 || 0.5; lo -= d; hi += d; }
    const room = (hi - lo) * 0.04;
    lo -= room; hi += room;
    c.heads[k].forEach((line, n) => svg.append(s("text", { x: left, y: y + type * 1.3 * (n + 1), "font-weight": 700 }, line)));
    y += (c.heads[k].length - 1) * type * 1.3;
    const X = (v: number) => left + ((v - lo) / (hi - lo)) * (w - left - right), bottom = y + type * 2 + p.rows.length * high;
    y += type * 2;
    const marks = all.length ? steps(lo, hi, Math.max(4, Math.min(8, w / (7 * type)))) : [], by = task.outcome.share ? 100 : 1;
    const fine = marks.length > 1 ? Math.max(0, Math.min(8, -Math.floor(Math.log10((marks[1] - marks[0]) * by) + 1e-9))) : 0;
    for (const v of marks) {
      const zero = p.zero && Math.abs(v) < 1e-12;
      const pen = { x1: X(v), x2: X(v), stroke: zero ? "#1a1a1a" : "#d9d9d4", "stroke-width": zero ? 2 : 1 };
      p.rows.forEach((_, k) => svg.append(s("line", { ...pen, y1: y + k * high + head, y2: y + (k + 1) * high }))); // none through a row's name and numbers
      const words = p.zero && zero ? "0" : (p.zero && v > 0 ? "+" : "") + num(v * by, fine) + (task.outcome.share && !p.zero ? "\u2009%" : ""), half = words.length * type * 0.29;
      svg.append(s("text", { x: Math.max(half, Math.min(w - half, X(v))), y: bottom + type * 1.15, "text-anchor": "middle", fill: "#333", "font-size": type * 0.9 }, words));
    }
    for (const r of p.rows) {
      draw(svg, r, X, y, high, { type, left, width: w - left - right, head, names: c.names(r), notes: c.notes(r) }, was, is);
      y += high;
    }
    svg.append(s("line", { x1: left, x2: w - right, y1: bottom, y2: bottom, stroke: "#777" }));
    y = bottom + type * 2.6;
  }
}

// Room is where a row is laid; notes are null where the numbers stand at the end of the name's line.
interface Room { type: number; left: number; width: number; head: number; names: string[]; notes: string[] | null }

// draw lays one row: its name, its marks, its mean with the interval.
function draw(svg: SVGElement, r: Row, X: (v: number) => number, y: number, high: number, room: Room, was: Set<string>, is: Set<string>): void {
  const { type, left, width, head, names, notes } = room, colour = colourOf(r.arm), bar = y + high - type * 0.75;
  svg.append(s("path", { d: form(r.arm, type * 0.38), transform: `translate(${left + type * 0.5} ${y + type * 0.7})`, fill: colour, stroke: "#1a1a1a", "stroke-width": 0.8 }),
    ...names.map((line, k) => s("text", { x: left + type * 1.3, y: y + type * (1.05 + 1.3 * k), "font-weight": 600 }, line)),
    ...(notes ?? []).map((line, k) => s("text", { x: left + type * 1.3, y: y + type * (1.3 * names.length + 0.95 + 1.2 * k), fill: "#333", "font-size": type * 0.88 }, line)),
    notes ? "" : s("text", { x: left + width, y: y + type * 1.05, "text-anchor": "end", fill: "#333", "font-size": type * 0.95 }, r.note));
  const top = y + head + type * 0.2, middle = (top + bar - type * 0.8) / 2, half = Math.max(4, (bar - type * 0.8 - top) / 2);
  const size = Math.max(2.5, Math.min(type * 0.56, half * 0.5, Math.sqrt((width * half) / Math.max(1, r.dots.length)) * 0.32));
  const x = r.dots.map((d) => X(d.v)), at = swarm(x, size, Math.max(0, half - size));
  r.dots.forEach((d, k) => {
    is.add(d.key);
    const mark = s("path", { d: form(r.arm, d.own ? size * 1.35 : size), fill: d.hollow ? "#fff" : colour, "fill-opacity": d.hollow || d.own ? 1 : 0.82, stroke: d.hollow ? colour : "#1a1a1a", "stroke-width": d.own ? 3 : d.hollow ? 2 : 0.8 }, s("title", {}, d.tip));
    const place = s("g", { transform: `translate(${x[k].toFixed(1)} ${(middle + at[k]).toFixed(1)})` }, mark);
    if (!was.has(d.key) && was.size) mark.setAttribute("class", "fresh");
    if (d.own) place.append(s("path", { d: `M0 ${-size * 3.4}l${size * 0.9} ${-size * 1.3}h${-size * 1.8}z`, transform: `translate(0 ${size * 1.6})`, fill: "#1a1a1a" }));
    svg.append(place);
  });
  if (r.mean === null) return;
  if (r.lo !== null && r.hi !== null) {
    svg.append(s("line", { x1: X(r.lo), x2: X(r.hi), y1: bar, y2: bar, stroke: "#1a1a1a", "stroke-width": Math.max(3, type * 0.22) }));
    for (const end of [r.lo, r.hi]) svg.append(s("line", { x1: X(end), x2: X(end), y1: bar - type * 0.3, y2: bar + type * 0.3, stroke: "#1a1a1a", "stroke-width": 2 }));
  }
  svg.append(s("path", { d: form(3, type * 0.42), transform: `translate(${X(r.mean)} ${bar})`, fill: "#fff", stroke: "#1a1a1a", "stroke-width": 2.2 }));
}
