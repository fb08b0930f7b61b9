// Firms and ties by WebGL 2: the arrays of a frame go to the graphics processor as they came.
import { colours, other, rankOf } from "./marks";
import { Frame } from "./types";

export interface Sight { cx: number; cy: number; scale: number; width: number; height: number; ratio: number; ties: boolean; chosen: number }

const firmVertex = `#version 300 es
in float x; in float y; in float jobs; in float sector; in float cluster;
uniform vec4 sight; // cx, cy, 2 scale / width, 2 scale / height
uniform float unit; uniform float chosen; uniform vec3 colours[9];
flat out int shape; out vec3 colour; out float radius; out float fade;
void main() {
  gl_Position = vec4((x - sight.x) * sight.z, (y - sight.y) * sight.w, 0., 1.);
  radius = clamp(unit * (1.1 + .75 * sqrt(max(jobs, 0.))), 1.5, 60.);
  gl_PointSize = 2. * radius + 3.;
  int s = int(sector + .5);
  shape = s % 8;
  colour = colours[min(s, 8)];
  fade = chosen > 0. && abs(cluster - chosen) > .5 ? .25 : 1.;
}`;

const firmFragment = `#version 300 es
precision mediump float;
flat in int shape; in vec3 colour; in float radius; in float fade;
out vec4 ink;
float poly(vec2 p, float n, float turn) { // distance to the sides of a regular polygon
  float a = atan(p.y, p.x) + turn, step = 6.28318531 / n;
  return cos(floor(.5 + a / step) * step - a) * length(p) - radius * .62;
}
void main() {
  vec2 p = (gl_PointCoord - .5) * (2. * radius + 3.);
  p.y = -p.y;
  float d;
  if (shape == 0) d = length(p) - radius;
  else if (shape == 1) d = max(abs(p.x), abs(p.y)) - radius * .86;
  else if (shape == 2) d = (abs(p.x) + abs(p.y)) * .7071 - radius * .81;
  else if (shape == 3) d = poly(p, 3., 1.57079633);
  else if (shape == 4) d = poly(p, 3., -1.57079633);
  else if (shape == 5) { vec2 q = abs(p); d = max(min(q.x, q.y) - radius * .42, max(q.x, q.y) - radius); }
  else if (shape == 6) { float a = atan(p.x, p.y); d = length(p) - radius * (.78 + .3 * cos(5. * a)); }
  else d = abs(length(p) - radius * .72) - radius * .32;
  float cover = clamp(.5 - d, 0., 1.);
  if (cover <= 0.) discard;
  float edge = clamp(d + 1.4, 0., 1.) * step(2.2, radius);
  ink = vec4(mix(colour, vec3(.1), .75 * edge), 1.) * cover * .92 * fade;
}`;

const tieVertex = `#version 300 es
in vec2 at; in float strength;
uniform vec4 sight;
out float s;
void main() { gl_Position = vec4((at.x - sight.x) * sight.z, (at.y - sight.y) * sight.w, 0., 1.); s = strength; }`;

const tieFragment = `#version 300 es
precision mediump float;
in float s; uniform float veil; out vec4 ink;
void main() { ink = vec4(.12, .12, .16, 1.) * s * veil; }`;

export class Painter {
  private firm: WebGLProgram;
  private tie: WebGLProgram;
  private buffers: Record<string, WebGLBuffer> = {};
  private firms: WebGLVertexArrayObject;
  private lines: WebGLVertexArrayObject;
  private n = 0;
  private m = 0;

  // make is null where the browser has no WebGL 2.
  static make(canvas: HTMLCanvasElement): Painter | null {
    const gl = canvas.getContext("webgl2", { alpha: true, antialias: false, premultipliedAlpha: true, preserveDrawingBuffer: true });
    return gl ? new Painter(gl) : null;
  }

  private constructor(private gl: WebGL2RenderingContext) {
    this.firm = this.program(firmVertex, firmFragment);
    this.tie = this.program(tieVertex, tieFragment);
    this.firms = gl.createVertexArray()!;
    gl.bindVertexArray(this.firms);
    for (const [name, type, integer] of [["x", gl.FLOAT, 0], ["y", gl.FLOAT, 0], ["jobs", gl.FLOAT, 0], ["sector", gl.UNSIGNED_BYTE, 0], ["cluster", gl.FLOAT, 0]] as [string, number, number][]) {
      this.attribute(this.firm, name, 1, type, integer, 0);
    }
    this.lines = gl.createVertexArray()!;
    gl.bindVertexArray(this.lines);
    this.buffers.lines = gl.createBuffer()!;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.lines);
    for (const [name, size, offset] of [["at", 2, 0], ["strength", 1, 8]] as [string, number, number][]) {
      const at = gl.getAttribLocation(this.tie, name);
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, size, gl.FLOAT, false, 12, offset);
    }
    gl.bindVertexArray(null);
    const flat = [...colours, other].flatMap((c) => [1, 3, 5].map((k) => parseInt(c.slice(k, k + 2), 16) / 255));
    gl.useProgram(this.firm);
    gl.uniform3fv(gl.getUniformLocation(this.firm, "colours"), flat);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  private program(vertex: string, fragment: string): WebGLProgram {
    const gl = this.gl, p = gl.createProgram()!;
    for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as [number, string][]) {
      const s = gl.createShader(type)!;
      gl.shaderSource(s, source);
      gl.compileShader(s);
      if (!gl.getShaderParameter(s, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(s) ?? "shader");
      gl.attachShader(p, s);
    }
    gl.linkProgram(p);
    return p;
  }

  private attribute(p: WebGLProgram, name: string, size: number, type: number, _integer: number, offset: number): void {
    const gl = this.gl, at = gl.getAttribLocation(p, name);
    this.buffers[name] = gl.createBuffer()!;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[name]);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, type, false, 0, offset);
  }

  // take gives a frame to the graphics processor.
  take(f: Frame): void {
    const gl = this.gl;
    const put = (name: string, data: BufferSource) => { gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[name]); gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW); };
    put("x", f.x as BufferSource); put("y", f.y as BufferSource); put("jobs", f.jobs as BufferSource);
    const ranks = new Uint8Array(f.n);
    for (let k = 0; k < f.n; k++) ranks[k] = rankOf(f.sector[k]);
    put("sector", ranks);
    put("cluster", Float32Array.from(f.cluster));
    const lines = new Float32Array(f.m * 6);
    for (let k = 0, at = 0; k < f.m; k++) {
      const a = f.from[k], b = f.to[k], s = f.trust[k] / 255;
      const strength = ink(s);
      lines[at++] = f.x[a]; lines[at++] = f.y[a]; lines[at++] = strength;
      lines[at++] = f.x[b]; lines[at++] = f.y[b]; lines[at++] = strength;
    }
    put("lines", lines);
    this.n = f.n;
    this.m = f.m;
  }

  draw(s: Sight): void {
    const gl = this.gl;
    gl.viewport(0, 0, s.width * s.ratio, s.height * s.ratio);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const set = (p: WebGLProgram) => { gl.useProgram(p); gl.uniform4f(gl.getUniformLocation(p, "sight"), s.cx, s.cy, (2 * s.scale) / s.width, (2 * s.scale) / s.height); };
    if (s.ties && this.m) {
      set(this.tie);
      gl.uniform1f(gl.getUniformLocation(this.tie, "veil"), s.chosen > 0 ? 0.5 : 1);
      gl.bindVertexArray(this.lines);
      gl.drawArrays(gl.LINES, 0, 2 * this.m);
    }
    set(this.firm);
    gl.uniform1f(gl.getUniformLocation(this.firm, "unit"), unit(s, this.n) * s.ratio);
    gl.uniform1f(gl.getUniformLocation(this.firm, "chosen"), s.chosen);
    gl.bindVertexArray(this.firms);
    gl.drawArrays(gl.POINTS, 0, this.n);
    gl.bindVertexArray(null);
  }
}

// ink is how dark a tie of some trust is drawn: weak ones faint, so that the strong ones are seen.
export const ink = (trust: number): number => 0.04 + 0.4 * Math.max(0, 2 * trust - 1) ** 3;

// unit is how large a firm's mark is drawn at a scale: it grows slower than the map, and less where there are many.
export function unit(s: Sight, n: number): number {
  const area = (s.width * s.height) / Math.max(1, n);
  const crowd = Math.min(1.25, Math.max(0.45, Math.sqrt(area) / 11));
  return crowd * Math.min(3, Math.max(0.7, Math.sqrt(s.scale / 6)));
}
