// What the page needs of its session, wherever that runs: on a server (server.ts), or in a worker of this browser (engine.ts).
import { Catalogue, Frame, Spec, State } from "./types";

// Watcher is told of every change, of a session that cannot be reached for a while, and of one that had to be made anew.
export interface Watcher { state(s: State): void; lost(lost: boolean): void; anew(): void }

export interface Link {
  // words are the page's texts in a language.
  words(to: string): Promise<Record<string, string>>;
  // lists are what the page offers, in a language; they wait for no world.
  lists(to: string): Promise<Catalogue>;
  // start makes a session that runs a spec, at once up to a tick; it gives what is wrong with the spec, or null.
  start(spec: Spec, tick: number, twin: boolean): Promise<string | null>;
  // send gives a message to the session; the reply has the field error when nothing was changed.
  send(message: Record<string, unknown>): Promise<Record<string, unknown>>;
  // frame is the picture of the world or of its twin; null without one.
  frame(twin: boolean): Promise<Frame | null>;
  // file is the text of series.csv or scenario.yaml; null if it does not come.
  file(name: string, twin?: boolean): Promise<string | null>;
  // cannot says in the page's language what a page with this link cannot do; a server's says nothing.
  cannot(): string[];
}
