/** A chart as a picture, in the colours that it has on the page. */
import type { ChartSpec } from "../../store/chart-specs";
import { lineLooks } from "./line-looks";

const SVG = "http://www.w3.org/2000/svg";
/** CSS pixels above the chart, for its title and legend. */
const HEAD = 56;
const SIDE = 16;
/** Pictures are seen on dense screens and in print. */
const PNG_SCALE = 2;

/** What a chart's elements look like besides their shape. */
const inlined = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "font-size",
  "text-anchor",
] as const;

/** One file without references: every colour and font is written out. */
export function chartAsSvg(chart: SVGSVGElement, spec: ChartSpec, name: string): File {
  return new File([serialize(picture(chart, spec))], name, { type: "image/svg+xml" });
}

/** Twice as many pixels as the chart has on the page. */
export async function chartAsPng(
  chart: SVGSVGElement,
  spec: ChartSpec,
  name: string,
): Promise<File> {
  const svg = picture(chart, spec);
  const url = URL.createObjectURL(new Blob([serialize(svg)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = PNG_SCALE * Number(svg.getAttribute("width"));
    canvas.height = PNG_SCALE * Number(svg.getAttribute("height"));
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    return new File([blob!], name, { type: "image/png" });
  } finally {
    URL.revokeObjectURL(url);
  }
}

function serialize(svg: SVGSVGElement): string {
  return new XMLSerializer().serializeToString(svg);
}

function picture(chart: SVGSVGElement, spec: ChartSpec): SVGSVGElement {
  const page = getComputedStyle(document.documentElement);
  const { clientWidth, clientHeight } = chart;
  const width = clientWidth + 2 * SIDE;
  const height = clientHeight + HEAD + SIDE;
  const svg = element("svg", {
    ...{ width, height, viewBox: `0 0 ${width} ${height}` },
    "font-family": getComputedStyle(document.body).fontFamily,
  });
  const colour = (variable: string) => page.getPropertyValue(variable);
  svg.append(
    element("rect", { width, height, fill: colour("--surface") }),
    words(`${spec.title} (${spec.unit})`, SIDE, 22, { fill: colour("--ink"), "font-size": 15 }),
  );
  let x = SIDE;
  for (const { label, look } of spec.lines) {
    const { stroke, ...rest } = { strokeDasharray: "", strokeOpacity: 1, ...lineLooks[look] };
    svg.append(
      element("line", {
        ...{ x1: x, x2: x + 24, y1: 40, y2: 40, stroke: colour(stroke.slice(4, -1)) },
        "stroke-width": rest.strokeWidth,
        "stroke-opacity": rest.strokeOpacity,
        ...(rest.strokeDasharray && { "stroke-dasharray": rest.strokeDasharray }),
      }),
      words(label, x + 30, 44, { fill: colour("--ink-soft"), "font-size": 12 }),
    );
    // Twelve pixels high, letters are some seven wide.
    x += 30 + 7 * label.length + 20;
  }
  const drawn = element("g", { transform: `translate(${SIDE} ${HEAD})` });
  for (const child of chart.children) drawn.append(inlinedCopy(child));
  svg.append(drawn);
  return svg;
}

/** With what style sheets and custom properties say written into the elements themselves. */
function inlinedCopy(original: Element): Element {
  const copy = original.cloneNode(true) as Element;
  const originals = [original, ...original.querySelectorAll("*")];
  for (const [i, target] of [copy, ...copy.querySelectorAll("*")].entries()) {
    const style = getComputedStyle(originals[i]!);
    for (const property of inlined) target.setAttribute(property, style.getPropertyValue(property));
    for (const name of target.getAttributeNames()) {
      if (/^(class|style|tabindex|role|aria-|data-)/.test(name)) target.removeAttribute(name);
    }
  }
  return copy;
}

function element(name: "svg", attributes: Record<string, string | number>): SVGSVGElement;
function element(name: string, attributes: Record<string, string | number>): SVGElement;
function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function words(text: string, x: number, y: number, look: Record<string, string | number>) {
  const made = element("text", { x, y, ...look });
  made.textContent = text;
  return made;
}
