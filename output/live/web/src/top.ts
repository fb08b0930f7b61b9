// The head of the page, the controls of time and the foot with the command line.
import { App } from "./app";
import { ends, Kind, standing } from "./levels";
import { byId, dialog, el, fill, icon, lang, num, save, say, show, t } from "./text";
import { State } from "./types";

export interface Top { lessons(): void; language(to: string): void; share(): void; saves(): void; chooseFile(): void }

const paces: [number, string][] = [[2, "2"], [4, "4"], [8, "8"], [16, "16"], [30, "30"], [0, "∞"]];

export function drawTop(app: App, top: Top): void {
  const scenario = el("select", { id: "scenario", onchange: async (e: Event) => {
    const id = (e.target as HTMLSelectElement).value;
    if (id === "...") { top.chooseFile(); (e.target as HTMLSelectElement).value = app.state?.spec.scenario ?? "plain"; return; }
    if (!(await app.start({ scenario: id, seed: app.state?.spec.seed ?? 1 }))) (e.target as HTMLSelectElement).value = app.state?.spec.scenario ?? "plain";
  } });
  for (const s of app.catalogue.scenarios) scenario.append(el("option", { value: s.id, title: s.summary }, s.title));
  scenario.append(el("option", { value: "..." }, t("page.scenario.file")));
  const seed = el("input", { id: "seed", type: "number", min: 0, max: 9007199254740991, step: 1, inputmode: "numeric", onchange: () => reseed(Number(seed.value)) });
  const reseed = (n: number) => { if (Number.isSafeInteger(n) && n >= 0) void app.do({ do: "seed", seed: n }); else say(t("page.seed.bad"), true); };
  fill(byId("top"),
    el("h1", {}, "agglo"),
    el("label", { class: "field" }, t("page.scenario"), scenario),
    el("label", { class: "field" }, t("page.seed"), seed),
    el("button", { id: "newseed", title: t("page.seed.new.doc"), onclick: () => reseed(1 + ((app.state?.spec.seed ?? 0) % 9007199254740990)) }, t("page.seed.new")),
    el("span", { class: "spring" }),
    el("button", { id: "lessons", class: "strong", onclick: () => top.lessons() }, t("page.lessons")),
    el("button", { id: "saves", onclick: () => top.saves() }, t("page.saves")),
    el("button", { id: "share", onclick: () => top.share() }, t("page.share")),
    el("button", { id: "language", lang: lang === "en" ? "ru" : "en", onclick: () => top.language(lang === "en" ? "ru" : "en") }, lang === "en" ? "Русский" : "English"));
  byId("skip").textContent = t("page.skip");
  byId("skip").onclick = (e) => { e.preventDefault(); byId("play").focus(); }; // the fragment is that of a link
}

export function drawTransport(app: App): void {
  const bar = byId("transport");
  bar.setAttribute("aria-label", t("page.time"));
  const pace = el("select", { id: "pace", title: t("page.pace.doc"), onchange: () => app.do({ do: "pace", pace: Number(pace.value) }) });
  for (const [v, label] of paces) pace.append(el("option", { value: v }, v ? t("page.pace.of", label) : t("page.pace.most")));
  fill(bar,
    el("button", { id: "restart", title: t("page.restart.doc"), onclick: () => app.do({ do: "restart" }) }, icon("start"), t("page.restart")),
    el("button", { id: "play", class: "strong", onclick: () => app.do({ do: "play", on: !app.state?.playing }) }),
    el("button", { id: "step", title: t("page.step.doc"), onclick: () => app.do({ do: "step" }) }, icon("step"), t("page.step")),
    el("label", { class: "field" }, t("page.pace"), pace),
    el("output", { id: "clock", "aria-live": "off" }),
    el("span", { class: "spring" }),
    el("label", { class: "check" }, el("input", { id: "twin", type: "checkbox", onchange: (e: Event) => app.do({ do: "twin", on: (e.target as HTMLInputElement).checked }) }), t("page.twin")));
}

export function showState(app: App, s: State): void {
  const play = byId("play"), words = t(s.playing ? "page.pause" : "page.play");
  if (play.textContent !== words) fill(play, icon(s.playing ? "pause" : "play"), words);
  play.classList.toggle("beckon", !s.playing && s.tick === 0);
  const set = (id: string, v: string | boolean) => {
    const e = byId(id) as HTMLInputElement;
    if (typeof v === "boolean") e.checked = v;
    else if (document.activeElement !== e && e.value !== v) e.value = v;
  };
  set("twin", s.twin);
  set("seed", String(s.spec.seed));
  set("pace", String(s.pace));
  const scenario = byId("scenario") as HTMLSelectElement;
  if (s.spec.file && ![...scenario.options].some((o) => o.value === s.spec.scenario)) scenario.prepend(el("option", { value: s.spec.scenario }, s.spec.scenario));
  set("scenario", s.spec.scenario);
  let status = "";
  if (app.lost) status = t("page.lost");
  else if (s.fault) status = t("page.broke", s.fault);
  else if (!s.ready || !app.ground) status = t("page.building"); // without the ground no date is known
  else if (s.goal > s.tick) status = t("page.catching", app.quarter(s.goal));
  else if (s.busy) status = t("page.catching.twin", app.quarter(Math.max(0, s.twin_tick)));
  byId("clock").textContent = s.ready && app.ground ? app.quarter(s.tick) + (status ? " · " + status : "") : status;
  showFoot(app, s);
}

function showFoot(app: App, s: State): void {
  const foot = byId("foot");
  if (!foot.firstChild) {
    fill(foot,
      el("label", { for: "command" }, t("page.command")),
      el("input", { id: "command", readonly: true, spellcheck: "false", onfocus: (e: Event) => (e.target as HTMLInputElement).select() }),
      el("button", { id: "copy", onclick: () => copy((byId("command") as HTMLInputElement).value) }, t("page.copy")),
      el("button", { id: "csv", title: t("page.csv.doc"), onclick: () => saveFile(app, "series.csv", "series.csv", "text/csv") }, t("page.csv")),
      el("button", { id: "csvtwin", title: t("page.csv.twin.doc"), onclick: () => saveFile(app, "series-without.csv", "series.csv", "text/csv", true) }, t("page.csv.twin")),
      app.cannot().length ? el("button", { id: "limits", onclick: () => limitsDialog(app) }, t("page.cannot")) : null,
      el("p", { id: "printed", "aria-hidden": "true" }));
  }
  const command = byId("command") as HTMLInputElement;
  if (command.value !== s.command) command.value = s.command;
  byId("csvtwin").hidden = s.twin_tick < 0;
  byId("printed").textContent = `${app.ground?.title ?? ""}, ${byId("clock").textContent}. ${t("page.command")} ${s.command}`; // paper has neither a clock nor a field to scroll
}

export async function copy(words: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(words);
  } catch { // a page without permission: the old way
    const box = el("textarea", { class: "hidden" }, words);
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
  show(t("page.copied"), 1500);
}

// saveFile saves a file of the session under a name; one that does not come is no file.
export async function saveFile(app: App, as: string, name: string, type: string, twin = false): Promise<void> {
  const data = await app.link.file(name, twin);
  if (data === null) say(t("page.lost"), true);
  else save(as, data, type);
}

type Layer = Exclude<keyof App["layers"], "shown">;

const signs: Record<Layer, string> = {
  ties: '<path d="M1 12L17 4" stroke="#6a6a6a" stroke-width="2"/>',
  outlines: '<path d="M2 3h8v4h6v7H2z" fill="none" stroke="#1a1a1a" stroke-width="1.8"/>',
  works: '<path d="M2 2h10v4h4v8H2z" fill="#dcb866" stroke="#7a5200" stroke-width="1.4"/>',
  places: '<path d="M3 8l6-6 6 6v6H3z" fill="#fff" stroke="#111" stroke-width="1.6"/>',
};

// sign is how a layer looks on the map.
function sign(layer: Layer): HTMLElement {
  const box = el("span", { class: "sign", "aria-hidden": "true" });
  box.innerHTML = `<svg viewBox="0 0 18 16" width="18" height="16">${signs[layer]}</svg>`;
  return box;
}

// legend lists sectors with their marks, and switches layers on and off.
export function drawLegend(app: App, key: (sector: number) => HTMLElement): void {
  const g = app.ground;
  const layer = (id: Layer, label: string) => el("label", { class: "check" }, el("input", { type: "checkbox", id: "layer-" + id, checked: app.layers[id], onchange: (e: Event) => {
    app.layers[id] = (e.target as HTMLInputElement).checked;
    app.maps.forEach((m) => m.redraw());
  } }), sign(id), label);
  fill(byId("legend"),
    el("div", { class: "layers" }, layer("ties", t("page.layer.ties")), layer("outlines", t("page.layer.outlines")), layer("works", t("page.layer.works")), layer("places", t("page.layer.places"))),
    el("span", { id: "levels" }),
    el("span", { class: "note" }, t("page.size")), // before the sectors, which may be more than there is room for
    el("ul", { class: "sectors", "aria-label": t("page.sectors") }, ...(g?.sectors ?? []).slice(0, 48).map((s, k) => el("li", {}, key(k), " " + s.name))));
}

// drawLevelsKey says which kind of infrastructure is shaded and on what scale, and lets another be chosen; nothing where none stands.
export function drawLevelsKey(app: App): void {
  const s = app.layers.shown, box = byId("levels");
  if (!box) return;
  if (!s) { fill(box); return; }
  const { low, high, from, to } = ends(s, num);
  const pick = el("select", { id: "workskind", "aria-label": t("page.works.kind"), onchange: () => { app.kind = pick.value as Kind; app.rescale(); } },
    ...standing(app.maps.map((m) => m.scene)).map((k) => el("option", { value: k, selected: k === s.kind }, t("page.works." + k)))) as HTMLSelectElement;
  fill(box, pick, el("span", { class: "scale" }, low, el("i", { style: `background:linear-gradient(90deg, ${from}, ${to})` }), high));
}

// limitsDialog says what this page cannot do.
export function limitsDialog(app: App): void {
  const d = dialog("limitsdialog", t("page.cannot"));
  fill(d.body, el("ul", {}, ...app.cannot().map((line) => el("li", {}, line))));
  d.open();
}
