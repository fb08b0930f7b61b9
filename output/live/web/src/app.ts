// What the page knows: the session's state, the rows of its worlds, the maps; parts of the page listen to it.
import { Circle, circlesOf } from "./circles";
import { Kind, scaled } from "./levels";
import { Link, Watcher } from "./link";
import { drawing, Eye, Layers, MapView } from "./map";
import { rankSectors } from "./marks";
import { say, t } from "./text";
import { Catalogue, ClusterStory, FirmStory, Frame, Ground, Place, Policy, Scene, Spec, State } from "./types";

export interface Past { rows: (number | null)[][] } // of the usual world of a lesson
type Listener = () => void;

export class App {
  state: State | null = null;
  catalogue!: Catalogue;
  ground: Ground | null = null;
  rows: (number | null)[][] = [];
  other: (number | null)[][] = [];
  places = new Map<string, Place>();
  past: Past | null = null;
  eye: Eye = { cx: 0, cy: 0, scale: 6, fitted: true };
  layers: Layers = { ties: true, outlines: true, works: true, places: true, shown: null };
  kind: Kind = "transport"; // of infrastructure, that the reader wants to see
  maps: MapView[] = [];
  firm: FirmStory | null = null;
  cluster: ClusterStory | null = null;
  chosenTwin = false; // the story is of the twin
  placing: { instrument: string; km: number; from?: number } | null = null;
  lost = false;
  worlds = 0; // that the page has seen begin
  link: Link;
  private heard: Record<string, Listener[]> = {};
  private life = -1;
  private sceneAt = [-1, -1];
  private busy = false;
  private renamed = false; // names are in another language now
  private wanted = false;
  private told = -1;
  private ahead: Promise<Frame | null> | null = null; // the first picture of a world, asked for beside its ground
  private choices = 0; // how often something was chosen, or nothing

  constructor(connect: (w: Watcher) => Link) {
    this.link = connect({
      state: (s) => this.take(s),
      lost: (lost) => { if (lost !== this.lost) { this.lost = lost; this.tell("state"); if (lost) say(t("page.lost")); } },
      anew: () => { this.life = -1; },
    });
  }

  on(what: "state" | "world" | "rows" | "story" | "chosen" | "scene" | "levels" | "frame", f: Listener): void { (this.heard[what] ??= []).push(f); }
  tell(what: string): void { for (const f of this.heard[what] ?? []) f(); }

  // column is the number of a metric in the rows.
  column(metric: string): number { return this.catalogue.metrics.indexOf(metric); }

  year(tick: number): number { const s = this.ground?.start ?? [0, 1]; return s[0] + (s[1] - 1 + tick) / 4; }
  tickOf(year: number): number { const s = this.ground?.start ?? [0, 1]; return Math.round((year - s[0]) * 4 - (s[1] - 1)); }
  quarter(tick: number): string { const y = this.year(tick); return t("page.quarter", Math.floor(y + 1e-9), Math.round((y - Math.floor(y + 1e-9)) * 4) + 1); }

  async start(spec: Spec, tick = 0, twin = false): Promise<boolean> {
    const fault = await this.link.start(spec, tick, twin);
    if (fault) say(fault === "offline" ? t("page.lost") : fault, true);
    return !fault;
  }

  // do sends a command; a mistake is shown and changes nothing.
  async do(message: Record<string, unknown>): Promise<boolean> {
    const reply = await this.link.send(message);
    if (typeof reply.error === "string") {
      say(reply.error === "offline" ? t("page.lost") : reply.error, true);
      return false;
    }
    return true;
  }

  private take(s: State): void {
    if (s.life !== this.life) {
      this.life = s.life;
      this.worlds++;
      this.rows = [];
      this.other = [];
      this.places.clear();
      this.ground = null;
      this.choices++;
      this.firm = this.cluster = null;
      this.sceneAt = [-1, -1];
    }
    const was = this.state;
    this.state = s;
    if (s.ready) {
      this.rows.splice(s.from, this.rows.length, ...s.rows);
      if (s.twin_tick >= 0) this.other.splice(s.other_from, this.other.length, ...(s.other ?? []));
      else this.other = [];
      this.takePlaces(s);
    }
    if (!!was?.twin !== s.twin) this.tell("world");
    if (s.fault && s.fault !== was?.fault) say(t("page.broke", s.fault), true);
    this.announce(s);
    this.tell("state");
    this.tell("rows");
    if (s.ready) void this.look();
  }

  private takePlaces(s: State): void {
    const ids = new Set((s.places ?? []).map((p) => p.id));
    for (const id of this.places.keys()) if (!ids.has(id)) this.places.delete(id);
    for (const p of s.places ?? []) {
      const have = this.places.get(p.id);
      if (!have || p.since !== have.since || p.from < have.from || p.from > have.from + have.jobs.length) { this.places.set(p.id, { ...p, jobs: p.jobs ?? [], other: p.other ?? [] }); continue; }
      have.jobs.splice(p.from - have.from, have.jobs.length, ...(p.jobs ?? []));
      have.other = have.other ?? [];
      have.other.splice(p.from - have.from, have.other.length, ...(p.other ?? []));
    }
  }

  // announce tells a screen reader every five years how things stand.
  private announce(s: State): void {
    const five = Math.floor(s.tick / 20);
    if (!this.catalogue || !s.ready || five === this.told || s.tick % 20) return; // the first state may come before the names of columns
    this.told = five;
    const last = this.rows[this.rows.length - 1];
    if (last) say(t("page.announce", Math.floor(this.year(s.tick)), s.firms, last[this.column("clusters")] ?? 0));
  }

  // rename takes what the page offers and fetches all names anew, in the language of the page.
  async rename(lists: Catalogue): Promise<void> {
    this.catalogue = lists;
    this.renamed = true;
    void this.look();
    void this.renew();
  }

  // look fetches what the maps show; while a picture is under way the next waits.
  async look(): Promise<void> {
    if (this.busy) { this.wanted = true; return; }
    this.busy = true;
    try {
      do {
        this.wanted = false;
        if (!this.ground || this.ground.life !== this.life || this.renamed) {
          if (!this.ground && this.maps.length > 0) this.ahead = this.link.frame(false);
          const g = (await this.link.send({ do: "ground" })) as unknown as Ground;
          if (!g.box) return;
          const same = this.ground?.life === g.life;
          this.ground = g;
          rankSectors(g.sectors.map((x) => x.rank));
          this.renamed = false;
          for (const m of this.maps) {
            m.ground = g;
            m.scene = null;
            if (!same) { m.frame = null; m.firm = null; m.chosen = 0; }
          }
          if (!same) this.eye.fitted = true;
          this.tell("world");
        }
        await this.pictures();
      } while (this.wanted);
    } finally {
      this.busy = false;
    }
  }

  private async pictures(): Promise<void> {
    const s = this.state!;
    for (const m of this.maps) {
      if (m.twin && s.twin_tick < 0) continue;
      const f = await (m.twin ? this.link.frame(true) : this.ahead ?? this.link.frame(false));
      if (!m.twin) this.ahead = null;
      if (!f || f.life !== this.life) continue;
      m.tick = f.tick;
      m.ground = this.ground;
      m.circles = this.circles(m.twin);
      const k = m.twin ? 1 : 0, year = Math.floor(f.tick / 4), bare = !m.scene;
      if (bare) { m.show(f); if (!m.twin) this.tell("frame"); } // outlines come a moment later than firms: the first picture does not wait for them
      if (!m.scene || this.sceneAt[k] !== year || (!s.playing && m.scene.tick !== f.tick)) {
        const scene = (await this.link.send({ do: "scene", other: m.twin })) as unknown as Scene;
        if (scene.clusters && scene.life === this.life) { m.scene = scene; this.sceneAt[k] = year; this.rescale(); m.redraw(); if (!m.twin) this.tell("scene"); }
        if (!m.twin) void this.renew();
      }
      if (bare) continue;
      m.show(f);
      if (!m.twin) this.tell("frame");
    }
  }

  // circles are those of policies on a map.
  circles(twin: boolean): Circle[] {
    const title = (id: string) => this.catalogue.instruments.find((i) => i.id === id)?.title ?? id;
    return circlesOf(this.policies, this.ground?.own ?? [], title, twin, !!this.state?.spec.bare);
  }

  // rescale gives both maps the kind of infrastructure that is wanted, on one scale; the legend is told of a change.
  rescale(): void {
    const now = scaled(this.kind, this.maps.map((m) => m.scene));
    if (JSON.stringify(now) === JSON.stringify(this.layers.shown)) return;
    this.layers.shown = now;
    this.maps.forEach((m) => m.redraw());
    this.tell("levels");
  }

  // renew tells the story on: of the firm or the cluster that is looked at.
  async renew(): Promise<void> {
    const other = this.chosenTwin;
    if (this.firm) await this.story({ do: "firm", row: -1, other });
    else if (this.cluster) await this.story({ do: "cluster", cluster: this.cluster.number, other });
  }

  // story tells of a firm or a cluster, unless another was chosen meanwhile.
  private async story(message: Record<string, unknown>): Promise<boolean> {
    const mine = this.choices, r = await this.link.send(message);
    if ("error" in r || mine !== this.choices) return false;
    if (message.do === "firm") { this.firm = r as unknown as FirmStory; this.cluster = null; }
    else { this.cluster = r as unknown as ClusterStory; this.firm = null; }
    this.mark();
    this.tell("story");
    return true;
  }

  private mark(): void {
    for (const m of this.maps) {
      m.firm = m.twin === this.chosenTwin ? this.firm : null;
      m.chosen = this.cluster && m.twin === this.chosenTwin ? this.cluster.number : 0;
      m.redraw();
    }
  }

  async showFirm(row: number, twin: boolean): Promise<void> { await this.choose({ do: "firm", row, other: twin }, twin); }
  async showCluster(n: number, twin: boolean): Promise<void> { await this.choose({ do: "cluster", cluster: n, other: twin }, twin); }
  showNothing(): void { this.choices++; this.firm = this.cluster = null; this.mark(); this.tell("story"); }

  private async choose(message: Record<string, unknown>, twin: boolean): Promise<void> {
    this.choices++;
    this.chosenTwin = twin;
    if (await this.story(message)) this.tell("chosen");
  }

  // propose asks the session for a policy's ordinary settings, and puts it among the others.
  async drop(instrument: string, x?: number, y?: number, km?: number, from = 0): Promise<Policy | null> {
    const r = await this.link.send({ do: "suggest", instrument, x: x ?? 0, y: y ?? 0, km: km ?? 0 });
    if (typeof r.error === "string") { say(r.error, true); return null; }
    const p = r.policy as Policy;
    const round = (v: number) => Math.round(v * 10) / 10;
    if (km) { p.x = round(x!); p.y = round(y!); p.km = km; }
    if (from > p.from) { if (p.to) p.to += from - p.from; p.from = from; }
    if (!(await this.do({ do: "policies", policies: [...this.planned, p] }))) return null;
    if (!this.state?.twin) await this.do({ do: "twin", on: true });
    return p;
  }

  get policies(): Policy[] { return this.state?.spec.policies ?? []; }

  // apart are the policies that part the twins.
  get apart(): { from: number }[] { return [...this.policies, ...(this.state?.spec.bare ? this.ground?.own ?? [] : [])]; }

  // planned are the policies as they were asked for: what was changed of one that has begun acts from the next start on.
  get planned(): Policy[] { return this.state?.planned ?? this.policies; }

  // cannot says what this page cannot do: for want of a server, or of a graphics processor.
  cannot(): string[] { return [...this.link.cannot(), ...(this.maps[0]?.kind === "canvas" ? [t("page.cannot.webgl")] : [])]; }

  // measured is what a test of speed reads.
  measured(): Record<string, unknown> {
    const at = (a: number[], p: number) => (a.length ? [...a].sort((x, y) => x - y)[Math.min(a.length - 1, Math.floor(p * a.length))] : -1);
    return {
      drawings: drawing.length, p50: at(drawing, 0.5), p95: at(drawing, 0.95),
      firms: this.maps[0]?.frame?.n ?? 0, kind: this.maps[0]?.kind, tick: this.state?.tick, first: (window as unknown as { firstPicture?: number }).firstPicture,
    };
  }
}
