// The link to a session in a worker of this browser: the same messages as to a server, without one.
import { asset, engine, Unable, worker } from "./assets";
import { Link, Watcher } from "./link";
import { lang, num, t } from "./text";
import { Catalogue, Frame, readFrame, Spec, State } from "./types";
import type { FromWorker, Question, ToWorker } from "./worker";

// Most firms at the start: memory and patience allow this many.
const most = { desk: 90_000, small: 35_000 };

export class EngineLink implements Link {
  private worker: Promise<Worker> | null = null;
  private waiting = new Map<number, (value: string | ArrayBuffer | null) => void>();
  private asked = 0;
  private last: State | null = null;
  private stopped = false;
  constructor(private watcher: Watcher) {}

  async words(to: string): Promise<Record<string, string>> { return JSON.parse(new TextDecoder().decode(await asset(`words.${to}.json`))); }

  // lists also makes an engine: asked for before a world is begun, they are there while it is made.
  async lists(to: string): Promise<Catalogue> {
    this.worker ??= this.begin();
    const reply = await this.send({ do: "catalogue", lang: to });
    if ("error" in reply) throw new Error(String(reply.error));
    return reply as unknown as Catalogue;
  }

  // start also makes an engine where there is none yet, or none any more.
  async start(spec: Spec, tick: number, twin: boolean): Promise<string | null> {
    this.worker ??= this.begin();
    const reply = await this.send({ do: "start", spec, tick, on: twin });
    return "error" in reply ? (reply.error as string) : null;
  }

  async send(message: Record<string, unknown>): Promise<Record<string, unknown>> {
    const reply = await this.ask({ do: "answer", text: JSON.stringify({ lang, from: 1e6, ...message }) });
    return typeof reply === "string" ? JSON.parse(reply) : { error: t("page.engine.stopped") };
  }

  async frame(twin: boolean): Promise<Frame | null> {
    const data = await this.ask({ do: "frame", twin });
    return data instanceof ArrayBuffer ? readFrame(data) : null;
  }

  async file(name: string, twin = false): Promise<string | null> {
    const data = await this.ask({ do: "file", name, twin });
    return data instanceof ArrayBuffer ? new TextDecoder().decode(data) : null;
  }

  cannot(): string[] {
    return [t("page.cannot.threads"), t("page.cannot.firms", num(firms())), t("page.cannot.file"), t("page.cannot.kept"),
      location.protocol === "file:" ? t("page.cannot.link") : "", t("page.cannot.more")].filter(Boolean);
  }

  private async ask(q: Question): Promise<string | ArrayBuffer | null> {
    if (!this.worker) return null;
    const w = await this.worker, id = this.asked++;
    return new Promise((done) => {
      if (!this.worker) { done(null); return; }
      this.waiting.set(id, done);
      w.postMessage({ id, ...q } satisfies ToWorker);
    });
  }

  private async begin(): Promise<Worker> {
    const [data, w] = await Promise.all([engine(), worker()]);
    if (this.stopped) this.watcher.anew();
    this.stopped = false;
    return new Promise((ready, fail) => {
      w.onerror = (e) => { e.preventDefault(); fail(new Unable("page.engine.blocked", e.message ?? "")); this.stop(w); };
      w.onmessage = (e: MessageEvent<FromWorker>) => {
        const m = e.data;
        if ("ready" in m) ready(w);
        else if ("fault" in m) { fail(new Unable("page.engine.blocked", m.fault)); this.stop(w); }
        else if ("state" in m) this.take(JSON.parse(m.state), w);
        else { this.waiting.get(m.id)?.(m.value); this.waiting.delete(m.id); }
      };
      w.postMessage({ engine: data, firms: firms() } satisfies ToWorker, [data.buffer]);
    });
  }

  private take(s: State, w: Worker): void {
    this.last = s;
    try {
      this.watcher.state(s);
    } finally {
      w.postMessage({ seen: true } satisfies ToWorker);
    }
  }

  // stop tells that the engine is no more, mostly for want of memory; the next start makes another.
  private stop(w: Worker): void {
    w.terminate();
    this.worker = null;
    this.stopped = true;
    for (const done of this.waiting.values()) done(null);
    this.waiting.clear();
    if (this.last) this.watcher.state({ ...this.last, playing: false, busy: false, goal: this.last.tick, fault: t("page.engine.stopped") });
  }
}

// firms is how many firms a world may have here at the start.
function firms(): number {
  const memory = (navigator as { deviceMemory?: number }).deviceMemory ?? 8;
  return memory < 4 || matchMedia("(pointer: coarse)").matches ? most.small : most.desk;
}
