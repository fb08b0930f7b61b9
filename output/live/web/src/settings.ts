// Sliders of the parameters that matter: grouped, with unit, meaning and source. Each says from when it acts.
import { App } from "./app";
import { byId, el, fill, t, whole } from "./text";
import { Knob } from "./types";

// named says a setting with its value in the words of the page: the name of the parameter, not its path; of one without a slider what its
// declaration says of it, too.
export function named(app: App, path: string, value: string): string {
  const k = app.catalogue.knobs.find((x) => x.path === path);
  return k ? k.label + " = " + written(k, value) : t("page.pending.other", path, app.state?.titles?.[path] ?? "", value);
}

// waiting says what acts from the next start on.
export function waiting(app: App): string {
  return (app.state?.pending ?? []).map((change) => {
    const [path, value] = change.split(" = ");
    return path === "seed" ? t("page.pending.seed", value) : path === "policies" ? t("page.pending.policies") : named(app, path, value);
  }).join(", ");
}

// written is a value of a parameter with its unit.
const written = (k: Knob, value: string): string => (k.words ? t("page.word." + value) : whole(Number(value)) + (k.unit === "1" ? "" : "\u00a0" + t("page.unit." + k.unit)));

export class Settings {
  private now = true; // from this tick on, else from the next start on
  private inputs = new Map<string, (HTMLInputElement | HTMLSelectElement)[]>();

  constructor(private app: App) {
    app.on("state", () => this.show());
    this.build();
  }

  build(): void {
    const groups = [...new Set(this.app.catalogue.knobs.map((k) => k.group))];
    this.inputs.clear();
    const when = (value: boolean, id: string, label: string) => el("label", { class: "check" }, el("input", { type: "radio", name: "when", id, checked: this.now === value, onchange: () => { this.now = value; } }), label);
    fill(byId("panel-settings"),
      el("fieldset", { class: "when" }, el("legend", {}, t("page.when")), when(true, "when-now", t("page.when.now")), when(false, "when-start", t("page.when.start"))),
      ...groups.map((g) => el("section", {}, el("h2", {}, t("page.group." + g)), ...this.app.catalogue.knobs.filter((k) => k.group === g).map((k) => this.knob(k)))),
      el("button", { id: "defaults", onclick: () => this.defaults() }, t("page.defaults")));
    this.show();
  }

  private knob(k: Knob): HTMLElement {
    const id = "knob-" + k.path.replace(/\./g, "-"), doc = id + "-doc";
    const head = el("div", { class: "head" }, el("label", { for: id }, k.label));
    const apply = (v: string) => this.set(k, v);
    let body: HTMLElement;
    if (k.words) {
      const pick = el("select", { id, "aria-describedby": doc, onchange: () => apply(pick.value) }, ...k.words.map((w) => el("option", { value: w }, t("page.word." + w))));
      this.inputs.set(k.path, [pick]);
      body = pick;
    } else {
      const step = 10 ** Math.floor(Math.log10((k.high - k.low) / 100));
      const slide = el("input", { id, type: "range", min: k.low, max: k.high, step, "aria-describedby": doc, oninput: () => { box.value = slide.value; }, onchange: () => apply(slide.value) });
      const box = el("input", { type: "number", step: "any", "aria-label": k.label, onchange: () => apply(box.value) });
      this.inputs.set(k.path, [slide, box]);
      head.append(el("span", { class: "unit" }, box, k.unit === "1" ? "" : " " + t("page.unit." + k.unit)));
      body = slide;
    }
    return el("div", { class: "knob", "data-path": k.path }, head, body, el("p", { id: doc, class: "doc" }, k.meaning, " ", el("span", { class: "source" }, t("page.knob.default", written(k, k.default), k.source === "assumed" ? t("page.assumed") : k.source))), el("p", { class: "from", role: "status" }));
  }

  private async set(k: Knob, value: string): Promise<void> {
    const s = this.app.state;
    if (!s) return;
    await this.app.do({ do: "set", path: k.path, value, now: this.now });
    this.show(true);
  }

  private async defaults(): Promise<void> {
    const s = this.app.state;
    if (s) await this.app.start({ scenario: s.spec.scenario, file: s.spec.file, seed: s.spec.seed, policies: s.spec.policies, bare: s.spec.bare }, 0, s.twin);
  }

  // value is what a parameter is at the tick that is shown.
  private value(k: Knob): { value: string; from: string } {
    const s = this.app.state!, waits = (s.pending ?? []).find((x) => x.startsWith(k.path + " = "));
    if (waits) return { value: waits.slice(k.path.length + 3), from: t("page.acts.next") };
    const later = (s.spec.changes ?? []).filter((c) => c.path === k.path).sort((a, b) => a.tick - b.tick).pop();
    if (later) return { value: later.value, from: t("page.acts.from", this.app.quarter(later.tick + 1)) };
    const whole = (s.spec.params ?? []).find((p) => p.path === k.path);
    return whole ? { value: whole.value, from: t("page.acts.whole") } : { value: k.default, from: "" };
  }


  show(force = false): void {
    const s = this.app.state;
    if (!s) return;
    const pending = byId("pending");
    if (pending) {
      const words = waiting(this.app), was = pending.dataset.words;
      if (was !== words) {
        pending.dataset.words = words;
        fill(pending, words && el("p", {}, t("page.pending", words)), words && el("button", { id: "apply", class: "strong", onclick: () => this.app.do({ do: "restart" }) }, t("page.pending.go")));
      }
    }
    for (const k of this.app.catalogue.knobs) {
      const { value, from } = this.value(k);
      for (const i of this.inputs.get(k.path) ?? []) if (i.value !== value && (force || document.activeElement !== i)) i.value = value;
      const line = document.querySelector(`[data-path="${k.path}"] .from`);
      if (line && line.textContent !== from) line.textContent = from;
    }
  }
}
