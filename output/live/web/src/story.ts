// The story of a firm or a cluster that was clicked.
import { App } from "./app";
import { colourOf, key } from "./marks";
import { openTab } from "./panels";
import { byId, el, num, percent, refill, show, signed, t } from "./text";
import { ClusterStory, FirmStory, Tied } from "./types";

export function drawStory(app: App): void {
  const box = byId("panel-story");
  if (app.firm) refill(box, ...firm(app, app.firm));
  else if (app.cluster) refill(box, ...cluster(app, app.cluster));
  else refill(box, el("p", {}, t("page.story.none")), ...list(app));
}

// list names the clusters, for those who do not point.
function list(app: App): HTMLElement[] {
  const all = [...(app.maps[0]?.scene?.clusters ?? [])].sort((a, b) => b.jobs - a.jobs);
  if (all.length === 0) return [el("p", {}, t("page.story.noclusters"))];
  return [el("h2", {}, t("page.story.clusters")), el("p", { class: "note" }, t("page.story.survey", app.quarter(app.maps[0].scene!.surveyed))), el("ul", { class: "links" }, ...all.map((c) => el("li", {}, el("button", { class: "link", "data-cluster": c.number, onclick: () => app.showCluster(c.number, false) }, c.name), " ", t("page.story.size", num(c.firms), num(c.jobs, 0)))))];
}

const row = (label: string, ...value: (Node | string)[]) => el("tr", {}, el("th", { scope: "row" }, label), el("td", {}, ...value));

function firm(app: App, f: FirmStory): HTMLElement[] {
  const sectors = app.ground!.sectors, name = t("page.firm", f.id.slice(0, 4).toUpperCase());
  const back = el("button", { class: "link", onclick: () => app.showNothing() }, "← " + t("page.story.back"));
  if (f.ended) return [back, el("h2", {}, name), el("p", {}, t("page.firm.ended", app.quarter(f.ended))), spark(f.history ?? [], app)];
  const tied = (list: Tied[]) => el("ul", { class: "links" }, ...[...list].sort((a, b) => b.trust - a.trust).map((k) => el("li", {}, key(k.sector, 12), " ", el("button", { class: "link", onclick: () => app.showFirm(k.row, app.chosenTwin) }, sectors[k.sector]?.name ?? ""), " ", t("page.tie", percent(k.trust, 0), num(k.km)))));
  const more = f.productivity !== null && f.mean !== null ? f.productivity / f.mean - 1 : null;
  return [back, el("h2", {}, key(f.sector, 16), " ", name, ", ", sectors[f.sector]?.name ?? ""),
    el("p", {}, t(f.spun_off ? "page.firm.spun" : "page.firm.born", app.quarter(Math.round((app.state?.tick ?? 0) - 4 * f.age))), " ",
      f.parent >= 0 ? el("button", { class: "link", onclick: () => app.showFirm(f.parent, app.chosenTwin) }, t("page.firm.parent")) : ""),
    el("table", {},
      row(t("page.firm.jobs"), num(f.jobs)),
      row(t("page.firm.cluster"), f.cluster ? el("button", { class: "link", onclick: () => app.showCluster(f.cluster, app.chosenTwin) }, f.cluster_name ?? "") : t("page.firm.alone")),
      row(t("page.firm.productivity"), num(f.productivity), more === null ? "" : ` (${t(more >= 0 ? "page.firm.above" : "page.firm.below", percent(Math.abs(more), 0))})`),
      row(t("page.firm.technology"), num(f.technology)), row(t("page.firm.wage"), num(f.wage)), row(t("page.firm.profit"), num(f.profit)),
      row(t("page.firm.exports"), t(f.exporter ? "page.yes" : "page.no"))),
    spark(f.history ?? [], app),
    el("h3", {}, t("page.firm.partners", f.partners.length)), tied(f.partners), el("h3", {}, t("page.firm.suppliers", f.suppliers.length)), tied(f.suppliers)];
}

function cluster(app: App, c: ClusterStory): HTMLElement[] {
  const event = (e: string, other?: number) => t("page.event." + e, app.maps[0]?.scene?.clusters.find((k) => k.number === other)?.name ?? (other ? "№ " + other : ""));
  const told = c.years.filter((y, k) => k === 0 || !["steady", "growth", "decline"].includes(y.event));
  const parts: [string, number | null][] = [["input", c.input], ["labour", c.labour], ["knowledge", c.knowledge], ["trust", c.trust]];
  const most = Math.max(0.001, ...parts.map((p) => Math.abs(p[1] ?? 0)));
  return [el("button", { class: "link", onclick: () => app.showNothing() }, "← " + t("page.story.back")),
    el("h2", {}, c.name), el("p", {}, c.alive ? t("page.cluster.now", app.quarter(c.tick), num(c.firms), num(c.jobs, 0), percent(c.share)) : t("page.cluster.gone")),
    el("table", {}, row(t("page.cluster.productivity"), c.productivity === null ? "–" : signed(c.productivity - 1, (v) => percent(v))), row(t("page.cluster.trust"), t("page.cluster.trust.of", num(c.trust_in, 2), num(c.trust_out, 2))), row(t("page.cluster.synergy"), percent(c.synergy))),
    c.synergy === null ? el("p", {}, t("page.cluster.nosplit")) : el("div", { class: "split", role: "img", "aria-label": parts.map(([k, v]) => t("page.channel." + k) + " " + percent(v)).join(", ") },
      ...parts.map(([k, v]) => el("div", { class: "part" }, el("span", {}, t("page.channel." + k)), el("i", { style: `width:${(55 * Math.max(0, v ?? 0)) / most}%` }), el("b", {}, percent(v))))),
    spark(c.years.map((y) => [y.tick, y.jobs]), app),
    el("h3", {}, t("page.cluster.life")), el("ul", { class: "life" }, ...told.slice(-12).map((y) => el("li", {}, t("page.life", app.quarter(y.tick), event(y.event, y.other), num(y.firms), num(y.jobs, 0))))),
    el("h3", {}, t("page.sectors")), el("ul", { class: "sectors" }, ...c.sectors.map((n, k) => ({ n, k })).filter((s) => s.n > 0).sort((a, b) => b.n - a.n).slice(0, 10).map((s) => el("li", {}, key(s.k, 12), " " + (app.ground!.sectors[s.k]?.name ?? "") + ": " + num(s.n))))];
}

// spark draws jobs over time as a small line.
function spark(points: [number, number][] | number[][], app: App): HTMLElement {
  if (points.length < 2) return el("p", { class: "note" }, t("page.story.follow"));
  const xs = points.map((p) => p[0]), ys = points.map((p) => p[1]), x0 = xs[0], x1 = xs[xs.length - 1], top = Math.max(...ys, 1e-9);
  const at = points.map((p) => `${(((p[0] - x0) / Math.max(1, x1 - x0)) * 300).toFixed(1)},${(58 - (p[1] / top) * 52).toFixed(1)}`).join(" ");
  const box = el("div", { class: "spark" });
  box.innerHTML = `<svg viewBox="0 0 300 60" preserveAspectRatio="none" role="img"><polyline points="${at}" fill="none" stroke="${colourOf(0)}" stroke-width="2" vector-effect="non-scaling-stroke"/></svg>`;
  box.querySelector("svg")!.setAttribute("aria-label", t("page.spark", num(ys[0], 0), app.quarter(x0), num(ys[ys.length - 1], 0), app.quarter(x1)));
  box.append(...[0, points.length - 1].map((k) => el("span", {}, `${app.quarter(xs[k])}: ${t("page.jobs", num(ys[k], 0))}`)));
  return box;
}

// below tells on a phone, where the story lies below the map and out of sight, whom it is of.
function below(): void {
  const box = byId("panel-story");
  if (box.getBoundingClientRect().top < window.innerHeight - 60) return;
  show((box.querySelector("h2")?.textContent ?? "").trim() + "\n" + t("page.story.below"), 5000);
}

export function listenStory(app: App): void {
  app.on("story", () => drawStory(app));
  app.on("chosen", () => { openTab("story"); below(); if (document.activeElement === document.body) byId("panel-story").focus({ preventScroll: true }); }); // not when a story is told on: who watches something else must not lose it
  app.on("scene", () => { if (!app.firm && !app.cluster) drawStory(app); });
  app.on("world", () => drawStory(app));
  drawStory(app);
}
