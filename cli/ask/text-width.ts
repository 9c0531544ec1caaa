/** Wide on a terminal: Chinese, and what is drawn as wide as it (Unicode's East Asian Width W and F). */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** How many columns of a terminal a text takes. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/** A text in lines of at most so many columns; a break at a space, a dot or a slash where there is one near the end. */
export function wrapText(text: string, columns: number): string {
  const lines: string[] = [];
  let line = '';
  for (const character of text) {
    if (line !== '' && textWidth(line) + widthOf(character) > columns) {
      const at = Math.max(...[' ', '.', '/', ',', ';'].map((sign) => line.lastIndexOf(sign)));
      const cut = at >= line.length / 2 ? at + 1 : line.length;
      lines.push(line.slice(0, cut).trimEnd());
      line = line.slice(cut);
    }
    line += character;
  }
  return [...lines, line].join('\n');
}

/** A text as a terminal may be given it: in one line, and nothing in it that would move the cursor or turn the writing. */
export function toTerminalText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '�');
}

function widthOf(character: string): number {
  if (/\p{Mn}|\p{Cf}/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
