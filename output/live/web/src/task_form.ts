// The form in which the teacher sets a task.
import { ClassCatalogue, Task } from "./class_types";
import { el, fill, t } from "./text";

type Field = HTMLInputElement | HTMLSelectElement;

// taskForm asks for a task; set gives why it is refused, null if it is well.
export function taskForm(c: ClassCatalogue, task: Task, set: (t: Task) => Promise<string | null>): void {
  document.getElementById("taskform")?.remove();
  const fault = el("p", { class: "fault", hidden: true, role: "alert" });
  const choose = (id: string, of: { id: string; title: string }[], value: string) => el("select", { id }, ...of.map((o) => el("option", { value: o.id, selected: o.id === value }, o.title)));
  const number = (id: string, value: number, min: number, max: number, step = 1) => el("input", { type: "number", id, value, min, max, step, required: true });
  const scenario = choose("task-scenario", c.scenarios, task.scenario), years = number("task-years", task.ticks / 4, 1, 50, 0.25), firms = number("task-firms", task.firms, 0, 5000, 50);
  const metric = choose("task-metric", c.outcomes.map((o) => ({ id: o.metric, title: o.title })), task.metric);
  const kind = choose("task-kind", ["luck", "policy", "setting"].map((k) => ({ id: k, title: t("class.kind." + k) })), task.setting ? "setting" : task.policies.length ? "policy" : "luck");
  const ticked = (p: { id: string }) => (task.policies.includes(p.id) ? 0 : 1); // these stand first, since the list is longer than its box
  const policies = el("div", { class: "list", id: "task-policies", role: "group", "aria-label": t("class.task.policies") }, ...[...c.policies].sort((a, b) => ticked(a) - ticked(b)).map((p) => el("label", {}, el("input", { type: "checkbox", value: p.id, checked: task.policies.includes(p.id) }), p.title)));
  const begins = number("task-begins", task.burn_in / 4, 0, 50, 0.25);
  const setting = choose("task-setting", c.knobs.map((k) => ({ id: k.path, title: k.label })), task.setting || "trust.loss"), values = el("input", { id: "task-values", value: task.values.join("; ") });
  const deal = choose("task-deal", ["random", "choose", "all"].map((k) => ({ id: k, title: t("class.deal." + k) })), task.deal), each = number("task-each", task.each, 1, 5), seed = number("task-seed", task.seed, 0, 2 ** 53 - 1);
  const row = (name: string, field: HTMLElement, of = "") => [el("label", { for: field.id, "data-of": of }, t(name)), wrap(field, of)];
  const wrap = (field: HTMLElement, of: string) => { if (of) field.dataset.of = of; return field; };
  const form = el("div", { class: "form" }, ...row("page.scenario", scenario), ...row("class.task.years", years), ...row("class.task.firms", firms), ...row("class.task.metric", metric), ...row("class.task.kind", kind),
    ...row("class.task.policies", policies, "policy"), ...row("class.task.begins", begins, "policy"), ...row("class.task.setting", setting, "setting"), ...row("class.task.values", values, "setting"),
    ...row("class.task.deal", deal, "arms"), ...row("class.task.each", each), ...row("page.seed", seed));
  const show = () => form.querySelectorAll<HTMLElement>("[data-of]").forEach((e) => { const of = e.dataset.of; if (of) e.hidden = of === "arms" ? kind.value === "luck" : of !== kind.value; });
  const hint = () => { const k = c.knobs.find((x) => x.path === setting.value)!; if (k.words) values.value = k.words.join("; "); else values.placeholder = `${k.low}; ${k.default}; ${k.high}`; };
  kind.addEventListener("change", show);
  setting.addEventListener("change", () => { values.value = ""; hint(); if (!values.value) values.value = values.placeholder; });
  show();
  hint();
  const n = (f: Field) => Number(f.value);
  // lacking is the first field that the browser finds wrong; it says why in its own language, which the program's faults do not.
  const lacking = (): HTMLInputElement | undefined => {
    const all = [...form.querySelectorAll("input")], boxes = [...policies.querySelectorAll("input")];
    begins.max = String(n(years) - 0.25);
    values.required = kind.value === "setting";
    boxes[0].setCustomValidity(kind.value === "policy" && !boxes.some((b) => b.checked) ? t("class.task.policies.none") : "");
    return all.find((i) => i.offsetParent && !i.checkValidity());
  };
  const go = el("button", { class: "strong", id: "task-go", onclick: async () => {
    const lacks = lacking();
    if (lacks) { lacks.reportValidity(); return; }
    const arms = kind.value === "luck" ? "random" : deal.value;
    go.disabled = true;
    const why = await set({
      scenario: scenario.value, firms: n(firms), ticks: Math.round(4 * n(years)), burn_in: kind.value === "policy" ? Math.round(4 * n(begins)) : 0, metric: metric.value, deal: arms, each: n(each), seed: n(seed),
      setting: kind.value === "setting" ? setting.value : "", values: kind.value === "setting" ? values.value.split(/[;\s]+/).map((x) => x.replace(",", ".")).filter(Boolean) : [],
      policies: kind.value === "policy" ? c.policies.map((p) => p.id).filter((id) => policies.querySelector<HTMLInputElement>(`[value="${CSS.escape(id)}"]`)?.checked) : [], // in the order of the catalogue: others are compared with the first
    });
    go.disabled = false;
    if (why === null) { d.close(); return; }
    fault.hidden = false;
    fill(fault, why);
  } }, t("class.task.go"));
  const d = el("dialog", { id: "taskform", "aria-label": t("class.task") }, el("h2", {}, t("class.task")), form, el("p", { class: "note" }, t("class.task.note")), fault,
    el("div", { class: "end" }, el("button", { onclick: () => d.close() }, t("page.cancel")), go));
  d.addEventListener("close", () => d.remove());
  document.body.append(d);
  d.showModal();
}
