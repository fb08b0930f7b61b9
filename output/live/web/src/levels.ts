// What public works and facilities make of the cells: a kind at a time, on one scale for both maps.
import { t } from "./text";
import { Level, Scene } from "./types";

// kinds of infrastructure, and where a cell's level of each stands in its row.
export const kinds = { transport: 3, land: 6, utilities: 4, communications: 5 } as const;
export type Kind = keyof typeof kinds;

// Shown is what the maps show: a kind, and its scale.
export interface Shown { kind: Kind; least: number; most: number }

// standing lists the kinds that stand anywhere in the scenes.
export function standing(scenes: (Scene | null)[]): Kind[] {
  return (Object.keys(kinds) as Kind[]).filter((k) => scenes.some((s) => s?.levels.some((c) => c[kinds[k]] > 0)));
}

// scaled is a kind with the scale of all scenes; another that stands where this one does not.
export function scaled(kind: Kind, scenes: (Scene | null)[]): Shown | null {
  const have = standing(scenes), of = have.includes(kind) ? kind : have[0];
  if (!of) return null;
  const at = kinds[of];
  let least = Infinity, most = 0;
  for (const s of scenes) for (const c of s?.levels ?? []) if (c[at] > 0) { least = Math.min(least, c[at]); most = Math.max(most, c[at]); }
  return { kind: of, least: of === "land" ? least : 0, most };
}

// cover is how strongly a level is inked: of land by its logarithm, since a park holds a thousand times what roads make room for.
const cover = (s: Shown, level: number): number => {
  const part = s.kind === "land" ? (s.most > s.least ? Math.log(level / s.least) / Math.log(s.most / s.least) : 1) : level / s.most;
  return 0.14 + 0.5 * Math.min(1, Math.max(0, part));
};

const ink = (cover: number): string => `rgba(176,124,0,${cover.toFixed(3)})`;

// Boxed is where the corner of a cell with its middle and width in km lies on the canvas, and how wide it is there.
type Boxed = (x: number, y: number, km: number) => [number, number, number];

// drawLevels shades the cells.
export function drawLevels(c: CanvasRenderingContext2D, s: Shown, levels: Level[], box: Boxed): void {
  for (const row of levels) {
    const level = row[kinds[s.kind]];
    if (!(level > 0)) continue;
    const [x, y, w] = box(row[0], row[1], row[2]);
    c.fillStyle = ink(cover(s, level));
    c.fillRect(x, y, w + 0.5, w + 0.5);
  }
}

// edge lays the path of the sides of cells behind which they end.
export function edge(c: CanvasRenderingContext2D, cells: [number, number, number][], box: Boxed): void {
  const at = (x: number, y: number) => Math.round(x * 10) + "," + Math.round(y * 10), held = new Set(cells.map(([x, y]) => at(x, y)));
  for (const [x, y, km] of cells) {
    const [left, top, w] = box(x, y, km);
    for (const [dx, dy, x1, y1, x2, y2] of [[0, 1, 0, 0, 1, 0], [1, 0, 1, 0, 1, 1], [0, -1, 0, 1, 1, 1], [-1, 0, 0, 0, 0, 1]]) {
      if (held.has(at(x + dx * km, y + dy * km))) continue;
      c.moveTo(left + x1 * w, top + y1 * w);
      c.lineTo(left + x2 * w, top + y2 * w);
    }
  }
}

// ends are the ends of the scale in words, and its colours for a legend.
export function ends(s: Shown, num: (v: number, digits?: number) => string): { low: string; high: string; from: string; to: string } {
  const digits = (v: number) => (v > 0 ? Math.max(0, 1 - Math.floor(Math.log10(v) + 1e-9)) : 0);
  const say = (v: number) => (s.kind === "land" ? num(v, digits(v)) : num(100 * v, digits(100 * v)) + "%");
  const one = s.kind === "land" && s.most <= s.least;
  return { low: one ? "" : say(s.least), high: say(s.most) + (s.kind === "land" ? " " + t("page.works.per") : ""), from: ink(one ? cover(s, s.most) : 0.14), to: ink(cover(s, s.most)) };
}
