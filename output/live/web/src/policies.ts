// Policies: a list of instruments to drop on the map, what is in force, and the line of time on which they stand.
import { App } from "./app";
import { openTab } from "./panels";
import { byId, el, fill, lang, num, refill, say, t } from "./text";
import { Instrument, OwnPolicy, Policy } from "./types";

const order = ["infrastructure", "technopark", "subsidy", "cluster_organisation", "rd_grant", "tax_break", "incubator", "directive_creation"];

export class Policies {
  private drawn = "";
  constructor(private app: App) {
    app.on("state", () => this.show());
    app.on("scene", () => this.places());
    document.addEventListener("keydown", (e) => { if (e.key === "Escape" && app.placing) this.stop(); });
    this.build();
  }

  build(): void {
    const all = this.app.catalogue.instruments, card = (i: Instrument) => el("button", { class: "card", "data-instrument": i.id, title: i.doc, onclick: () => this.begin(i) }, el("b", {}, i.title), el("small", {}, t("page.instrument." + i.id)));
    const rest = el("select", { id: "instrument", onchange: () => { const i = all.find((k) => k.id === rest.value); if (i) this.begin(i); rest.value = ""; } }, el("option", { value: "" }, t("page.policy.other")), ...all.filter((i) => !i.common).map((i) => el("option", { value: i.id, title: i.doc }, i.title)));
    fill(byId("panel-policies"),
      el("div", { id: "placing", role: "status", hidden: true }),
      el("div", { id: "inforce" }),
      el("h2", {}, t("page.policy.new")),
      el("label", { class: "field" }, t("page.policy.where"), el("select", { id: "where" })),
      el("label", { class: "field" }, t("page.policy.radius"), el("input", { id: "radius", type: "number", min: 1, max: 200, step: 1, value: 12 })),
      el("div", { class: "cards" }, ...all.filter((i) => i.common).sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)).map(card)), rest);
    this.drawn = "";
    this.places();
    this.show();
  }

  // places lists where a policy can be dropped without a pointer.
  private places(): void {
    const where = byId("where") as HTMLSelectElement | null;
    if (!where) return;
    const was = where.value;
    fill(where, el("option", { value: "map" }, t("page.where.map")), el("option", { value: "all" }, t("page.where.all")),
      ...(this.app.maps[0]?.scene?.clusters ?? []).map((c) => el("option", { value: "c" + c.number }, t("page.where.cluster", c.name))),
      ...(this.app.ground?.towns ?? []).slice(0, 60).map((p, k) => el("option", { value: "t" + k }, t("page.where.town", p.name))));
    where.value = [...where.options].some((o) => o.value === was) ? was : "map";
  }

  private get radius(): number { return Math.min(200, Math.max(1, Number((byId("radius") as HTMLInputElement).value) || 12)); }

  // begin drops an instrument: at once where the place is known, else with the next touch of the map.
  private async begin(i: Instrument): Promise<void> {
    const where = (byId("where") as HTMLSelectElement).value;
    if (where === "all") return void (await this.put(i.id));
    const c = this.app.maps[0]?.scene?.clusters.find((k) => "c" + k.number === where), town = where[0] === "t" ? this.app.ground?.towns[Number(where.slice(1))] : undefined;
    const at = c ?? town;
    if (at) return void (await this.put(i.id, at.x, at.y, this.radius));
    this.app.placing = { instrument: i.id, km: this.radius };
    for (const m of this.app.maps) m.placing = { x: m.sight.cx, y: m.sight.cy, km: this.radius };
    document.body.classList.add("placing");
    const box = byId("placing");
    box.hidden = false;
    fill(box, el("b", {}, t("page.placing", i.title)), " ", el("button", { id: "everywhere", onclick: () => { const { instrument, from } = this.app.placing!; this.stop(); void this.put(instrument, undefined, undefined, undefined, from); } }, t("page.placing.all")), " ", el("button", { id: "cancel", onclick: () => this.stop() }, t("page.cancel")),
      el("p", {}, i.doc), el("p", { id: "placingfrom" }, t("page.placing.from")));
    this.timeline();
    this.app.maps[0]?.redraw();
    box.scrollIntoView({ block: "nearest" });
    this.app.maps[0]?.box.focus({ preventScroll: true });
    this.app.maps[0]?.box.scrollIntoView({ block: "nearest" }); // on a phone it lies above the list
  }

  stop(): void {
    this.app.placing = null;
    document.body.classList.remove("placing");
    for (const m of this.app.maps) { m.placing = null; m.redraw(); }
    byId("placing").hidden = true;
    this.timeline();
  }

  // begins takes the date of the line of time that was touched while a policy waits for its place: it acts from then on.
  private begins(tick: number): void {
    this.app.placing!.from = Math.min(this.end, Math.max(this.app.state!.tick + 1, tick));
    byId("placingfrom").textContent = t("page.placing.begins", this.app.quarter(this.app.placing!.from));
    this.timeline();
  }

  // dropped takes the place that was touched.
  async dropped(x: number, y: number): Promise<void> {
    const p = this.app.placing;
    this.stop();
    if (p) await this.put(p.instrument, x, y, p.km, p.from);
  }

  private async put(instrument: string, x?: number, y?: number, km?: number, from?: number): Promise<void> {
    const fresh = this.app.state?.tick === 0;
    const p = await this.app.drop(instrument, x, y, km, from);
    if (!p) return;
    openTab("charts");
    if (!this.app.state?.playing) await this.app.do({ do: "play", on: true, tick: fresh ? undefined : p.from + 59 });
  }

  private change(id: string, part: Partial<Policy>): void {
    void this.app.do({ do: "policies", policies: this.app.planned.map((p) => (p.id === id ? { ...p, ...part } : p)) });
  }

  // bare lets the twin do without the scenario's own policies too, and shows it.
  private async bare(on: boolean): Promise<void> {
    if (!(await this.app.do({ do: "bare", on }))) { this.redraw(); return; }
    if (on && !this.app.state?.twin) await this.app.do({ do: "twin", on: true });
  }

  show(): void {
    const s = this.app.state;
    if (!s || !this.app.ground) return;
    const key = JSON.stringify([s.spec.policies, s.planned, s.spec.bare, this.app.ground.life, s.twin]);
    if (key !== this.drawn) {
      this.drawn = key;
      const own = this.app.ground.own;
      refill(byId("inforce"), this.app.planned.length + own.length ? el("h2", {}, t("page.policy.inforce")) : null,
        own.length ? el("h3", {}, t("page.policy.owns")) : null, ...own.map((p) => el("p", { class: "own" }, t("page.policy.own", `${p.name} (${p.id})`, this.app.quarter(p.from), this.until(p.to)))),
        own.length ? el("label", { class: "check" }, el("input", { id: "bare", type: "checkbox", checked: !!s.spec.bare, onchange: (e: Event) => this.bare((e.target as HTMLInputElement).checked) }), t("page.policy.bare")) : null, ...this.app.planned.map((p) => this.form(p)));
    }
    for (const p of s.spent ?? []) { const e = document.querySelector(`[data-policy="${p.id}"] .spent`); if (e) e.textContent = t("page.policy.spent", num(p.amount / 1e6), this.app.ground.currency); }
    this.timeline();
  }

  // until is when a policy ends, in words.
  private until(to?: number): string { return to ? this.app.quarter(to) : "…"; }

  private redraw(): void { this.drawn = ""; this.show(); }

  // date asks for a year and its quarter, as the clock says them; set gets the tick, 0 where no year is given.
  private date(label: string, tick: number | undefined, name: string, set: (tick: number) => void): HTMLElement {
    const app = this.app, at = app.year(tick ?? 0), first = Math.floor(at + 1e-9);
    const give = () => set(year.value ? Math.max(1, app.tickOf(Number(year.value) + Number(quarter.value) / 4)) : 0);
    const year = el("input", { type: "number", step: 1, class: name, "aria-label": label, value: tick === undefined ? "" : first, onchange: give });
    const quarter = el("select", { class: name + "-quarter", "aria-label": label + ", " + t("page.policy.quarter"), onchange: () => { if (year.value) give(); } },
      ...[0, 1, 2, 3].map((q) => el("option", { value: q, selected: tick !== undefined && q === Math.round(4 * (at - first)) }, t("page.policy.quarter.of", q + 1))));
    return el("div", { class: "date" }, el("span", {}, label), year, quarter);
  }

  private form(p: Policy): HTMLElement {
    const app = this.app, i = app.catalogue.instruments.find((k) => k.id === p.instrument), title = i?.title ?? p.instrument;
    const field = (label: string, value: number | undefined, set: (v: number) => void, more: Record<string, unknown> = {}) =>
      el("label", { class: "field" }, label, el("input", { type: "number", value: value ?? "", ...more, onchange: (e: Event) => set(Number((e.target as HTMLInputElement).value)) }));
    const millions = (p.budget ?? 0) / 1e6;
    return el("details", { class: "policy", "data-policy": p.id, open: true },
      el("summary", {}, title, " ", el("span", { class: "spent" })), i ? el("p", { class: "note" }, i.doc) : null,
      el("div", { class: "grid" },
        this.date(t("page.policy.from"), p.from, "from", (tick) => { if (tick) this.change(p.id, { from: tick }); else this.redraw(); }),
        this.date(t("page.policy.to"), p.to || undefined, "to", (tick) => this.change(p.id, { to: tick })),
        field(t("page.policy.budget", app.ground!.currency), millions, (v) => this.change(p.id, { budget: v * 1e6 }), { min: 0, step: "any", class: "budget" }),
        field(t("page.policy.intensity"), p.intensity, (v) => this.change(p.id, { intensity: v }), { min: 0, max: 10, step: 0.5, class: "intensity" }),
        p.km ? field(t("page.policy.radius"), p.km, (v) => this.change(p.id, { km: v }), { min: 1, step: 1 }) : null,
        p.km ? field(t("page.policy.x"), p.x ?? 0, (v) => this.change(p.id, { x: v }), { step: "any" }) : null,
        p.km ? field(t("page.policy.y"), p.y ?? 0, (v) => this.change(p.id, { y: v }), { step: "any" }) : null,
        el("label", { class: "check" }, el("input", { type: "checkbox", checked: !!p.outside, onchange: (e: Event) => this.change(p.id, { outside: (e.target as HTMLInputElement).checked }) }), t("page.policy.outside"))),
      el("button", { class: "remove", onclick: () => app.do({ do: "policies", policies: app.planned.filter((q) => q.id !== p.id) }) }, t("page.policy.remove")));
  }

  // timeline shows the years, where the run is, and the policies as bars that can be dragged; the fields of a policy do the same.
  private timeline(): void {
    const app = this.app, s = app.state!, line = byId("timeline");
    if (!line.firstChild) {
      fill(line, el("div", { class: "rule" }), el("div", { class: "bars" }), el("div", { class: "done", role: "slider", tabindex: 0, "aria-valuemin": 0, onkeydown: (e: KeyboardEvent) => this.ahead(e) }));
      line.addEventListener("click", (e) => {
        if ((e.target as Element).closest(".bar")) return;
        const b = line.getBoundingClientRect(), tick = Math.round(((e.clientX - b.left) / b.width) * this.end);
        if (app.placing) this.begins(tick);
        else if (tick > app.state!.tick) void app.do({ do: "goto", tick });
        else say(t("page.fault.behind"), true);
      });
    }
    const done = line.querySelector<HTMLElement>(".done")!;
    done.style.width = (100 * s.tick) / this.end + "%";
    for (const [k, v] of [["now", s.tick], ["max", this.end], ["text", app.quarter(s.tick)]]) done.setAttribute("aria-value" + k, String(v));
    const key = JSON.stringify([app.planned, this.end, app.ground?.start, app.ground?.own, app.placing?.from, lang]);
    if (line.dataset.key === key) return;
    line.dataset.key = key;
    done.title = t("page.timeline");
    done.setAttribute("aria-label", t("page.timeline"));
    const years = this.end / 4, every = [1, 2, 5, 10, 20, 50, 100].find((n) => years / n <= 9) ?? 200, first = app.year(0);
    const marks: HTMLElement[] = [];
    for (let y = Math.ceil(first / every) * every; y < first + years * 0.97; y += every) marks.push(el("span", { style: `left:${(100 * (y - first)) / years}%` }, String(y)));
    fill(line.querySelector(".rule")!, ...marks);
    const begins = app.placing?.from, place = lanes([...app.planned, ...(app.ground?.own ?? [])], this.end);
    line.style.setProperty("--lanes", String(Math.min(5, Math.max(2.5, ...place.map((n) => n + 1)))));
    refill(line.querySelector(".bars")!, ...app.planned.map((p, k) => this.bar(p, place[k])), ...(app.ground?.own ?? []).map((p, k) => this.given(p, place[app.planned.length + k])),
      begins ? el("i", { class: "begins", style: `left:${(100 * begins) / this.end}%` }) : null);
  }

  // given is the bar of a policy of the scenario itself: nothing moves it.
  private given(p: OwnPolicy, lane: number): HTMLElement {
    return el("span", { class: "bar given", style: this.span(p, lane), title: t("page.policy.owns") + ". " + t("page.policy.own", `${p.name} (${p.id})`, this.app.quarter(p.from), this.until(p.to)) }, p.name);
  }

  // span is where a bar stands on the line.
  private span(p: { from: number; to?: number }, lane: number): string {
    const end = this.end, from = Math.max(0, p.from);
    return `left:${(100 * from) / end}%;width:${Math.max(1, (100 * (Math.min(p.to || end, end) - from)) / end)}%;top:${lane * 18}px`;
  }

  // ahead goes to a later date by keys, as a click on the line does; pressed again it goes on from there.
  private ahead(e: KeyboardEvent): void {
    const s = this.app.state!, by = { ArrowRight: 4, ArrowUp: 4, PageUp: 20, End: this.end - s.tick }[e.key];
    if (by === undefined) return;
    e.preventDefault();
    if (this.app.placing) { this.begins(e.key === "End" ? this.end : (this.app.placing.from ?? s.tick) + by); return; }
    const tick = e.key === "End" ? this.end : Math.max(s.goal, s.tick) + by;
    if (tick > s.tick) void this.app.do({ do: "goto", tick });
  }

  // end is where the line ends: no policy that is planned begins behind it.
  private get end(): number { return Math.max(80, this.app.state?.end ?? 80, ...this.app.planned.map((p) => p.from + 20)); }

  private bar(p: Policy, lane: number): HTMLElement {
    const app = this.app, end = this.end, to = p.to || end, title = app.catalogue.instruments.find((i) => i.id === p.instrument)?.title ?? p.instrument;
    const bar = el("button", { class: "bar", "data-bar": p.id, style: this.span(p, lane), title: t("page.bar", title, app.quarter(p.from), this.until(p.to)), onclick: () => openTab("policies") }, title);
    bar.addEventListener("pointerdown", (e) => {
      const width = byId("timeline").clientWidth, x = e.clientX, edge = bar.getBoundingClientRect().right - e.clientX < 10;
      bar.setPointerCapture(e.pointerId);
      const by = (f: PointerEvent) => Math.round(((f.clientX - x) / width) * end);
      bar.onpointermove = (f) => { const d = by(f); if (edge) bar.style.width = (100 * (to - p.from + d)) / end + "%"; else bar.style.left = (100 * (p.from + d)) / end + "%"; };
      bar.onpointerup = (f) => {
        bar.onpointermove = bar.onpointerup = null;
        const d = by(f);
        if (d) this.change(p.id, edge ? { to: Math.max(p.from + 1, to + d) } : { from: Math.max(1, p.from + d), to: p.to ? Math.max(2, p.to + d) : 0 });
      };
    });
    bar.addEventListener("keydown", (e) => {
      const d = e.key === "ArrowLeft" ? -1 : e.key === "ArrowRight" ? 1 : 0;
      if (d) { e.preventDefault(); this.change(p.id, e.shiftKey ? { to: Math.max(p.from + 1, to + d) } : { from: Math.max(1, p.from + d), to: p.to ? p.to + d : 0 }); }
    });
    return bar;
  }
}

// lanes puts each bar into the first lane in which nothing stands in its way: a lane by bar.
function lanes(bars: { from: number; to?: number }[], end: number): number[] {
  const free: number[] = [], lane: number[] = [];
  for (const [k, p] of bars.map((p, k) => [k, p] as const).sort((a, b) => a[1].from - b[1].from)) {
    let n = 0;
    while (free[n] > p.from) n++;
    free[n] = Math.max(p.to || end, p.from + end / 12); // a short one is as wide as its name
    lane[k] = n;
  }
  return lane;
}
