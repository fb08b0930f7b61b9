declare module "*/gifenc.esm.js" {
  export function GIFEncoder(): { writeFrame(index: Uint8Array, width: number, height: number, o: { palette?: number[][]; delay?: number }): void; finish(): void; bytes(): Uint8Array };
  export function quantize(rgba: Uint8ClampedArray, colours: number): number[][];
  export function applyPalette(rgba: Uint8ClampedArray, palette: number[][]): Uint8Array;
}
declare module "*/uPlot.esm.js" {
  const plot: unknown;
  export default plot;
}
