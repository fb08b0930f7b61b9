// The link to a class: questions that wait for news, and orders. After a break (a lid that was shut, a network that was gone) it
// asks anew; who one is stands in a header, so that no other page can ask in one's name.
import { lang, speak } from "./text";

export interface Refusal { status: number; fault: string; error: string }

export class ClassLink<T extends { version: number }> {
  private seen = -1;
  private asking: AbortController | null = null;
  private stopped = false;
  constructor(private path: string, private header: () => Record<string, string>, private news: (state: T) => void,
    private refused: (r: Refusal) => boolean, private lost: (lost: boolean) => void) {
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.again(); });
    window.addEventListener("online", () => this.again());
  }

  // listen asks until it is stopped or refused for good.
  async listen(): Promise<void> {
    this.stopped = false;
    for (let fails = 0; !this.stopped;) {
      this.asking = new AbortController();
      const mine = this.asking, timer = setTimeout(() => mine.abort(), 25000);
      try {
        const r = await fetch(`${this.path}?seen=${this.seen}&lang=${lang}`, { headers: this.header(), signal: mine.signal, cache: "no-store" });
        const reply = await r.json();
        this.lost(false);
        if (r.ok) {
          fails = 0;
          this.seen = reply.version;
          this.news(reply as T);
        } else if (this.refused({ status: r.status, ...reply })) {
          this.stopped = true;
        } else await rest(2000);
      } catch {
        if (!mine.signal.aborted) { this.lost(true); await rest(Math.min(5000, 400 * 2 ** fails++)); }
      } finally {
        clearTimeout(timer);
      }
      await rest(250);
    }
  }

  // again asks at once, for everything.
  again(): void { this.seen = -1; this.asking?.abort(); }

  // order sends a message; null is well, else why it was refused.
  async order(path: string, message: unknown): Promise<Refusal | null> {
    const r = await ask(path, this.header(), message);
    return "refused" in r ? r.refused : null;
  }
}

// words makes the page speak a language.
export async function words(to: string): Promise<void> { speak(to, await (await fetch("api/texts/" + to)).json()); }

const rest = (ms: number) => new Promise((done) => setTimeout(done, ms));

// ask sends a message and gives the reply, or why there is none.
export async function ask(path: string, header: Record<string, string>, message: unknown): Promise<{ reply: unknown } | { refused: Refusal }> {
  try {
    const r = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json", ...header }, body: JSON.stringify(message) });
    const reply = await r.json();
    return r.ok ? { reply } : { refused: { status: r.status, ...reply } };
  } catch {
    return { refused: { status: 0, fault: "offline", error: "offline" } };
  }
}
