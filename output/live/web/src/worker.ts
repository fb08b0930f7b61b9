// The worker of a page without a server: runs the engine, which package output/live/wasm is, and drives its session as a server would.
// Every question has a number that its answer carries; changes are told when the page has taken the ones before.
declare function importScripts(...urls: string[]): void;
declare class Go { importObject: WebAssembly.Imports; run(i: WebAssembly.Instance): Promise<void> }
interface Session {
  open(firms: number): void;
  answer(message: string): string;
  advance(): number; // ticks a second that the user wants, 0 = as many as it goes; below 0: there is nothing to do
  state(): [string, boolean];
  frame(twin: boolean): Uint8Array<ArrayBuffer> | null;
  file(name: string, twin: boolean): Uint8Array<ArrayBuffer> | null;
}
export type Question =
  | { do: "answer"; text: string } | { do: "frame"; twin: boolean } | { do: "file"; name: string; twin: boolean };
export type ToWorker = { engine: Uint8Array<ArrayBuffer>; firms: number } | { seen: true } | ({ id: number } & Question);
export type FromWorker = { ready: true } | { id: number; value: string | ArrayBuffer | null } | { state: string } | { fault: string };

const scope = self as unknown as { session: Session; onmessage: ((e: MessageEvent<ToWorker>) => void) | null; postMessage(m: FromWorker, move?: Transferable[]): void };
const restMS = 15; // between two states: nobody sees more

async function begin(engine: Uint8Array<ArrayBuffer>, firms: number): Promise<void> {
  if (typeof Go === "undefined") importScripts("wasm_exec.js" + location.search);
  const go = new Go();
  const { instance } = await WebAssembly.instantiate(engine, go.importObject);
  void go.run(instance).then(() => failed("the engine has ended"), failed);
  scope.session.open(firms);
  scope.postMessage({ ready: true });
}

const failed = (e: unknown): void => scope.postMessage({ fault: String(e) });

let working = false, due = 0;
const pipe = new MessageChannel(); // a turn that is due at once waits behind the messages that have come
pipe.port1.onmessage = () => turn();

function turn(): void {
  let pace: number;
  try { pace = scope.session.advance(); } catch (e) { failed(e); return; }
  if (typeof pace !== "number") { failed("the engine has stopped"); return; }
  tell();
  if (pace < 0) { working = false; return; }
  const now = performance.now();
  due = pace > 0 ? Math.max(now, due + 1000 / pace) : now;
  if (due - now > 1) setTimeout(turn, due - now);
  else pipe.port2.postMessage(0);
}

let taken = true, changed = false;

function tell(): void {
  changed = true;
  if (!taken) return;
  const [state, more] = scope.session.state();
  changed = more;
  taken = false;
  scope.postMessage({ state });
}

function answer(q: Question): string | Uint8Array<ArrayBuffer> | null {
  switch (q.do) {
    case "answer": return scope.session.answer(q.text);
    case "frame": return scope.session.frame(q.twin);
    case "file": return scope.session.file(q.name, q.twin);
  }
}

scope.onmessage = (e) => {
  const m = e.data;
  if ("engine" in m) { begin(m.engine, m.firms).catch(failed); return; }
  if ("seen" in m) { setTimeout(() => { taken = true; if (changed) tell(); }, restMS); return; }
  try {
    const value = answer(m);
    if (value instanceof Uint8Array) scope.postMessage({ id: m.id, value: value.buffer }, [value.buffer]);
    else scope.postMessage({ id: m.id, value: value ?? null });
    if (m.do !== "answer") return;
    tell();
    if (!working) { working = true; due = performance.now(); pipe.port2.postMessage(0); }
  } catch (err) {
    failed(err);
  }
};
