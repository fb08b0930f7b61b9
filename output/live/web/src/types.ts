// What sessions send and take; the Go side is package session.
export interface Value { path: string; value: string }
export interface Change extends Value { tick: number }
export interface Policy {
  id: string; instrument: string; from: number; to?: number; budget?: number; intensity: number;
  x?: number; y?: number; km?: number; cluster?: string; outside?: boolean;
}
export interface Spec {
  scenario: string; file?: string; seed: number; params?: Value[]; changes?: Change[]; policies?: Policy[];
  bare?: boolean; // the twin does without the scenario's own policies too
}
export interface Place { id: string; since: number; from: number; jobs: number[]; other?: number[] }
export interface Effect { mean: number | null; lo: number | null; hi: number | null; positive: number }
export interface Trial {
  pairs: number; ticks: number; progress: number; seeds: number[] | null; with: (number | null)[][]; without: (number | null)[][];
  effects: Effect[]; command: string;
}
export interface State {
  life: number; ready: boolean; spec: Spec; pending?: string[]; planned?: Policy[]; titles?: { [path: string]: string }; tick: number; goal: number; end: number; playing: boolean;
  busy: boolean; pace: number; twin: boolean; twin_tick: number; twins: number; firms: number; fault?: string; command: string;
  command_without?: string; spent?: { id: string; amount: number }[]; trial?: Trial; places?: Place[]; from: number;
  rows: (number | null)[][]; other?: (number | null)[][]; other_from: number;
}
export interface Sector { id: string; name: string; group: string; rank: number }
export interface Spot { name: string; kind: string; x: number; y: number; members?: number }
export interface OwnPolicy { id: string; name: string; from: number; to: number; x?: number; y?: number; km?: number } // of the scenario itself
export interface Ground {
  life: number; id: string; title: string; box: [number, number, number, number]; start: [number, number]; currency: string;
  money: number; scale: number; sectors: Sector[]; outlines: [number, number][][]; towns: Spot[];
  own: OwnPolicy[]; notes?: string[];
}
export interface Cluster {
  number: number; name: string; group: string; x: number; y: number; jobs: number; firms: number; event: string;
  rings: [number, number][][];
}
// Level is a cell in which infrastructure stands: x, y, km, shares saved of freight, unit cost and selling, workers a km2 more.
export type Level = [number, number, number, number, number, number, number];
export interface Scene {
  life: number; tick: number; surveyed: number; clusters: Cluster[]; spots: Spot[];
  levels: Level[];
  works: { id: string; name: string; cells: [number, number, number][] }[];
}
export interface Tied { row: number; sector: number; trust: number; km: number; jobs: number; x: number; y: number }
export interface FirmStory {
  row: number; id: string; ended?: number; sector: number; cluster: number; cluster_name?: string; x: number; y: number; age: number;
  jobs: number; wage: number; sales: number; productivity: number | null; mean: number | null; profit: number; technology: number;
  exporter: boolean; parent: number; spun_off: boolean; suppliers: Tied[]; partners: Tied[]; history: [number, number][] | null;
}
export interface ClusterStory {
  number: number; name: string; group: string; tick: number; alive: boolean; firms: number; jobs: number; share: number | null;
  productivity: number | null; synergy: number | null; input: number | null; labour: number | null; knowledge: number | null;
  trust: number | null; club: number | null; trust_in: number | null; trust_out: number | null;
  years: { tick: number; firms: number; jobs: number; event: string; other?: number }[]; sectors: number[];
}
export interface Knob {
  group: string; path: string; label: string; meaning: string; unit: string; default: string; in: string; low: number; high: number;
  words?: string[]; source: string; start: boolean;
}
export interface Instrument { id: string; title: string; doc: string; local: boolean; common: boolean }
export interface Catalogue {
  scenarios: { id: string; title: string; summary: string }[]; knobs: Knob[]; instruments: Instrument[]; metrics: string[];
}

// A Frame is a picture of a world; its arrays lie in the bytes that came.
export interface Frame {
  life: number; tick: number; n: number; m: number; x: Float32Array; y: Float32Array; jobs: Float32Array; row: Int32Array;
  cluster: Int32Array; from: Uint32Array; to: Uint32Array; sector: Uint8Array; mark: Uint8Array; trust: Uint8Array;
}

const pad = (n: number) => (n + 3) & ~3;

// readFrame lays typed arrays over the bytes of a frame; null for bytes that are none.
export function readFrame(b: ArrayBuffer): Frame | null {
  if (b.byteLength < 24) return null;
  const head = new Uint32Array(b, 0, 6);
  const n = head[3], m = head[4];
  if (head[0] !== 0x31464741 || b.byteLength !== 24 + 20 * n + 8 * m + pad(2 * n) + pad(m)) return null;
  let at = 24;
  const take = <T>(make: new (b: ArrayBuffer, at: number, n: number) => T, count: number, bytes: number): T => {
    const a = new make(b, at, count);
    at += bytes;
    return a;
  };
  const x = take(Float32Array, n, 4 * n), y = take(Float32Array, n, 4 * n), jobs = take(Float32Array, n, 4 * n);
  const row = take(Int32Array, n, 4 * n), cluster = take(Int32Array, n, 4 * n);
  const from = take(Uint32Array, m, 4 * m), to = take(Uint32Array, m, 4 * m);
  const sector = take(Uint8Array, n, n), mark = new Uint8Array(b, at, n);
  at = 24 + 20 * n + 8 * m + pad(2 * n);
  return { life: head[1], tick: head[2], n, m, x, y, jobs, row, cluster, from, to, sector, mark, trust: new Uint8Array(b, at, m) };
}
