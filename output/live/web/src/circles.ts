// Circles of policies on a map. Those of the page are full and thick, those of the scenario itself are double lines; who cannot see their
// colours tells them by that. What does not act at the time is dashed; so is what the twin does without, and thin.
import { OwnPolicy, Policy } from "./types";

export interface Circle { name: string; x: number; y: number; km: number; dates: { from: number; to?: number }[]; given: boolean; absent: boolean }

export const circleInks = { ours: "#b30059", given: "#33475b", absent: "#444" };

// circlesOf lists the circles of a map. Policies with one circle share it, as the elements of a strategy do.
export function circlesOf(ours: Policy[], given: OwnPolicy[], name: (instrument: string) => string, twin: boolean, bare: boolean): Circle[] {
  const all = new Map<string, Circle>();
  const add = (p: { from: number; to?: number; x?: number; y?: number; km?: number }, words: string, of: boolean, absent: boolean) => {
    if (!p.km) return;
    const x = p.x ?? 0, y = p.y ?? 0, key = [x, y, p.km, of].join(), have = all.get(key);
    if (!have) { all.set(key, { name: words, x, y, km: p.km, dates: [p], given: of, absent }); return; }
    have.dates.push(p);
    if (!have.name.split(", ").includes(words)) have.name += ", " + words;
  };
  for (const p of given) add(p, p.name, true, twin && bare);
  for (const p of ours) add(p, name(p.instrument), false, twin);
  return [...all.values()];
}

// acts says whether a policy of a circle is in force at a tick.
const acts = (k: Circle, tick: number): boolean => !k.absent && k.dates.some((d) => tick >= d.from && (!d.to || tick < d.to));

// inkOf is the colour of a circle and its name.
export const inkOf = (k: Circle): string => (k.absent ? circleInks.absent : k.given ? circleInks.given : circleInks.ours);

// drawCircle draws a circle about a point of the canvas.
export function drawCircle(c: CanvasRenderingContext2D, k: Circle, x: number, y: number, r: number, tick: number): void {
  const on = acts(k, tick), line = (width: number, ink: string, dash: number[] = []) => { c.lineWidth = width; c.strokeStyle = ink; c.setLineDash(dash); c.stroke(); };
  c.beginPath();
  c.arc(x, y, r, 0, 2 * Math.PI);
  const dash = on ? [] : [7, 5];
  line(6, "rgba(255,255,255,.7)");
  if (k.absent) line(2, circleInks.absent, dash);
  else if (k.given) { line(4.5, circleInks.given, dash); line(1.5, "#fff", dash); }
  else {
    if (on) { c.fillStyle = "rgba(179,0,89,.06)"; c.fill(); }
    line(3, circleInks.ours, dash);
  }
  c.setLineDash([]);
}
