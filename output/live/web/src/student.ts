// A student's page of a class: join, run a world of one's own, see it, and see at last what all worlds say.
import { ask, ClassLink, Refusal, words } from "./class_link";
import { Mine, View } from "./class_types";
import { Player, readFilm } from "./film";
import { key as mark } from "./marks";
import { level, strip } from "./strip";
import { byId, el, fill, has, hush, lang, num, refresh, say, t } from "./text";

const shelf = "agglo.class.token";
let token = stored(shelf) ?? "";
let view: View | null = null;
let away = false;
let joining = false;
let choice = 0;
let player: Player | null = null;
let shown = ""; // the world whose film is there
let chosen = -1; // the world that the student looks at; -1 = the last
let spoken = ""; // the language of what is shown
let seenEnd = new Set<string>(); // films that were played to the end
let film: HTMLElement | null = null; // the card with the player
let films = 0; // that were made: a new one takes the place of the one before whole, since its player draws into it
let gone = false; // the class has forgotten the token

function stored(key: string): string | null { try { return localStorage.getItem(key); } catch { return null; } }
function store(key: string, value: string): void { try { localStorage.setItem(key, value); } catch { /* the page forgets it when it is closed */ } }

const link = new ClassLink<View>("api/class/me", header, (v) => take(v), (r) => {
  if (r.fault !== "token") { if (r.status !== 429) complain(r); return false; }
  token = "";
  store(shelf, "");
  view = null;
  gone = true;
  draw();
  return true;
}, (lost) => { if (lost !== away) { away = lost; draw(); } });

function header(): Record<string, string> { return token ? { "X-Agglo-Token": token } : {}; }
function complain(r: Refusal): void { say(r.fault === "offline" ? t("page.lost") : has("class.fault." + r.fault) ? t("class.fault." + r.fault) : r.error, true); }

async function main(): Promise<void> {
  const wanted = new URLSearchParams(location.search).get("lang") ?? stored("agglo.lang") ?? navigator.language.slice(0, 2);
  await words(wanted === "ru" ? "ru" : "en");
  draw();
  Object.assign(window, { agglo: { view: () => view } });
  if (token) void link.listen();
  else if (location.hash.length > 8) await join(decodeURIComponent(location.hash.slice(1)));
  window.addEventListener("resize", () => picture());
  window.addEventListener("hashchange", () => { if (!token && location.hash.length > 8) void join(decodeURIComponent(location.hash.slice(1))); }); // a link into the open page
}

async function join(code: string): Promise<void> {
  if (joining) return;
  joining = true;
  const r = await ask("api/class/join", header(), { code });
  joining = false;
  if ("refused" in r) { complain(r.refused); return; }
  hush();
  token = (r.reply as { token: string }).token;
  gone = false;
  store(shelf, token);
  link.again();
  void link.listen();
}

function take(v: View): void {
  if (view && v.round !== view.round) { shown = ""; chosen = -1; choice = 0; seenEnd = new Set(); player?.stop(); player = null; }
  if (spoken !== lang) { shown = ""; spoken = lang; }
  view = v;
  draw();
}

async function run(): Promise<void> {
  const r = await link.order("api/class/run", { round: view!.round, arm: view!.task!.deal === "choose" ? choice : 0 });
  if (r) complain(r);
  chosen = -1;
  link.again();
}

function draw(): void {
  document.title = "agglo · " + t("class.title");
  const other = lang === "ru" ? "en" : "ru";
  refresh(byId("top"), el("h1", {}, "agglo"), el("span", {}, view ? t("class.you", view.number) : t("class.title")), away ? el("span", { class: "lost" }, t("page.lost")) : null, el("span", { class: "spring" }),
    el("button", { id: "language", lang: other, onclick: () => void language(other) }, other === "ru" ? "Русский" : "English"));
  const main = byId("main");
  if (!token) {
    const typed = document.getElementById("code") as HTMLInputElement | null;
    main.className = "";
    fill(main, door(typed?.value ?? ""));
    byId("code").focus();
    return;
  }
  if (!view) { refresh(main, el("div", { class: "card" }, t("class.joining"))); return; }
  if (!view.task) { main.className = ""; refresh(main, el("div", { class: "card join" }, el("h2", {}, t("class.in", view.number)), el("p", {}, t("class.wait")))); return; }
  const mine = view.mine[chosen < 0 ? view.mine.length - 1 : chosen];
  main.className = mine ? "wide" : "";
  const focus = document.activeElement?.id;
  const all = view.found ? el("div", { class: "card all" }, el("h2", {}, t("class.all")),
    el("div", { class: "said" }, ...view.found.sentences.map((s) => el("p", {}, s))), el("div", { class: "strip" + (view.found.arms.length > 2 ? " tall" : ""), id: "strip", "data-drawn": true }),
    el("p", { class: "note" }, t("class.again.teacher"))) : null;
  refresh(main, all, el("div", { class: "card", id: "desk", tabindex: -1 }, ...desk(mine)), mine ? world(mine) : null);
  if (focus) (document.getElementById(focus) ?? byId("desk")).focus({ preventScroll: true }); // news must not take the place of who uses keys
  picture();
}

async function language(to: string): Promise<void> {
  try { await words(to); } catch { say(t("page.lost"), true); return; }
  store("agglo.lang", to);
  if (token) link.again(); // what the class says comes in the other language
  else draw();
}

function door(typed: string): HTMLElement {
  const input = el("input", { id: "code", value: typed, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: "12", placeholder: "XXXX-XXXX", "aria-label": t("class.code") });
  return el("form", { class: "card join", onsubmit: (e: Event) => { e.preventDefault(); void join(input.value); } }, gone ? el("p", { class: "lost", id: "gone", role: "alert" }, t("class.fault.token")) : null, el("h2", {}, t("class.enter")), input, el("button", { class: "strong", id: "join", type: "submit" }, t("class.join")), el("p", { class: "note" }, t("class.private")));
}

// desk is what is asked, and what the student can do.
function desk(mine: Mine | undefined): (Node | null)[] {
  const v = view!, task = v.task!, parts: (Node | null)[] = [el("h2", {}, task.title), el("p", {}, t("class.asked", task.name, num(task.ticks / 4)))];
  const ended = mine && (seenEnd.has(key(mine)) || !mine.film);
  if (mine && ended) parts.push(el("p", { class: "note" }, mine.label), el("div", { class: "big", id: "result" }, level(task.outcome, mine.value)), v.revealed ? null : el("p", {}, t("class.onlyone")));
  if (v.mine.length > 1) parts.push(el("div", { class: "row tabs" }, ...v.mine.map((m, k) => el("button", { id: "world-" + k, "aria-pressed": String(m === mine), onclick: () => { chosen = k; draw(); } }, `${m.label}: ${level(task.outcome, m.value)}`))));
  if (v.pending) {
    parts.push(el("p", { id: "waits" }, v.place ? t("class.place", v.place) : t("class.runs")), el("progress", { max: task.ticks, value: v.place ? 0 : Math.max(1, v.tick), "aria-label": t("class.runs") }));
  } else if (v.may) {
    if (task.deal === "choose") {
      parts.push(el("div", { class: "choices", role: "radiogroup", "data-round": v.round }, ...task.arms.map((a, k) => el("label", {}, el("input", { type: "radio", name: "arm", id: "arm-" + k, value: k, checked: k === choice, onchange: () => { choice = k; } }), a))));
    } else if (task.arms.length > 1) {
      parts.push(el("p", {}, t(task.deal === "all" ? "class.dealt.all" : "class.dealt.random")), el("ul", {}, ...task.arms.map((a) => el("li", {}, a))));
    }
    parts.push(...task.means.map((m) => el("p", { class: "note means" }, m)));
    parts.push(el("button", { class: "strong go", id: "run", onclick: (e: Event) => { byId("desk").focus({ preventScroll: true }); (e.target as HTMLButtonElement).disabled = true; void run(); } }, t(v.mine.length ? "class.run.more" : "class.run")));
  } else if (v.frozen && !v.revealed) parts.push(el("p", { id: "frozen" }, t("class.frozen")));
  else if (mine && !ended) parts.push(el("p", {}, t("class.watch")));
  else if (!v.revealed) parts.push(el("p", {}, t("class.done")));
  return parts;
}

const key = (m: Mine): string => `${view!.round}.${m.arm}.${m.replicate}`;

// world is the film of a world; it stays on the page while that is drawn anew.
function world(mine: Mine): HTMLElement {
  const task = view!.task!;
  if (shown === key(mine) && film) return film;
  shown = key(mine);
  player?.stop();
  const at = shown, k = view!.mine.indexOf(mine), mineIsNew = !seenEnd.has(at);
  player = new Player(task, mine, () => { if (!seenEnd.has(at)) { seenEnd.add(at); draw(); } });
  const p = player;
  if (mine.film) void fetch(`api/class/film?world=${k}`, { headers: header() }).then(async (r) => {
    const reel = r.ok ? readFilm(await r.arrayBuffer()) : null;
    if (reel && p === player) p.show(reel, mineIsNew);
    else if (!reel) { seenEnd.add(at); draw(); }
  }).catch(() => { shown = ""; });
  film = el("div", { class: "card", "data-world": at, "data-film": ++films }, el("h2", {}, t("class.mine", mine.label)), player.box, el("p", { class: "note" }, t("class.legend", String(mine.seed))),
    el("ul", { class: "sectors", "aria-label": t("page.sectors") }, ...task.sectors.slice(0, 48).map((name, k) => el("li", {}, mark(k), " " + name))));
  return film;
}

function picture(): void {
  const box = document.getElementById("strip");
  if (box && view?.found && view.task) strip(box, view.found, view.task, new Set(view.mine.map((m) => `${m.arm}.${m.replicate}`)));
}

void main();
