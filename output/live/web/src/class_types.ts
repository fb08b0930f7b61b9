// What a class sends; the Go side is package class.
export interface Outcome { metric: string; share: boolean; count: boolean }
export interface TaskShown {
  title: string; ticks: number; start: [number, number]; metric: string; name: string; outcome: Outcome; arms: string[]; deal: string; each: number;
  sectors: string[]; // by rank
  means: string[];
}
export interface Dot { value: number; replicate: number; seed: number; student: number }
export interface ArmFound { label: string; n: number; mean: number | null; lo: number | null; hi: number | null; dots: Dot[] }
export interface Contrast { arm: number; pairs: number; mean: number | null; lo: number | null; hi: number | null; other: number }
export interface Found { arms: ArmFound[]; contrasts: Contrast[]; sentences: string[] }
export interface Task {
  scenario: string; firms: number; ticks: number; burn_in: number; setting: string; values: string[]; policies: string[]; metric: string;
  deal: string; each: number; seed: number;
}
export interface Board {
  version: number; round: number; code: string; open: boolean; per: number; frozen: boolean; revealed: boolean; task: TaskShown | null;
  set: Task | null; found: Found; students: { number: number; worlds: number; pending: number; away: boolean }[]; waiting: number;
  running: number; done: number; failed: string[] | null; wrong: number; from: string[]; command: string; links: string[];
}
export interface Mine { arm: number; label: string; replicate: number; seed: number; value: number; path: [number, number | null][]; film: boolean }
export interface View {
  version: number; round: number; number: number; frozen: boolean; revealed: boolean; task: TaskShown | null; pending: number;
  place: number; tick: number; may: boolean; mine: Mine[]; found: Found | null; command?: string;
}
export interface Offered { id: string; title: string }
export interface ClassCatalogue {
  scenarios: Offered[]; policies: Offered[]; outcomes: (Outcome & { title: string })[];
  knobs: { path: string; label: string; default: string; low: number; high: number; words?: string[]; start: boolean }[];
}
