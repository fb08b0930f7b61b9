// Words of the page, from the program's one catalogue, and small helpers to build the page.
let words: Record<string, string> = {};
export let lang = "en";

// expect tells in which language the page will speak, before its words are there: the program answers in it.
export function expect(to: string): void { lang = to; }

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
  return spaced(v, { minimumFractionDigits: d, maximumFractionDigits: d });
}

// spaced sets thousands apart, in Russian from five digits on, as the program's catalogue does.
const spaced = (v: number, digits: Intl.NumberFormatOptions): string =>
  v.toLocaleString(locale(), { ...digits, useGrouping: (lang === "ru" ? "min2" : true) as boolean }).replace(/^-(?=[0.,]*$)/, "").replace("-", "−");

// whole writes a number with all its digits.
export const whole = (v: number): string => spaced(v, { maximumFractionDigits: 12 });

export const percent = (v: number | null | undefined, digits = 1): string =>
  v === null || v === undefined || !isFinite(v) ? "–" : num(100 * v, digits) + "%";

// signed writes a plus too, but before what rounds to zero.
export const signed = (v: number, write: (v: number) => string): string => (v > 0 && /[1-9]/.test(write(v)) ? "+" : "") + write(v);

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

// refill replaces what an element holds and gives the focus to the control that stands where the focused one stood: who uses keys
// goes on from there.
export function refill(e: Element, ...children: Child[]): void {
  const controls = () => [...e.querySelectorAll<HTMLElement>("button, input, select, summary")], at = controls().indexOf(document.activeElement as HTMLElement);
  fill(e, ...children);
  if (at >= 0) controls()[at]?.focus({ preventScroll: true });
}

// refresh makes an element hold children and leaves alone what stays as it was: news must not take away a button while it is pressed,
// a field in which somebody types, or the focus. What is made anew acts on the news; what stays must not remember older ones.
export function refresh(e: Element, ...children: Child[]): void {
  const fresh = (children.filter(Boolean) as (Node | string)[]).map((c) => (typeof c === "string" ? document.createTextNode(c) : c)), now = [...e.childNodes];
  fresh.forEach((c, k) => { if (k < now.length) settle(now[k], c); else e.append(c); });
  for (const c of now.slice(fresh.length)) if (!fresh.includes(c)) c.remove();
}

function settle(was: ChildNode, is: Node): void {
  if (was.isEqualNode(is)) return;
  const alike = was instanceof Element && is instanceof Element && was.cloneNode(false).isEqualNode(is.cloneNode(false)) && !was.matches("button, label, select, input, canvas");
  if (!alike) was.replaceWith(is);
  else if (!was.hasAttribute("data-drawn")) refresh(was, ...is.childNodes); // else somebody else draws into it
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
  byId("live").textContent = message;
  if (mistake) show(message, 8000);
}

// show lets everybody see a message for some milliseconds.
export function show(message: string, ms: number): void {
  byId("live").textContent = message;
  const box = byId("toast"), mine = ++said;
  box.textContent = message;
  box.hidden = false;
  raise(box);
  setTimeout(() => { if (mine === said) box.hidden = true; }, ms);
}

// raise puts a message above a dialog that is open, where the browser can.
function raise(box: HTMLElement): void {
  if (!box.showPopover) return;
  box.popover = "manual";
  if (box.matches(":popover-open")) box.hidePopover();
  box.showPopover();
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
