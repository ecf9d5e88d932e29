/** Colours of the sequences that the command line writes, on the background of the window. */
const COLORS: Readonly<Record<string, string>> = {
  31: "#ff7b72",
  32: "#56d364",
  33: "#e3b341",
  34: "#79c0ff",
  35: "#d2a8ff",
  36: "#6fdde8",
};
const TEXT = "#e6edf3";
const DIM = "#8d96a0";
const BACKGROUND = "#0d1117";
const BORDER = "#3d444d";

/** Pixels. A character is 0.6 em wide in every common monospace font, and is held to that. */
const SIZE = 14;
const ADVANCE = SIZE * 0.6;
const LINE = 20;
const MARGIN = 20;

interface Run {
  readonly column: number;
  readonly text: string;
  readonly style: string;
}

/** A terminal's lines, with the SGR sequences of colours, bold and dim, as a picture with selectable text. */
export function svgOf(title: string, lines: readonly string[]): string {
  const rows = lines.map(runsOf);
  const columns = Math.max(...rows.flat().map(({ column, text }) => column + text.length));
  const width = Math.ceil(columns * ADVANCE + 2 * MARGIN);
  const height = lines.length * LINE + 2 * MARGIN;
  const texts = rows.flatMap((runs, row) => runs.flatMap((run) => textsOf(run, MARGIN + row * LINE + SIZE)));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escapeXml(title)}</title>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${BACKGROUND}" stroke="${BORDER}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${SIZE}" fill="${TEXT}">
${texts.join("\n")}
</g>
</svg>
`;
}

function runsOf(line: string): readonly Run[] {
  const runs: Run[] = [];
  let column = 0;
  let color: string | undefined;
  let bold = false;
  let dim = false;
  for (const part of line.split(/(\u001b\[\d+m)/)) {
    const code = /^\u001b\[(\d+)m$/.exec(part)?.[1];
    if (code === undefined) {
      const fill = dim ? DIM : color;
      const style = `${fill === undefined ? "" : ` fill="${fill}"`}${bold ? ' font-weight="bold"' : ""}`;
      if (part !== "") runs.push({ column, text: part, style });
      column += part.length;
    } else if (code === "0") [color, bold, dim] = [undefined, false, false];
    else if (code === "1") bold = true;
    else if (code === "2") dim = true;
    else if (code === "22") [bold, dim] = [false, false];
    else if (code === "39") color = undefined;
    else {
      color = COLORS[code];
      if (color === undefined) throw new Error(`no colour for the sequence ${code}`);
    }
  }
  return runs;
}

/** Words apart where more than one space stands between them: not every viewer keeps spaces. */
function textsOf({ column, text, style }: Run, y: number): readonly string[] {
  return [...text.matchAll(/\S+(?: \S+)*/g)].map(({ 0: words, index }) => {
    const x = number(MARGIN + (column + index) * ADVANCE);
    return `<text x="${x}" y="${y}" textLength="${number(words.length * ADVANCE)}"${style}>${escapeXml(words)}</text>`;
  });
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
