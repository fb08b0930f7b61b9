// What the browser keeps: the last states of the page, as a list that can be opened, exported and wiped; links that hold a state;
// scenario files; pictures.
import { GIFEncoder, applyPalette, quantize } from "../third_party/gifenc/gifenc.esm.js";
import { App } from "./app";
import { named, waiting } from "./settings";
import { dialog, el, fill, hush, locale, num, refill, save, say, show, t } from "./text";
import { copy, saveFile } from "./top";
import { Spec } from "./types";

export interface Kept { id: string; when: number; spec: Spec; tick: number; twin: boolean; title: string }

const shelf = "agglo.saves", most = 20;

export function kept(): Kept[] {
  try {
    const all = JSON.parse(localStorage.getItem(shelf) ?? "[]") as Kept[];
    return Array.isArray(all) ? all.filter((k) => k && k.spec && typeof k.tick === "number") : [];
  } catch {
    return [];
  }
}

function put(all: Kept[]): void {
  try { localStorage.setItem(shelf, JSON.stringify(all.slice(0, most))); } catch { /* a full or closed shelf keeps what it had */ }
}

const mine = Math.random().toString(36).slice(2); // this page's entry

// autosave keeps how things stand: at every change, and every few seconds while a world runs.
export function autosave(app: App): void {
  let last = "", due = 0;
  const keep = () => {
    due = 0;
    const s = app.state;
    if (!s?.ready) return;
    const now = JSON.stringify([s.spec, s.tick, s.twin]);
    if (now === last || (s.tick === 0 && !s.spec.policies?.length && !s.spec.params?.length)) return;
    last = now;
    put([{ id: mine + "." + s.life, when: Date.now(), spec: s.spec, tick: s.tick, twin: s.twin, title: app.ground?.title ?? s.spec.scenario }, ...kept().filter((k) => k.id !== mine + "." + s.life)]);
  };
  app.on("state", () => { if (!due) due = window.setTimeout(keep, 1500); });
  window.addEventListener("pagehide", keep);
}

export function savesDialog(app: App): void {
  const d = dialog("savesdialog", t("page.saves"));
  const draw = () => {
    const all = kept();
    refill(d.body, all.length ? el("ul", { class: "kept" }, ...all.map((k) => el("li", {},
      el("button", { class: "link open", onclick: () => { d.close(); void app.start(k.spec, k.tick, k.twin); } }, t("page.saves.kept", k.title, k.spec.seed, num(Math.floor(k.tick / 4)))),
      el("small", {}, new Date(k.when).toLocaleString(locale(), { dateStyle: "medium", timeStyle: "short" }), k.spec.policies?.length ? " · " + t("page.saves.policies", k.spec.policies.length) : ""),
      el("button", { class: "wipe", onclick: () => { put(kept().filter((x) => x.id !== k.id)); draw(); } }, t("page.wipe"))))) : el("p", {}, t("page.saves.none")),
      el("div", { class: "row" },
        el("button", { id: "exportsaves", onclick: () => save("agglo-saves.json", JSON.stringify(kept(), null, 1), "application/json") }, t("page.saves.export")),
        el("label", { class: "button" }, t("page.saves.import"), el("input", { type: "file", id: "importsaves", accept: ".json", class: "hidden", onchange: async (e: Event) => { await take(e); draw(); } })),
        el("button", { id: "wipesaves", onclick: () => { put([]); draw(); } }, t("page.saves.wipe"))));
  };
  draw();
  d.open();
}

async function take(e: Event): Promise<void> {
  const f = (e.target as HTMLInputElement).files?.[0];
  if (!f || f.size > 4e6) return;
  try {
    const all = JSON.parse(await f.text()) as Kept[];
    put([...all.filter((k) => k && k.spec && typeof k.tick === "number"), ...kept()]);
  } catch {
    say(t("page.saves.bad"), true);
  }
}

// pack and unpack a state into the fragment of a link, which no server sees.
export function pack(app: App): string {
  const s = app.state!;
  const bytes = new TextEncoder().encode(JSON.stringify({ v: 1, spec: s.spec, tick: s.tick, twin: s.twin }));
  let raw = "";
  for (const b of bytes) raw += String.fromCharCode(b);
  return "#s=" + btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export function unpack(hash: string): { spec: Spec; tick: number; twin: boolean } | null {
  if (!hash.startsWith("#s=")) return null;
  try {
    const raw = atob(hash.slice(3).replace(/-/g, "+").replace(/_/g, "/"));
    const x = JSON.parse(new TextDecoder().decode(Uint8Array.from(raw, (c) => c.charCodeAt(0))));
    return x.spec && typeof x.tick === "number" ? { spec: x.spec, tick: x.tick, twin: !!x.twin } : null;
  } catch {
    return null;
  }
}

export function shareDialog(app: App): void {
  const d = dialog("sharedialog", t("page.share"));
  const hash = pack(app), url = location.href.replace(/[?#].*$/, "") + hash;
  const long = url.length > 8000, waits = waiting(app);
  const changes = (app.state!.spec.changes ?? []).map((c) => `${named(app, c.path, c.value)} (${app.quarter(c.tick + 1)})`).join("; ");
  fill(d.body,
    el("p", {}, long ? t("page.share.long") : location.protocol === "file:" ? t("page.share.here") : t("page.share.link")),
    long ? null : el("input", { id: "sharelink", readonly: true, value: url, onfocus: (e: Event) => (e.target as HTMLInputElement).select() }),
    long ? null : el("button", { id: "copylink", onclick: () => copy(url) }, t("page.copy")),
    el("p", {}, t("page.share.file")),
    changes ? el("p", { class: "note", id: "notinfile" }, t("page.share.changed", changes)) : null,
    waits ? el("p", { class: "note", id: "waits" }, t("page.share.waits", waits)) : null,
    el("button", { id: "scenariofile", onclick: () => saveFile(app, (app.ground?.id ?? "scenario") + ".yaml", "scenario.yaml", "application/yaml") }, t("page.share.scenario")),
    el("label", { class: "button" }, t("page.share.open"), el("input", { type: "file", id: "openfile", accept: ".yaml,.yml", class: "hidden", onchange: async (e: Event) => { if (await openFile(app, e)) d.close(); } })),
    el("p", {}, t("page.share.pictures")),
    el("button", { id: "png", onclick: () => picture(app) }, t("page.share.png")),
    el("button", { id: "gif", onclick: () => { d.close(); void film(app); } }, t("page.share.gif")));
  d.open();
}

export async function openFile(app: App, e: Event): Promise<boolean> {
  const input = e.target as HTMLInputElement, f = input.files?.[0];
  if (!f) return false;
  if (f.size > 1 << 20) { say(t("page.file.large"), true); return false; }
  const file = await f.text(), id = /^id:\s*([A-Za-z0-9_.-]+)/m.exec(file)?.[1] ?? "scenario", seed = Number(/^seed:\s*(\d+)/m.exec(file)?.[1] ?? 1);
  input.value = "";
  return app.start({ scenario: id, file, seed }, 0, false);
}

// compose lays the maps side by side with their captions, the date and the seed.
function compose(app: App, width?: number): HTMLCanvasElement {
  const maps = app.maps.filter((m) => m.frame).map((m) => m.picture(width)), head = width ? 22 : 40, out = el("canvas");
  out.width = maps.reduce((s, m) => s + m.width, 0) + 4 * (maps.length - 1);
  out.height = Math.max(...maps.map((m) => m.height)) + head;
  const c = out.getContext("2d", { willReadFrequently: true })!;
  c.fillStyle = "#fff";
  c.fillRect(0, 0, out.width, out.height);
  c.fillStyle = "#111";
  c.font = `600 ${Math.round(head * 0.55)}px system-ui, sans-serif`;
  c.textBaseline = "middle";
  let x = 0;
  maps.forEach((m, k) => {
    const caption = k === 0 ? `${app.ground!.title}, ${app.quarter(app.state!.tick)}` + (maps.length > 1 ? ": " + t("page.map.with") : "") : t("page.map.without");
    c.fillText(caption, x + 6, head / 2, m.width - 10);
    c.drawImage(m, x, head);
    x += m.width + 4;
  });
  return out;
}

function picture(app: App): void {
  compose(app).toBlob(async (b) => { if (b) save(`agglo-${app.ground!.id}-${app.state!.tick}.png`, await b.arrayBuffer(), "image/png"); }, "image/png");
}

// film runs the world on for ten years and keeps a picture of every other quarter.
export async function film(app: App): Promise<void> {
  const gif = GIFEncoder(), ticks = 40, width = Math.min(480, app.maps[0].box.clientWidth);
  const first = app.state!.tick, life = app.state!.life;
  await app.do({ do: "play", on: false });
  let palette: number[][] | null = null;
  for (let tick = first; tick <= first + ticks; tick += 2) {
    if (tick > first) {
      await app.do({ do: "goto", tick });
      if (!(await until(() => app.maps.every((m) => (m.twin && !app.state!.twin) || m.tick >= tick), 60000)) || app.state!.life !== life) break;
    }
    show(t("page.film", tick - first, ticks), 60000); // the world runs by itself meanwhile: that must be told
    const c = compose(app, width), data = c.getContext("2d", { willReadFrequently: true })!.getImageData(0, 0, c.width, c.height).data;
    palette ??= quantize(data, 128) as number[][];
    gif.writeFrame(applyPalette(data, palette), c.width, c.height, { palette: tick === first ? palette : undefined, delay: 120 });
  }
  gif.finish();
  save(`agglo-${app.ground!.id}.gif`, gif.bytes() as Uint8Array<ArrayBuffer>, "image/gif");
  hush();
}

export function until(ready: () => boolean, patience: number): Promise<boolean> {
  return new Promise((done) => {
    const begun = Date.now(), look = () => (ready() ? done(true) : Date.now() - begun > patience ? done(false) : setTimeout(look, 30));
    look();
  });
}
