// The teacher's page of a class: set a task, watch how the worlds of all students spread, freeze, reveal, take the results away.
import { ClassLink, Refusal, words } from "./class_link";
import { Board, ClassCatalogue, Task } from "./class_types";
import { strip } from "./strip";
import { taskForm } from "./task_form";
import { byId, el, fill, has, lang, num, refresh, save, say, t } from "./text";

const shelf = "agglo.class.key";
let key = "";
let board: Board | null = null;
let catalogue: ClassCatalogue | null = null;
let away = false;
let joinShown = false; // the large code stands over the picture

function stored(name: string, where: Storage): string | null { try { return where.getItem(name); } catch { return null; } }

const link = new ClassLink<Board>("api/class/board", header, (b) => { board = b; draw(); }, (r) => {
  complain(r);
  if (r.fault !== "key") return false;
  key = "";
  board = null; // it is that of a class that is no more: nothing on it would act
  draw();
  return true;
},
  (lost) => { if (lost !== away) { away = lost; draw(); } });

function header(): Record<string, string> { return { "X-Agglo-Key": key }; }
const reason = (r: Refusal): string => (r.fault === "offline" ? t("page.lost") : has("class.fault." + r.fault) ? t("class.fault." + r.fault) : t("class.refused", r.error));
function complain(r: Refusal): void { say(reason(r), true); }

async function main(): Promise<void> {
  if (location.hash.length > 1) { // the key does not stay in sight of the class
    key = location.hash.slice(1);
    try { sessionStorage.setItem(shelf, key); } catch { /* it will be asked again */ }
    history.replaceState(null, "", location.pathname + location.search);
  } else key = stored(shelf, sessionStorage) ?? "";
  const wanted = new URLSearchParams(location.search).get("lang") ?? stored("agglo.lang", localStorage) ?? navigator.language.slice(0, 2);
  await words(wanted === "ru" ? "ru" : "en");
  await lists();
  Object.assign(window, { agglo: { board: () => board, order } });
  draw();
  window.addEventListener("resize", picture);
  window.addEventListener("hashchange", () => location.reload()); // the link of another class
  void link.listen();
}

async function lists(): Promise<void> {
  const r = await fetch("api/class/catalogue?lang=" + lang, { headers: header() });
  const reply = await r.json();
  if (r.ok) catalogue = reply;
  else complain({ status: r.status, ...reply });
}

async function order(message: Record<string, unknown>): Promise<Refusal | null> {
  const r = await link.order("api/class/teacher?lang=" + lang, message);
  link.again();
  return r;
}

async function act(message: Record<string, unknown>): Promise<void> { const r = await order(message); if (r) complain(r); }

function draw(): void {
  const other = lang === "ru" ? "en" : "ru", b = board;
  document.title = "agglo · " + t("class.title");
  const top = byId("top"), focus = document.activeElement?.id;
  refresh(top, el("h1", {}, "agglo"), b?.task ? el("div", { class: "how" }, el("b", {}, host(b)), el("b", { id: "codeshown" }, b.code)) : el("span", {}, t("class.title")),
    away ? el("span", { class: "lost" }, t("page.lost")) : null, el("span", { class: "spring" }),
    b?.task ? el("button", { id: "showcode", "aria-pressed": String(joinShown), onclick: () => { joinShown = !joinShown; draw(); } }, t(joinShown ? "class.back" : "class.large")) : null,
    el("button", { id: "language", lang: other, onclick: () => void language(other) }, other === "ru" ? "Русский" : "English"));
  const body = byId("main");
  if (!b) { fill(body, el("div", { class: "stage" }, el("p", {}, t(key ? "class.joining" : "class.nokey")))); return; }
  if (!document.getElementById("stage")) fill(body, el("section", { class: "stage", id: "stage" }), el("aside", { class: "side", id: "side" }));
  stage(b);
  refresh(byId("side"), ...side(b));
  const open = byId("open") as HTMLInputElement, per = byId("per") as HTMLInputElement;
  open.checked = b.open; // an order that was refused has changed the box, not the door
  if (document.activeElement !== per) per.value = String(b.per);
  if (focus) document.getElementById(focus)?.focus();
}

const host = (b: Board): string => b.links[0].replace(/^http:\/\//, "").replace(/\/$/, "");

async function language(to: string): Promise<void> {
  try { await words(to); await lists(); } catch { say(t("page.lost"), true); return; }
  try { localStorage.setItem("agglo.lang", to); } catch { /* it will be asked again */ }
  link.again();
  draw();
}

function stage(b: Board): void {
  const s = byId("stage");
  if (!b.task || joinShown) {
    refresh(s, el("div", { class: "welcome" }, el("p", {}, t("class.open")), ...b.links.slice(0, 2).map((x) => el("div", { class: "address" }, x)), el("p", {}, t("class.andcode")), el("div", { class: "code" }, b.code),
      el("p", { id: "joined" }, t("class.joined", b.students.length)), b.task ? null : presets()));
    return;
  }
  if (!document.getElementById("strip")) fill(s, el("h2", { id: "headline" }), el("div", { class: "strip", id: "strip" }), el("div", { class: "said", id: "said", "aria-live": "polite" }));
  fill(byId("headline"), `${b.task.title}, ${t("class.years", num(b.task.ticks / 4))}`, b.revealed ? " · " + t("class.isrevealed") : b.frozen ? " · " + t("class.isfrozen") : "");
  const said = b.found.sentences.join("\n");
  if (byId("said").dataset.said !== said) { byId("said").dataset.said = said; fill(byId("said"), ...b.found.sentences.map((x) => el("p", {}, x))); }
  picture();
}

function picture(): void {
  const box = document.getElementById("strip");
  if (box && board?.task) strip(box, board.found, board.task);
}

const start: Task = { scenario: "plain", firms: 1000, ticks: 80, burn_in: 20, setting: "", values: [], policies: [], metric: "share_jobs_in_clusters", deal: "random", each: 1, seed: 1 };
const ready: { id: string; task: Partial<Task> }[] = [
  { id: "luck", task: {} },
  { id: "policy", task: { policies: ["none", "subsidy"], metric: "productivity" } },
  { id: "setting", task: { setting: "knowledge.air", values: ["0", "2"], metric: "productivity" } },
];

function presets(): HTMLElement {
  return el("div", { class: "presets" }, ...ready.map((p) => el("button", { "data-preset": p.id, onclick: () => form({ ...start, ...p.task, seed: fresh() }) }, el("b", {}, t("class.preset." + p.id)), el("small", {}, t("class.preset." + p.id + ".doc")))));
}

const fresh = (): number => Math.floor(Math.random() * 1e6) + 1;

function form(task: Task): void {
  if (catalogue) taskForm(catalogue, task, async (x) => { const r = await order({ do: "task", task: x }); if (!r) joinShown = false; return r ? reason(r) : null; });
}

function side(b: Board): (Node | null)[] {
  const count = (name: string, n: number | string) => [el("span", {}, t(name)), el("b", {}, String(n))];
  return [
    b.task ? el("div", {}, el("button", { id: "freeze", class: b.frozen ? "" : "strong", onclick: () => void act({ do: b.frozen ? "thaw" : "freeze" }) }, t(b.frozen ? "class.thaw" : "class.freeze"))) : null,
    b.task ? el("div", {}, el("button", { id: "reveal", class: b.frozen && !b.revealed ? "strong" : "", onclick: () => void act({ do: b.revealed ? "hide" : "reveal" }) }, t(b.revealed ? "class.hide" : "class.reveal"))) : null,
    el("div", { class: "counts" }, ...count("class.count.students", b.students.length), ...count("class.count.done", b.done), ...count("class.count.running", b.running), ...count("class.count.waiting", b.waiting)),
    el("div", {}, el("h3", {}, t("class.students")), el("ul", { class: "seats" }, ...b.students.map((s) => el("li", {}, el("button", {
      class: (s.pending ? "works" : s.worlds ? "done" : "") + (s.away ? " away" : ""), title: t("class.student", s.number, s.worlds) + (s.away ? ", " + t("class.away") : ""), onclick: () => remove(s.number),
    }, String(s.number))))), el("p", { class: "note" }, t("class.seats.key"))),
    b.wrong ? el("p", { class: "note", id: "wrong" }, t("class.wrong", b.wrong), b.from.length ? " " + t("class.wrong.from", b.from.join(", ")) : "") : null,
    b.failed?.length ? el("p", { class: "fault" }, t("class.failed", b.failed.length) + "\n" + b.failed[b.failed.length - 1]) : null,
    el("div", {}, el("h3", {}, t("class.door")), el("label", {}, el("input", { type: "checkbox", id: "open", checked: b.open, onchange: (e: Event) => void act({ do: "door", open: (e.target as HTMLInputElement).checked }) }), t("class.door.open")),
      el("label", { class: "note row" }, t("class.door.per"), el("input", { type: "number", id: "per", min: 1, max: 80, value: b.per, onchange: (e: Event) => void act({ do: "door", open: board!.open, per: Number((e.target as HTMLInputElement).value) }) }))),
    b.task ? el("div", {}, el("h3", {}, t("class.results")), ...(["runs.csv", "report.html", "class.yaml"] as const).map((f) => el("button", { id: "take-" + f.replace(".", "-"), onclick: () => void take(f) }, t("class.take." + f)))) : null,
    b.task ? el("div", {}, el("p", { class: "note" }, t("class.command")), el("code", { id: "command" }, b.command)) : null,
    b.task ? el("div", {}, el("button", { id: "newtask", onclick: () => form({ ...board!.set!, seed: fresh() }) }, t("class.newtask"))) : null,
  ];
}

function remove(number: number): void { if (window.confirm(t("class.remove", number))) void act({ do: "remove", number }); }

// take saves a file of the round.
async function take(name: string): Promise<void> {
  try {
    const r = await fetch(`api/class/${name}?lang=${lang}`, { headers: header() });
    if (!r.ok) { complain({ status: r.status, ...(await r.json()) }); return; }
    const [stem, end] = name === "report.html" ? ["class", "html"] : name === "runs.csv" ? ["class", "csv"] : ["class", "yaml"];
    save(`${stem}-${board!.round}.${end}`, await r.arrayBuffer(), r.headers.get("Content-Type") ?? "text/plain");
  } catch {
    say(t("page.lost"), true);
  }
}

void main();
