// Colours and marks of sectors, those of the figures: by rank at the start, the largest sector first. Colours are Okabe and Ito's, which
// most kinds of colour blindness tell apart; marks differ too, so that a grey projector or printer does no harm. Further sectors are grey.
export const colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#5b3a1e", "#f0e442"];
export const other = "#a6a6a6";
export const shapes = 8;

let ranks: number[] = [];

// rankSectors takes the ranks of a world's sectors.
export function rankSectors(all: number[]): void { ranks = all; }

// rankOf is the rank of a sector of the world.
export const rankOf = (sector: number): number => ranks[sector] ?? sector;

export const colourOf = (rank: number): string => colours[rank] ?? other;
export const shapeOf = (rank: number): number => rank % shapes;

// trace lays the path of a mark of half width r about a point.
export function trace(c: CanvasRenderingContext2D, shape: number, x: number, y: number, r: number): void {
  c.beginPath();
  const poly = (n: number, turn: number, k = 1) => {
    for (let i = 0; i < n; i++) {
      const a = turn + (2 * Math.PI * i) / n, q = i % 2 && k !== 1 ? r * k : r * 1.15;
      c.lineTo(x + q * Math.cos(a), y + q * Math.sin(a));
    }
    c.closePath();
  };
  switch (shape) {
    case 0: c.arc(x, y, r, 0, 2 * Math.PI); break;
    case 1: c.rect(x - r * 0.86, y - r * 0.86, r * 1.72, r * 1.72); break;
    case 2: poly(4, 0); break;
    case 3: poly(3, -Math.PI / 2); break;
    case 4: poly(3, Math.PI / 2); break;
    case 5: { const w = r * 0.42; // a plus
      c.moveTo(x - w, y - r); c.lineTo(x + w, y - r); c.lineTo(x + w, y - w); c.lineTo(x + r, y - w); c.lineTo(x + r, y + w);
      c.lineTo(x + w, y + w); c.lineTo(x + w, y + r); c.lineTo(x - w, y + r); c.lineTo(x - w, y + w); c.lineTo(x - r, y + w);
      c.lineTo(x - r, y - w); c.lineTo(x - w, y - w); c.closePath(); break; }
    case 6: poly(10, -Math.PI / 2, 0.5); break;
    default: c.arc(x, y, r, 0, 2 * Math.PI); c.moveTo(x + r * 0.5, y); c.arc(x, y, r * 0.5, 0, 2 * Math.PI, true); break;
  }
}

// key draws a mark for a legend.
export function key(sector: number, size = 14): HTMLCanvasElement {
  const k = document.createElement("canvas"), d = window.devicePixelRatio || 1;
  k.width = k.height = size * d;
  k.style.width = k.style.height = size + "px";
  k.setAttribute("aria-hidden", "true");
  const c = k.getContext("2d")!;
  c.scale(d, d);
  trace(c, shapeOf(rankOf(sector)), size / 2, size / 2, size * 0.4);
  c.fillStyle = colourOf(rankOf(sector));
  c.fill("evenodd");
  c.strokeStyle = "#222";
  c.lineWidth = 0.6;
  c.stroke();
  return k;
}
