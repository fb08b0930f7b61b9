// The classroom page: puts its parts together and opens the first world.
import { App } from "./app";
import { edition, Unable } from "./assets";
import { EngineLink } from "./engine";
import { listenLesson } from "./lessons";
import { MapView } from "./map";
import { key } from "./marks";
import { ChartPanel, drawTabs, showTab } from "./panels";
import { Policies } from "./policies";
import { autosave, openFile, savesDialog, shareDialog, unpack } from "./saves";
import { ServerLink } from "./server";
import { Settings } from "./settings";
import { drawStory, listenStory } from "./story";
import { byId, el, expect, fill, has, icon, lang, say, speak, t } from "./text";
import { drawLegend, drawLevelsKey, drawTop, drawTransport, showState } from "./top";
import { Catalogue } from "./types";

const app = new App((w) => (edition ? new EngineLink(w) : new ServerLink(w)));

async function main(): Promise<void> {
  const wanted = new URLSearchParams(location.search).get("lang") ?? stored("agglo.lang") ?? navigator.language.slice(0, 2);
  const tongue = wanted === "ru" ? "ru" : "en";
  expect(tongue);
  const from = unpack(location.hash);
  // The world is begun at once; words and lists come meanwhile, and the page is built while the world is made.
  const lists = app.link.lists(tongue), begun = app.link.start(from?.spec ?? { scenario: "plain", seed: 1 }, from?.tick ?? 0, from?.twin ?? false);
  for (const p of [lists, begun]) p.catch(() => {}); // main fails by them
  speak(tongue, await app.link.words(tongue));
  app.catalogue = await lists;
  document.getElementById("loading")?.remove();
  build();
  const fault = await begun;
  if (!fault) return;
  say(fault, true);
  if (!(await app.start({ scenario: "plain", seed: 1 })) && !app.state) throw new Error(fault); // the server is full
}

// unable says why the page cannot work here, in its language if the words have come, else in all.
function unable(e: unknown): void {
  console.error(e);
  const why = e instanceof Unable && has(e.key) ? t(e.key, ...e.args) : "";
  const box = document.getElementById("loading");
  if (!box) {
    const words = why || (e instanceof Error ? e.message : String(e));
    fill(byId("top"), el("h1", {}, "agglo"));
    fill(byId("main"), el("p", { id: "failed", role: "alert" }, words));
    return;
  }
  box.className = "failed " + (location.protocol === "file:" ? "disk" : "lost");
  if (why) fill(box, el("p", {}, why), el("p", {}, t("page.engine.instead")));
}

function stored(key: string): string | null { try { return localStorage.getItem(key); } catch { return null; } }

let charts: ChartPanel, settings: Settings, policies: Policies;

function build(): void {
  head();
  drawTabs();
  maps();
  charts = new ChartPanel(app);
  settings = new Settings(app);
  policies = new Policies(app);
  listenStory(app);
  listenLesson(app);
  autosave(app);
  app.on("state", () => showState(app, app.state!));
  app.on("world", () => { maps(); drawLegend(app, (s) => key(s)); app.rescale(); drawLevelsKey(app); if (app.state) showState(app, app.state); });
  app.on("levels", () => drawLevelsKey(app));
  app.on("frame", () => { const w = window as unknown as { firstPicture?: number }; w.firstPicture ??= performance.now(); });
  Object.assign(window, { agglo: app });
  app.tell("world");
  if (app.state) { showState(app, app.state); app.tell("state"); app.tell("rows"); }
  if (app.state?.ready) void app.look();
  // A link that comes into an open page changes its fragment only, as going back does.
  window.addEventListener("hashchange", () => { const x = unpack(location.hash); if (x) void app.start(x.spec, x.tick, x.twin); });
}

function head(): void {
  const file = el("input", { type: "file", accept: ".yaml,.yml", class: "hidden", id: "choosefile", tabindex: -1, "aria-label": t("page.scenario.file"), onchange: (e: Event) => openFile(app, e) });
  byId("foot").replaceChildren();
  drawTop(app, {
    lessons: () => showTab("lesson"), saves: () => savesDialog(app), share: () => shareDialog(app), chooseFile: () => file.click(),
    language: async (to) => {
      let texts: Record<string, string>, lists: Catalogue;
      try { [texts, lists] = await Promise.all([app.link.words(to), app.link.lists(to)]); } catch { say(t("page.lost"), true); return; }
      try { localStorage.setItem("agglo.lang", to); } catch { /* it will be asked again */ }
      speak(to, texts);
      await app.rename(lists);
      head();
      drawTabs();
      maps();
      charts.build(); settings.build(); policies.build(); drawStory(app);
      app.tell("lesson");
      document.getElementById("timeline")!.dataset.key = "";
      if (app.state) showState(app, app.state);
    },
  });
  byId("top").append(file);
  drawTransport(app);
  document.title = "agglo · " + t("page.title");
}

let labelled = ""; // the language of the buttons on the maps

// maps shows one map, or two of the twins.
function maps(): void {
  const twin = !!app.state?.twin, have = app.maps.length;
  const make = (other: boolean) => new MapView(app.eye, app.layers, {
    firm: (row, k) => app.showFirm(row, k), cluster: (n, k) => app.showCluster(n, k), nothing: () => app.showNothing(),
    spot: (x, y) => policies.dropped(x, y), moved: () => app.maps.forEach((m) => m.redraw()),
  }, other);
  if (have === 0) app.maps = [make(false)];
  if (twin && app.maps.length === 1) app.maps.push(make(true));
  if (!twin && app.maps.length === 2) app.maps.pop();
  if (have === app.maps.length && labelled === lang) { captions(); return; }
  labelled = lang;
  for (const m of app.maps) { m.ground = app.ground; m.circles = app.circles(m.twin); if (app.placing) m.placing = { x: 0, y: 0, km: app.placing.km }; }
  for (const m of app.maps) m.buttons = m.twin ? null : zoom(m);
  fill(byId("maps"), ...app.maps.map((m) => el("figure", { class: "world" + (m.twin ? " without" : "") }, el("figcaption", {}), m.box, m.buttons)));
  captions();
  app.maps.forEach((m) => m.redraw());
}

function zoom(m: MapView): HTMLElement {
  const button = (does: string, face: Node | string, act: () => void) => el("button", { "aria-label": t("page.zoom." + does), title: t("page.zoom." + does), onclick: act }, face);
  return el("div", { class: "zoom" }, button("in", "+", () => m.zoom(1.4)), button("out", "−", () => m.zoom(1 / 1.4)),
    button("fit", icon("fit"), () => { app.eye.fitted = true; app.maps.forEach((k) => k.redraw()); }));
}

// captions names the maps. One alone bears the name of its world, whether there are policies in it or not.
function captions(): void {
  const heads = document.querySelectorAll("#maps figcaption"), twin = app.maps.length > 1;
  app.maps.forEach((m, k) => {
    const name = twin ? t(k ? "page.map.without" : "page.map.with") : app.ground?.title ?? "";
    heads[k].textContent = name;
    (heads[k] as HTMLElement).title = name; // a long one is cut off
    m.box.setAttribute("aria-label", (name ? name + ". " : "") + t("page.map.keys"));
  });
}

main().catch(unable);
