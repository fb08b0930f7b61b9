// Files that a page without a server brings along: beside it on a web host, or inside it as base64 where the page is one file.

// Unable is why the page cannot work here: a key of the catalogue with its arguments.
export class Unable extends Error {
  readonly args: string[];
  constructor(readonly key: string, ...args: string[]) { super(key + " " + args.join(" ")); this.args = args; }
}

// edition tells the files of one build from those of another that a browser still keeps; empty where a server has the page.
export const edition = document.documentElement.dataset.engine ?? "";

export const inside = (name: string): boolean => document.getElementById(name) !== null;

export async function asset(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const brought = document.getElementById(name);
  if (brought) return Uint8Array.from(atob(brought.textContent!.trim()), (c) => c.charCodeAt(0));
  let why: string;
  try {
    const r = await fetch(name + "?" + edition);
    if (r.ok) return new Uint8Array(await r.arrayBuffer());
    why = String(r.status);
  } catch (e) {
    why = location.protocol === "file:" ? "file:" : String(e);
  }
  throw new Unable(why === "file:" ? "page.engine.disk" : "page.engine.missing", name, why);
}

// engine is the engine for this browser. A host may or may not unpack it on the way, and may call it what it likes.
export async function engine(): Promise<Uint8Array<ArrayBuffer>> {
  if (typeof WebAssembly !== "object" || typeof Worker !== "function") throw new Unable("page.engine.none");
  const packed = "engine.wasm.gz", plain = "engine.wasm", unpacks = typeof DecompressionStream === "function";
  if (!unpacks && inside(packed)) throw new Unable("page.engine.packed");
  let data = await asset(unpacks ? packed : plain);
  if (data[0] === 0x1f && data[1] === 0x8b) {
    data = new Uint8Array(await new Response(new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
  }
  if (data[0] !== 0 || data[1] !== 0x61 || data[2] !== 0x73 || data[3] !== 0x6d) throw new Unable("page.engine.missing", unpacks ? packed : plain, "not WebAssembly");
  return data;
}

// worker is a worker that runs the engine's side.
export async function worker(): Promise<Worker> {
  if (!inside("worker.js")) return new Worker("worker.js?" + edition);
  const url = URL.createObjectURL(new Blob([await asset("wasm_exec.js"), "\n", await asset("worker.js")], { type: "text/javascript" }));
  try {
    return new Worker(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}
