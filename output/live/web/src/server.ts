// The link to a session on a server: messages by POST, changes by an event stream, pictures as bytes. After a break (a lid that
// was shut, a server that was started anew) it goes on where it was.
import { Link, Watcher } from "./link";
import { lang } from "./text";
import { Catalogue, Frame, readFrame, Spec, State } from "./types";

export class ServerLink implements Link {
  private id = "";
  private source: EventSource | null = null;
  private seen = 0; // ticks of the series that have come
  private seenTwin = 0; // and of the twin's
  private life = -1;
  private twins = 0;
  private heard = 0;
  private retry = 0;
  private idle = false; // nothing runs
  private dozing = false; // out of sight, and without a stream
  private drowsy = 0;
  private patience = 30000; // before a page that is out of sight lets its stream go, ms
  private last: { spec: Spec; tick: number; twin: boolean } | null = null;
  constructor(private watcher: Watcher) {
    setInterval(() => this.check(), 3000);
    window.addEventListener("pagehide", () => this.part());
    window.addEventListener("pageshow", (e) => { if (e.persisted && this.dozing) { this.dozing = false; void this.reconnect(); } });
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.doze(); else if (this.dozing) { this.dozing = false; void this.reconnect(); } else this.check(); });
  }

  // part lets the stream go when the page is left: a browser keeps pages to which somebody may go back, with their connections.
  private part(): void {
    if (!this.source) return;
    this.dozing = true;
    this.source.close();
  }

  // doze lets the stream of a page go that is out of sight and in which nothing runs: a browser has six connections for a server, and
  // pages that were left open would take them from the one that is looked at.
  private doze(): void {
    clearTimeout(this.drowsy);
    if (document.hidden && this.idle && this.source) this.drowsy = window.setTimeout(() => { if (document.hidden) { this.dozing = true; this.source?.close(); } }, this.patience);
  }

  async words(to: string): Promise<Record<string, string>> { return (await fetch("api/texts/" + to)).json(); }

  async lists(to: string): Promise<Catalogue> { return (await fetch("api/catalogue/" + to)).json(); }

  async start(spec: Spec, tick: number, twin: boolean): Promise<string | null> {
    const message = { do: "start", lang, spec, tick, on: twin };
    if (this.id) {
      const reply = await this.send(message);
      return "error" in reply ? (reply.error as string) : null;
    }
    this.last = { spec, tick, twin };
    const r = await fetch("api/sessions", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(message) });
    const made = await r.json();
    if (!r.ok) return made.error;
    this.id = made.id;
    this.life = -1;
    this.listen();
    return made.reply.error ?? null;
  }

  async send(message: Record<string, unknown>): Promise<Record<string, unknown>> {
    try {
      const r = await fetch("api/sessions/" + this.id, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ lang, from: 1e6, ...message }),
      });
      if (r.status === 410) { void this.again(); return { error: "offline" }; } // the server was begun anew, or has let the session go
      return await r.json();
    } catch {
      return { error: "offline" };
    }
  }

  async frame(twin: boolean): Promise<Frame | null> {
    try {
      const r = await fetch("api/sessions/" + this.id + "/frame" + (twin ? "?twin=1" : ""));
      return r.ok ? readFrame(await r.arrayBuffer()) : null;
    } catch {
      return null;
    }
  }

  async file(name: string, twin = false): Promise<string | null> {
    try {
      const r = await fetch("api/sessions/" + this.id + "/" + name + (twin ? "?twin=1" : ""));
      return r.ok ? await r.text() : null;
    } catch {
      return null;
    }
  }

  cannot(): string[] { return []; }

  private listen(): void {
    this.source?.close();
    const source = new EventSource(`api/sessions/${this.id}/events?from=${this.seen}&other=${this.seenTwin}&life=${this.life}&twins=${this.twins}`);
    this.source = source;
    this.heard = Date.now();
    source.onmessage = (e) => {
      this.heard = Date.now();
      this.retry = 0;
      const s = JSON.parse(e.data) as State;
      this.life = s.life;
      this.twins = s.twins;
      this.seen = s.ready ? s.from + s.rows.length : 0;
      this.seenTwin = s.ready ? s.other_from + (s.other?.length ?? 0) : 0;
      this.last = { spec: s.spec, tick: s.tick, twin: s.twin };
      this.idle = s.ready && !s.playing && !s.busy;
      this.doze();
      this.watcher.lost(false);
      this.watcher.state(s);
    };
    source.addEventListener("ended", () => { source.close(); void this.again(); });
    source.onerror = () => {
      if (source !== this.source) return;
      source.close();
      this.watcher.lost(true);
      setTimeout(() => { if (source === this.source) this.reconnect(); }, Math.min(5000, 300 * 2 ** this.retry++));
    };
  }

  // reconnect asks whether the session is still there and listens again, or makes it anew.
  private async reconnect(): Promise<void> {
    try {
      const r = await fetch("api/sessions/" + this.id, { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"do":"state","from":1000000}' });
      if (r.status === 410) await this.again();
      else this.listen();
    } catch {
      const source = this.source;
      setTimeout(() => { if (source === this.source) void this.reconnect(); }, Math.min(5000, 300 * 2 ** this.retry++));
    }
  }

  // again makes a session that stands where the lost one stood.
  private async again(): Promise<void> {
    if (!this.last) return;
    this.source?.close();
    this.id = "";
    this.seen = this.seenTwin = 0;
    this.watcher.anew();
    const fault = await this.start(this.last.spec, this.last.tick, this.last.twin).catch(() => "offline");
    if (fault && !this.id) setTimeout(() => void this.again(), 3000);
  }

  private check(): void {
    if (this.id && !this.dozing && Date.now() - this.heard > 25000) {
      this.heard = Date.now();
      this.source?.close();
      this.watcher.lost(true);
      void this.reconnect();
    }
  }
}
