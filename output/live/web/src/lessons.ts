// Six guided lessons. Each has a text, steps that drive the model, a question, and a reveal that is computed from what was run.
import { App } from "./app";
import { byId, el, num, percent, refill, say, signed, t } from "./text";
import { openTab } from "./panels";
import { until } from "./saves";
import { ClusterStory, Policy, Spec, Trial, Value } from "./types";

type Row = (number | null)[];
interface Run { last: Row; other: Row | null; spent: number; place: [number, number] | null; cluster: ClusterStory | null }
interface Told { head: string[]; rows: string[][]; sentence: string; caption?: string }
interface Lesson { id: string; steps: ((l: Desk) => Promise<void>)[]; reveal(l: Desk): Told; picture?(l: Desk): HTMLElement | null }

// Stopped says why a step came to nothing; without words where the page has said it already, or nobody waits for it any more.
class Stopped extends Error {}

// Desk is the lesson that is under way, with what its steps have found.
class Desk {
  runs: Record<string, Run> = {};
  trial: Trial | null = null;
  done = 0;
  answer = -1;
  working = false;
  revealed = false;
  world = -1; // of the step that is under way
  constructor(readonly app: App, readonly lesson: Lesson) {}

  m(run: string, metric: string, other = false): number | null {
    const r = this.runs[run], row = other ? r?.other : r?.last;
    return row ? row[this.app.column(metric)] : null;
  }

  // run begins the plain world with some settings and lets it live until a tick; what it came to is kept under a name.
  async run(name: string, tick: number, params: Value[] = [], keepAsPast = false): Promise<void> {
    await this.begin({ scenario: "plain", seed: this.app.state?.spec.seed ?? 1, params }, tick);
    await this.reach(name, tick, keepAsPast);
  }

  // begin makes a world, which is that of the step from now on.
  async begin(spec: Spec, tick = 0): Promise<void> {
    const app = this.app, was = app.worlds;
    if (!(await app.start(spec, tick))) throw new Stopped();
    if (!(await until(() => app.worlds !== was || desk !== this, 60000))) throw new Stopped(t("lesson.broken"));
    this.world = app.worlds;
    await this.wait(() => !!app.state?.ready, 60000);
  }

  // wait waits until something holds in the world of the step, unless the lesson is left, or that world broke or is no more.
  async wait(ready: () => boolean, patience: number, stopped = () => false): Promise<void> {
    const app = this.app, over = () => desk !== this || app.worlds !== this.world || !!app.state?.fault;
    await until(() => over() || ready() || stopped(), patience);
    if (desk !== this || (app.worlds === this.world && app.state?.fault)) throw new Stopped(); // the page has said what broke
    if (over() || !ready()) throw new Stopped(t("lesson.broken"));
  }

  // reach lets the worlds live until a tick, which is seen on the map then: the next step may look there for a place.
  async reach(name: string, tick: number, keepAsPast = false): Promise<void> {
    const app = this.app, s = () => app.state!, seen = () => { const f = app.maps[0].frame; return !!f && f.life === s().life && f.tick >= tick; };
    await this.wait(() => s().tick >= tick && !s().busy && app.rows.length > tick && seen() && (!s().twin || app.other.length > tick), 600000,
      () => s().tick < tick && s().goal < tick && !s().playing); // somebody has stopped it
    const p = [...app.places.values()][0];
    const at = (list?: number[]) => (list?.length ? list[Math.min(list.length - 1, tick - p.from)] : 0);
    this.runs[name] = { last: app.rows[tick], other: app.other[tick] ?? null, spent: (app.state!.spent ?? []).reduce((a, b) => a + b.amount, 0), place: p && p.other?.length ? [at(p.jobs), at(p.other)] : null, cluster: null };
    if (keepAsPast) { app.past = { rows: app.rows.slice(0, tick + 1) }; app.tell("rows"); }
  }

  // largest tells the story of the largest cluster.
  async largest(name: string): Promise<void> {
    const app = this.app;
    await until(() => !!app.maps[0]?.scene && app.maps[0].scene.tick >= (app.state?.tick ?? 0) - 3, 15000);
    const c = [...(app.maps[0]?.scene?.clusters ?? [])].sort((a, b) => b.jobs - a.jobs)[0];
    if (!c) return;
    const story = await app.link.send({ do: "cluster", cluster: c.number });
    if ("error" in story) throw new Stopped(story.error === "offline" ? t("page.lost") : String(story.error));
    this.runs[name].cluster = story as unknown as ClusterStory;
    for (const m of app.maps) { m.chosen = c.number; m.redraw(); }
  }

  // act puts policies into the world that stands, makes its twin, and lets both live on.
  async act(name: string, policies: Policy[], tick: number): Promise<void> {
    const app = this.app;
    if (!(await app.do({ do: "twin", on: true }))) throw new Stopped();
    await this.wait(() => (app.state?.twin_tick ?? -1) >= (app.state?.tick ?? 0), 60000);
    if (!(await app.do({ do: "policies", policies })) || !(await app.do({ do: "goto", tick }))) throw new Stopped();
    await this.wait(() => app.state!.goal >= tick || app.state!.tick >= tick, 60000);
    openTab("lesson");
    await this.reach(name, tick);
  }

  // empty is the middle of a circle in which few firms stand, and busy one in which many do.
  spot(km: number, crowded: boolean): [number, number] {
    const f = this.app.maps[0].frame!, [w, s, e, n] = this.app.ground!.box;
    let best: [number, number] = [(w + e) / 2, (s + n) / 2], score = Infinity;
    for (let x = w + km; x <= e - km; x += 4) for (let y = s + km; y <= n - km; y += 4) {
      let jobs = 0;
      for (let k = 0; k < f.n; k++) if ((f.x[k] - x) ** 2 + (f.y[k] - y) ** 2 < km * km) jobs += f.jobs[k];
      if ((crowded ? -jobs : jobs) < score) { score = crowded ? -jobs : jobs; best = [Math.round(x), Math.round(y)]; }
    }
    return best;
  }
}

const off: Value[] = [{ path: "production.local_share", value: "0" }, { path: "production.pool_elasticity", value: "0" }, { path: "knowledge.air", value: "0" }];
const blind: Value[] = [...off, { path: "demography.stay", value: "0" }, { path: "demography.sharpness", value: "0" }];
const rough: Value[] = [{ path: "trust.loss", value: "0.95" }, { path: "trust.gain", value: "0.02" }];
const metric = (k: string) => t("page.metric." + k);
const channels = ["input", "labour", "knowledge", "trust"] as const;

const lessons: Lesson[] = [
  { id: "why",
    steps: [
      async (l) => { await l.run("usual", 160, [], true); },
      async (l) => { await l.run("off", 160, off); },
      async (l) => { await l.run("blind", 160, blind); },
    ],
    reveal: (l) => {
      const v = (r: string) => l.m(r, "share_jobs_in_clusters") ?? 0;
      return { head: ["", metric("share_jobs_in_clusters"), metric("eg_gamma")], rows: ["usual", "off", "blind"].map((r) => [t("lesson.why." + r), percent(v(r)), num(l.m(r, "eg_gamma"), 3)]),
        sentence: t(v("off") < v("usual") * 0.75 ? "lesson.why.found" : "lesson.why.notfound", percent(v("usual")), percent(v("off")), percent(v("blind"))) };
    } },
  { id: "trust",
    steps: [async (l) => { await l.run("usual", 120, [], true); }, async (l) => { await l.run("rough", 120, rough); }],
    reveal: (l) => {
      const a = l.m("usual", "productivity") ?? NaN, b = l.m("rough", "productivity") ?? NaN, gap = b / a - 1;
      return { head: ["", t("lesson.trust.usual"), t("lesson.trust.rough")], rows: ([["trust", 2], ["ties", 0], ["productivity"], ["innovations", 0]] as [string, number?][]).map(([k, digits]) => [metric(k), ...["usual", "rough"].map((r) => num(l.m(r, k), digits))]),
        sentence: t(Math.abs(gap) < 0.01 ? "lesson.trust.small" : gap < 0 ? "lesson.trust.found" : "lesson.trust.opposite", percent(Math.abs(gap)), num(l.m("usual", "trust"), 2), num(l.m("rough", "trust"), 2)) };
    } },
  { id: "broom",
    steps: [async (l) => { await l.run("usual", 120); }, async (l) => { await l.largest("usual"); }],
    reveal: (l) => {
      const c = l.runs.usual?.cluster, all = l.m("usual", "synergy") ?? 0;
      if (!c || c.synergy === null) return { head: [], rows: [], sentence: t("lesson.broom.none") };
      return { head: [c.name, t("page.cluster.synergy")], rows: [...channels.map((k) => [t("page.channel." + k), percent(c[k])]), [t("lesson.broom.sum"), percent(c.synergy)], [t("lesson.broom.region"), percent(all)]],
        sentence: t(c.synergy > 0.02 ? "lesson.broom.found" : "lesson.broom.notfound", percent(c.synergy), percent(all)) };
    } },
  { id: "build",
    steps: [
      async (l) => { await l.run("before", 60); },
      async (l) => {
        const km = 12, [x, y] = l.spot(km, false);
        await l.act("built", [{ id: "", instrument: "infrastructure", from: 61, to: 101, intensity: 6, budget: 0, x, y, km }], 120);
      },
    ],
    reveal: (l) => {
      const r = l.runs.built, [a, b] = r?.place ?? [NaN, NaN], gap = a - b, all = (l.m("built", "jobs") ?? NaN) - (l.m("built", "jobs", true) ?? NaN);
      return { head: ["", t("page.map.with"), t("page.map.without"), t("page.difference")], rows: [[metric("jobs_place"), num(a, 0), num(b, 0), signed(gap, (v) => num(v, 0))], [metric("jobs"), num(l.m("built", "jobs"), 0), num(l.m("built", "jobs", true), 0), signed(all, (v) => num(v, 0))]],
        sentence: t(gap > 20 ? "lesson.build.came" : gap < -20 ? "lesson.build.left" : "lesson.build.nobody", num(Math.abs(gap), 0), num((r?.spent ?? 0) / 1e6), l.app.ground!.currency) + " " + (gap > 20 ? t(all < gap / 2 ? "lesson.build.moved" : "lesson.build.net") : t("lesson.build.region", signed(all, (v) => num(v, 0)))) };
    } },
  { id: "support",
    steps: [
      async (l) => { await l.run("before", 100); },
      async (l) => { await l.act("support", [{ id: "", instrument: "cluster_organisation", from: 101, to: 141, intensity: 1, budget: 2e7, cluster: "existing" }], 150); },
      async (l) => {
        await l.run("again", 100);
        const km = 10, [x, y] = l.spot(km, false);
        await l.act("command", [{ id: "", instrument: "directive_creation", from: 101, to: 141, intensity: 1, budget: 2e7, x, y, km }], 150);
      },
    ],
    reveal: (l) => {
      const d = (r: string, k: string) => (l.m(r, k) ?? NaN) - (l.m(r, k, true) ?? NaN);
      const v = (r: string) => d(r, "value_added") / (l.m(r, "value_added", true) ?? NaN);
      const a = v("support"), b = v("command");
      return { head: ["", t("lesson.support.added"), t("lesson.support.share"), t("lesson.support.spent", l.app.ground!.currency)], rows: ["support", "command"].map((r) => [t("lesson.support." + r), signed(v(r), (x) => percent(x, 2)), signed(d(r, "share_jobs_in_clusters"), (x) => num(100 * x, 1)), num((l.runs[r]?.spent ?? 0) / 1e6, 1)]),
        sentence: t(Math.abs(a - b) < 0.002 ? "lesson.support.same" : a > b ? "lesson.support.better" : "lesson.support.worse", signed(a, (x) => percent(x, 2)), signed(b, (x) => percent(x, 2))) };
    } },
  { id: "fooled",
    steps: [async (l) => { await trial(l, 1); }, async (l) => { await trial(l, 8); }],
    reveal: (l) => {
      const e = l.trial?.effects[l.app.column("jobs")], n = l.trial?.seeds?.length ?? 0;
      if (!e || n < 2) return { head: [], rows: [], sentence: t("lesson.fooled.none") };
      const write = (v: number | null) => (v === null ? "–" : signed(v, (x) => num(x, 0))), sure = (e.lo ?? -1) > 0 || (e.hi ?? 1) < 0;
      return { head: [t("lesson.fooled.pair"), t("page.map.with"), t("page.map.without"), t("page.difference")], caption: t("lesson.fooled.caption"), rows: gaps(l).map(([a, b], k) => [String(k + 1), num(a, 0), num(b, 0), write(a - b)]),
        sentence: t(sure ? "lesson.fooled.sure" : "lesson.fooled.unsure", write(e.mean), write(e.lo), write(e.hi), e.positive, n) };
    },
    picture: (l) => dots(l) },
];

function gaps(l: Desk): [number, number][] {
  const c = l.app.column("jobs"), x = l.trial;
  return (x?.seeds ?? []).map((_, k) => [x!.with[k][c] ?? NaN, x!.without[k][c] ?? NaN]);
}

// trial runs pairs of worlds with other luck: a subsidy for everybody, and none.
async function trial(l: Desk, pairs: number): Promise<void> {
  const app = l.app, spec = app.state!.spec;
  if (spec.scenario !== "plain" || spec.file || spec.params?.length || spec.changes?.length) await l.begin({ scenario: "plain", seed: spec.seed });
  l.world = app.worlds;
  if (!(await app.do({ do: "trial", pairs, tick: 60, policies: [{ id: "", instrument: "subsidy", from: 21, to: 61, intensity: 1 }] }))) throw new Stopped();
  await l.wait(() => app.state!.trial?.pairs === pairs && (app.state!.trial.seeds?.length ?? 0) >= pairs, 900000);
  l.trial = app.state!.trial!;
}

// dots shows each pair as a dot, and the mean with its interval.
function dots(l: Desk): HTMLElement | null {
  const g = gaps(l).map(([a, b]) => a - b), e = l.trial?.effects[l.app.column("jobs")];
  if (g.length < 2 || !e) return null;
  const all = [...g, e.lo ?? 0, e.hi ?? 0, 0], lo = Math.min(...all), hi = Math.max(...all), x = (v: number) => (20 + (320 * (v - lo)) / Math.max(1e-9, hi - lo)).toFixed(1);
  const box = el("div", { class: "dots" });
  box.innerHTML = `<svg viewBox="0 0 360 84" role="img"><line x1="${x(0)}" x2="${x(0)}" y1="4" y2="66" stroke="#777" stroke-dasharray="3 3"/>${g.map((v, k) => `<circle cx="${x(v)}" cy="${16 + (k % 3) * 9}" r="4.5" fill="#b30059" fill-opacity=".75" stroke="#fff"/>`).join("")}<line x1="${x(e.lo ?? 0)}" x2="${x(e.hi ?? 0)}" y1="54" y2="54" stroke="#1a1a1a" stroke-width="3"/><rect x="${Number(x(e.mean ?? 0)) - 4}" y="49" width="9" height="9" fill="#1a1a1a"/>${[0, Math.min(...g), Math.max(...g)].filter((v) => v === 0 || Math.abs(Number(x(v)) - Number(x(0))) > 36).map((v) => `<text x="${x(v)}" y="80" text-anchor="middle" font-size="12">${signed(v, (n) => num(n, 0))}</text>`).join("")}</svg>`;
  box.querySelector("svg")!.setAttribute("aria-label", t("lesson.fooled.picture"));
  return box;
}

let desk: Desk | null = null;

export function listenLesson(app: App): void {
  app.on("state", () => progress(app));
  (app as unknown as { on(w: string, f: () => void): void }).on("lesson", () => draw(app));
  draw(app);
}

function draw(app: App): void {
  const box = byId("panel-lesson");
  if (!desk) {
    refill(box, el("h2", {}, t("lesson.head")), el("p", {}, t("lesson.intro")), el("div", { class: "choice" }, ...lessons.map((x, k) => el("button", { "data-lesson": x.id, onclick: () => { desk = new Desk(app, x); app.past = null; draw(app); box.scrollTop = 0; byId("alllessons").focus({ preventScroll: true }); } }, el("b", {}, `${k + 1}. ${t(`lesson.${x.id}.title`)}`), el("small", {}, t(`lesson.${x.id}.short`))))));
    return;
  }
  const l = desk, id = l.lesson.id;
  refill(box, el("div", { class: "lesson" },
    el("button", { class: "link", id: "alllessons", onclick: () => { desk = null; app.past = null; void app.do({ do: "trial", pairs: 0 }); draw(app); } }, "← " + t("lesson.all")),
    el("h2", {}, t(`lesson.${id}.title`)), el("p", {}, t(`lesson.${id}.text`)),
    el("h3", {}, t("lesson.question")), el("p", {}, t(`lesson.${id}.question`)),
    el("div", { class: "answers", role: "group" }, ...[0, 1, 2].map((k) => el("button", { class: "answer", "aria-pressed": String(l.answer === k), onclick: () => { l.answer = k; draw(app); } }, t(`lesson.${id}.answer${k + 1}`)))),
    el("h3", {}, t("lesson.steps")),
    el("ol", {}, ...l.lesson.steps.map((step, k) => el("li", { class: k < l.done ? "done" : "" }, t(`lesson.${id}.step${k + 1}`), " ",
      el("button", { class: "do" + (k === l.done ? " strong" : ""), "data-step": k + 1, disabled: l.working || k > l.done || (l.answer < 0 && k === 0), onclick: () => void work(app, l, k, step) }, t(k < l.done ? "lesson.again" : "lesson.do"))))),
    l.answer < 0 ? el("p", { class: "note" }, t("lesson.guess")) : null,
    el("progress", { id: "lessonprogress", max: 1, value: 0, hidden: !l.working, "aria-label": t("lesson.working") }),
    el("button", { id: "reveal", class: l.done === l.lesson.steps.length ? "strong" : "", disabled: l.working || l.done < l.lesson.steps.length, onclick: () => { l.revealed = true; draw(app); byId("revealed").scrollIntoView({ block: "nearest" }); } }, t("lesson.reveal")),
    l.revealed ? told(l) : null));
}

function told(l: Desk): HTMLElement {
  const x = l.lesson.reveal(l);
  return el("div", { class: "reveal", id: "revealed", role: "status" }, el("p", {}, el("b", {}, x.sentence)),
    x.rows.length ? el("table", {}, x.caption ? el("caption", {}, x.caption) : null, el("thead", {}, el("tr", {}, ...x.head.map((h) => el("th", { scope: "col" }, h)))), el("tbody", {}, ...x.rows.map((r) => el("tr", {}, ...r.map((c, k) => (k ? el("td", {}, c) : el("th", { scope: "row" }, c))))))) : null,
    l.lesson.picture?.(l) ?? null,
    el("p", {}, t("lesson.guessed", t(`lesson.${l.lesson.id}.answer${l.answer + 1}`))), el("p", {}, t(`lesson.${l.lesson.id}.after`)), l.lesson.id === "fooled" ? null : el("p", { class: "note" }, t("lesson.one")));
}

async function work(app: App, l: Desk, k: number, step: (l: Desk) => Promise<void>): Promise<void> {
  l.working = true;
  l.revealed = false;
  l.done = Math.min(l.done, k);
  draw(app);
  try {
    await step(l);
    l.done = Math.max(l.done, k + 1);
    say(t("lesson.stepdone", k + 1));
  } catch (e) {
    const words = e instanceof Stopped ? e.message : String(e);
    if (words && desk === l) say(words, true);
  }
  l.working = false;
  if (desk !== l) return;
  draw(app);
  if (document.activeElement === document.body) document.querySelector<HTMLElement>(`[data-step="${k + 1}"]`)?.focus({ preventScroll: true }); // it could not hold the focus while it was disabled
}

// progress shows how far the worlds, or the pairs of a trial, have come.
function progress(app: App): void {
  const bar = document.getElementById("lessonprogress") as HTMLProgressElement | null, s = app.state;
  if (!bar || !s) return;
  bar.value = s.trial && s.trial.progress < 1 ? s.trial.progress : s.goal > 0 ? Math.min(s.tick, s.twin ? Math.max(0, s.twin_tick) : s.tick) / s.goal : 0;
}
