/** Where a command writes; a terminal is one that somebody looks at. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** A line of progress. */
  readonly tell: (line: string) => void;
  /** Rewrites the last line of a terminal; null when there is none. */
  readonly rewrite: ((text: string) => void) | null;
}

/** The terminal of this process. Progress goes to standard error, so that standard output is the result alone. */
export function processTerminal(): Terminal {
  return {
    out: (line) => console.log(line),
    err: (line) => console.error(line),
    tell: (line) => console.error(line),
    rewrite: process.stderr.isTTY ? (text) => void process.stderr.write(`\r\u001b[K${text}`) : null,
  };
}

/** Progress of long work: a bar on a terminal, a line every few seconds elsewhere. */
export interface Progress {
  /** `done` of `total` pieces of the named work. */
  tell(work: string, done: number, total: number): void;
  /** Takes the bar away. */
  end(): void;
}

const secondsBetweenLines = 3;
const barWidth = 30;

/** A progress on a terminal; `now` is in milliseconds. */
export function createProgress(
  { tell: write, rewrite }: Terminal,
  now: () => number = () => performance.now(),
): Progress {
  let lastLineAt: number | null = null;
  return {
    tell(work, done, total) {
      const share = total === 0 ? 1 : done / total;
      if (rewrite) {
        const full = Math.round(share * barWidth);
        const bar = '█'.repeat(full) + '░'.repeat(barWidth - full);
        rewrite(`${work} ${bar} ${Math.floor(share * 100)} % (${done} of ${total})`);
      } else if (now() - (lastLineAt ??= now()) >= secondsBetweenLines * 1000) {
        lastLineAt = now();
        write(`${work}: ${done} of ${total}`);
      }
    },
    end: () => rewrite?.(''),
  };
}

/** For whoever does not look. */
export const noProgress: Progress = { tell: () => undefined, end: () => undefined };
