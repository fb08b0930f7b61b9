// Tabs of the side, and the panel of charts.
import { App } from "./app";
import { changed, Chart, curves, Lines, nameOf, written } from "./charts";
import { byId, el, fill, num, t } from "./text";

const tabs = ["charts", "settings", "policies", "story", "lesson"];

export function drawTabs(): void {
  fill(byId("tabs"), ...tabs.map((id) => el("button", { role: "tab", id: "tab-" + id, "aria-controls": "panel-" + id, onclick: () => openTab(id) }, t("page.tab." + id))));
  if (!byId("panels").firstChild) fill(byId("panels"), ...tabs.map((id) => el("div", { role: "tabpanel", id: "panel-" + id, "aria-labelledby": "tab-" + id, tabindex: "0", hidden: true })));
  byId("tabs").onkeydown = (e) => {
    const at = tabs.indexOf(current), by = e.key === "ArrowRight" ? 1 : e.key === "ArrowLeft" ? -1 : 0;
    if (by) { openTab(tabs[(at + by + tabs.length) % tabs.length]); byId("tab-" + current).focus(); }
  };
  openTab(current);
}

let current = "charts";
export function openTab(id: string): void {
  current = id;
  for (const k of tabs) {
    byId("panel-" + k).hidden = k !== id;
    const b = byId("tab-" + k);
    b.setAttribute("aria-selected", String(k === id));
    b.tabIndex = k === id ? 0 : -1;
  }
  window.dispatchEvent(new Event("tab"));
}

// showTab opens a tab for who asked for it from elsewhere: on a phone, where it lies below the map, it comes into sight.
export function showTab(id: string): void {
  openTab(id);
  const tab = byId("tab-" + id);
  tab.focus({ preventScroll: true });
  if (tab.getBoundingClientRect().bottom > window.innerHeight * 0.6) tab.scrollIntoView({ block: "start" });
}

const shown = ["share_jobs_in_clusters", "productivity", "jobs", "firms", "trust", "unemployment"];

// Charts of the worlds; in a twin view the difference stands first.
export class ChartPanel {
  private charts = new Map<string, Chart>();
  private difference: Chart | null = null;
  private outcome = "jobs_place";
  private offered = false; // no outcome of a place
  private due = 0;
  private head = el("div", { id: "difference" });
  private dotted = el("p", { id: "dotted", class: "note", hidden: true });
  private list = el("div", { id: "charts" });

  constructor(private app: App) {
    app.on("rows", () => this.later());
    app.on("world", () => this.build());
    window.addEventListener("tab", () => this.later());
    this.build();
  }

  build(): void {
    this.charts.clear();
    const more = el("select", { id: "morechart", "aria-label": t("page.chart.more"), onchange: () => { if (more.value) { this.add(more.value); more.value = ""; this.later(); } } }, el("option", { value: "" }, t("page.chart.more")));
    for (const c of curves) if (!shown.includes(c.metric)) more.append(el("option", { value: c.metric }, nameOf(c.metric)));
    fill(this.list);
    for (const m of shown) this.add(m);
    fill(byId("panel-charts"), this.head, this.dotted, this.list, more);
    this.dotted.textContent = t("page.chart.past");
    this.buildDifference();
    this.later();
  }

  private add(metric: string): void {
    if (this.charts.has(metric)) return;
    const c = new Chart(metric, nameOf(metric), !!curves.find((k) => k.metric === metric)?.percent);
    this.charts.set(metric, c);
    this.list.append(c.box);
  }

  // placeless says that the scenario's own policies alone part the twins: where those are no jobs are counted.
  private get placeless(): boolean { return !!this.app.state?.spec.bare && this.app.policies.length === 0; }

  // seen is the outcome that is looked at.
  private get seen(): string { return this.placeless && this.outcome === "jobs_place" ? "jobs" : this.outcome; }

  private buildDifference(): void {
    if (!this.app.state?.twin) { fill(this.head); this.difference = null; return; }
    const outcomes = [...(this.placeless ? [] : ["jobs_place"]), ...curves.map((c) => c.metric)], chosen = this.seen;
    const pick = el("select", { id: "outcome", onchange: () => { this.outcome = pick.value; this.buildDifference(); this.later(); } });
    for (const o of outcomes) pick.append(el("option", { value: o, selected: o === chosen }, nameOf(o)));
    this.offered = this.placeless;
    this.difference = new Chart("difference", t("page.difference"), !!curves.find((k) => k.metric === chosen)?.percent, true, chosen);
    fill(this.head, el("h2", {}, t("page.difference.title")), el("label", { class: "field" }, t("page.difference.of"), pick), this.difference.box, el("p", { id: "effect", class: "effect" }));
  }

  private later(): void {
    if (this.due) return;
    this.due = window.setTimeout(() => { this.due = 0; this.draw(); }, 180);
  }

  // lines are the years and values of a metric; jobs_place counts the jobs where policies are, or all where none has a place.
  lines(metric: string): Lines {
    const app = this.app;
    if (metric === "jobs_place") {
      const p = app.places.get("*") ?? [...app.places.values()][0];
      if (!p) return this.lines("jobs");
      return { year: p.jobs.map((_, k) => app.year(p.from + k)), main: p.jobs, other: app.state?.twin ? p.jobs.map((_, k) => p.other?.[k] ?? null) : undefined };
    }
    const c = app.column(metric), n = app.rows.length;
    const l: Lines = { year: app.rows.map((_, k) => app.year(k)), main: app.rows.map((r) => r[c]) };
    if (app.state?.twin) l.other = Array.from({ length: n }, (_, k) => app.other[k]?.[c] ?? null);
    if (app.past) {
      const far = Math.max(n, app.past.rows.length);
      l.year = Array.from({ length: far }, (_, k) => app.year(k));
      l.main = Array.from({ length: far }, (_, k) => app.rows[k]?.[c] ?? null);
      if (l.other) l.other = Array.from({ length: far }, (_, k) => app.other[k]?.[c] ?? null);
      l.past = Array.from({ length: far }, (_, k) => app.past!.rows[k]?.[c] ?? null);
    }
    return l;
  }

  draw(): void {
    if (byId("panel-charts").hidden || !this.app.ground) return;
    if (!!this.app.state?.twin !== !!this.difference || (this.difference && this.offered !== this.placeless)) this.buildDifference();
    this.dotted.hidden = !this.app.past;
    for (const [metric, chart] of this.charts) chart.draw(this.lines(metric));
    if (this.difference) this.drawDifference();
  }

  private drawDifference(): void {
    const of = this.seen, l = this.lines(of), share = !!curves.find((k) => k.metric === of)?.percent;
    const gap = l.main.map((v, k) => (v === null || l.other?.[k] === null || l.other?.[k] === undefined ? null : v - l.other[k]!));
    this.difference!.draw({ year: l.year, main: gap });
    const k = gap.reduce<number>((best, v, i) => (v === null ? best : i), -1);
    const write = (v: number) => written(of, v, share);
    const words = byId("effect");
    if (k < 0 || this.app.apart.length === 0) words.textContent = t("page.effect.none");
    else if (this.app.apart.every((p) => p.from > (this.app.state?.tick ?? 0))) words.textContent = t("page.effect.before");
    else words.textContent = t("page.effect", nameOf(of), write(l.main[k]!), write(l.other![k]!), changed(of, gap[k]!, share)) + this.spent() + " " + t("page.effect.one");
  }

  private spent(): string {
    const s = this.app.state?.spent ?? [], sum = s.reduce((a, p) => a + p.amount, 0);
    return s.length ? " " + t("page.effect.spent", num(sum / 1e6), this.app.ground?.currency ?? "") : "";
  }
}
