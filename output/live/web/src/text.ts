// Words of the page, from the program's one catalogue, and small helpers to build the page.
let words: Record<string, string> = {};
export let lang = "en";

// speak makes the page speak a language from now on.
export function speak(to: string, texts: Record<string, string>): void {
  words = texts;
  lang = to;
  document.documentElement.lang = to;
}

// plural puts the right form into each choice of a text: {2:pair|pairs} is the form for the second argument. The rules are those of
// the program's catalogue.
function plural(text: string, args: (string | number)[]): string {
  return text.replace(/\{(\d+):([^{}]*)\}/g, (_all, at, list: string) => {
    const forms = list.split("|");
    return forms[Math.min(form(String(args[Number(at) - 1] ?? "")), forms.length - 1)];
  });
}

// form is which form goes with a count as num writes it: English has two, Russian three, as after 1, 2 and 5. A count with decimals
// takes the plural in English and in Russian the form after 2.
function form(count: string): number {
  const digits = count.replace(lang === "ru" ? /[\s−-]/g : /[,−-]/g, "");
  if (lang !== "ru") return digits === "1" ? 0 : 1;
  if (!/^\d+$/.test(digits)) return 1;
  const last = digits.slice(-1);
  return /1.$/.test(digits) ? 2 : last === "1" ? 0 : "234".includes(last) ? 1 : 2;
}

// t is the text of a key, its %s filled in the order of the arguments, or as %[2]s says.
export function t(key: string, ...args: (string | number)[]): string {
  let next = 0;
  return plural(words[key] ?? key, args).replace(/%(?:\[(\d+)\])?s|%%/g, (verb, at) => {
    if (verb === "%%") return "%";
    const k = at ? Number(at) - 1 : next++;
    return String(args[k] ?? "");
  });
}

export const has = (key: string): boolean => key in words;

export const locale = (): string => (lang === "ru" ? "ru-RU" : "en-GB");

// num writes a number with about three digits that count.
export function num(v: number | null | undefined, digits?: number): string {
  if (v === null || v === undefined || !isFinite(v)) return "–";
  const a = Math.abs(v);
  const d = digits ?? (Number.isInteger(v) ? 0 : undefined) ?? (a >= 100 || a === 0 ? 0 : Math.min(6, 2 - Math.floor(Math.log10(a))));
  return v.toLocaleString(locale(), { minimumFractionDigits: d, maximumFractionDigits: d }).replace("-", "−");
}

// whole writes a number with all its digits.
export const whole = (v: number): string => v.toLocaleString(locale(), { maximumFractionDigits: 12 }).replace("-", "−");

export const percent = (v: number | null | undefined, digits = 1): string =>
  v === null || v === undefined || !isFinite(v) ? "–" : num(100 * v, digits) + (lang === "ru" ? "\u00a0%" : "%");

export const signed = (v: number, write: (v: number) => string): string => (v > 0 ? "+" : "") + write(v);

type Child = Node | string | null | undefined | false;

// el makes an element: attributes as given, on... as listeners.
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attrs: Record<string, unknown> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attrs)) {
    if (v === undefined || v === null || v === false) continue;
    if (k.startsWith("on")) e.addEventListener(k.slice(2), v as EventListener);
    else if (k === "value") (e as unknown as { value: string }).value = String(v);
    else e.setAttribute(k, v === true ? "" : String(v));
  }
  for (const c of children) if (c) e.append(c);
  return e;
}

const paths: Record<string, string> = { start: "M5 4v12M16 4l-9 6 9 6z", play: "M5 3l12 7-12 7z", pause: "M5 3h4v14H5zM12 3h4v14h-4z", step: "M4 4l9 6-9 6zM15 4v12", fit: "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4" };

// icon is a small drawing: fonts differ too much between machines for signs.
export function icon(name: string): HTMLElement {
  const box = el("span", { class: "icon", "aria-hidden": "true" });
  box.innerHTML = `<svg viewBox="0 0 20 20" width="16" height="16"><path d="${paths[name]}" fill="${name === "fit" ? "none" : "currentColor"}" stroke="currentColor" stroke-width="2"/></svg>`;
  return box;
}

export const byId = (id: string): HTMLElement => document.getElementById(id)!;

// fill replaces what an element holds.
export function fill(e: Element, ...children: Child[]): void {
  e.replaceChildren(...(children.filter(Boolean) as (Node | string)[]));
}

// save offers bytes as a file.
export function save(name: string, data: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([data], { type }));
  const a = el("a", { href: url, download: name });
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

let said = 0;
// say tells a screen reader something, and shows it for a while when it is a mistake.
export function say(message: string, mistake = false): void {
  const live = byId("live");
  live.textContent = message;
  if (!mistake) return;
  const box = byId("toast");
  box.textContent = message;
  box.hidden = false;
  const mine = ++said;
  setTimeout(() => { if (mine === said) box.hidden = true; }, 8000);
}

// hush takes back a mistake that was said, once it is mended.
export function hush(): void {
  said++;
  byId("toast").hidden = true;
  byId("live").textContent = "";
}

// dialog makes a window that the Escape key closes and that gives the focus back.
export function dialog(id: string, title: string): { body: HTMLElement; open(): void; close(): void } {
  document.getElementById(id)?.remove();
  const body = el("div", { class: "body" });
  const d = el("dialog", { id, "aria-label": title }, el("header", {}, el("h2", {}, title), el("button", { class: "close", onclick: () => d.close() }, t("page.close"))), body);
  document.body.append(d);
  d.addEventListener("close", () => d.remove());
  return { body, open: () => d.showModal(), close: () => d.close() };
}
