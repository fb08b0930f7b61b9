// Names on a map: within it, clear of each other and of the buttons that lie over it, and no more of them than leave it in sight.
export type Box = [number, number, number, number]; // left, top, right, bottom

export interface Label { words: string; x: number; y: number; must?: boolean }

const meet = (a: Box, b: Box): boolean => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

export class Labels {
  readonly laid: { words: string; box: Box }[] = [];

  // kept are boxes that no name may touch.
  constructor(private c: CanvasRenderingContext2D, private width: number, private height: number, private kept: Box[]) {}

  // lay writes names, the first ones first, in a font of so many pixels, until they cover a share of the map; few are always let in. A
  // name moves up or down by so much to be free of others; one that must be seen is written in any case.
  lay(labels: Label[], font: string, size: number, ink: string, share: number, moves: number[], few = 0): void {
    const c = this.c;
    let room = share * this.width * this.height, n = 0;
    c.font = font;
    c.textAlign = "center";
    for (const l of labels) {
      if (!l.must && room <= 0 && n >= few) continue;
      const w = c.measureText(l.words).width / 2 + 3;
      const box = this.place(l, w, size, moves);
      if (!box) continue;
      n++;
      room -= 2 * w * (size + 3);
      this.laid.push({ words: l.words, box });
      this.write(l.words, (box[0] + box[2]) / 2, box[3] - 4, ink);
    }
  }

  // place finds where a name can stand, its base line as near to y as may be.
  private place(l: Label, w: number, size: number, moves: number[]): Box | null {
    if (!l.must && (2 * w > this.width - 4 || l.x < 0 || l.y < 0 || l.x > this.width || l.y > this.height)) return null;
    const at = (x: number, y: number): Box => {
      x = Math.max(w + 2, Math.min(this.width - w - 2, x));
      y = Math.max(size + 1, Math.min(this.height - 6, y));
      return [x - w, y - size + 1, x + w, y + 4];
    };
    for (const d of moves) {
      let box = at(l.x, l.y + d);
      const over = this.kept.find((k) => meet(k, box));
      if (over) box = at(over[0] - w - 2, l.y + d); // the buttons lie at the right
      if (!this.kept.some((k) => meet(k, box)) && !this.laid.some((k) => meet(k.box, box))) return box;
    }
    return l.must ? at(l.x, l.y) : null;
  }

  private write(s: string, x: number, y: number, ink: string): void {
    const c = this.c;
    c.lineWidth = 3;
    c.lineJoin = "round";
    c.strokeStyle = "rgba(255,255,255,.85)";
    c.strokeText(s, x, y);
    c.fillStyle = ink;
    c.fillText(s, x, y);
  }
}
