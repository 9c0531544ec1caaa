/**
 * The records of a line. What one request asked of agencies stands together: who asked and why once, each question once, and whom it was about
 * by what became of it (decision 0054). Lines of before hold the questions of one fetch, or one record each, as those of changes do.
 */

export type TrailRecord = Readonly<Record<string, unknown>>;

/** What an agency was asked at one time: fields of the question, and of each whom it was about, as JSON. */
export interface AskedTogether {
  readonly question: string;
  readonly about: readonly string[];
  /** What became of it, at the same place: `"status","reason"`. */
  readonly outcomes: readonly string[];
}

/** A line's records, in their order; each with all that the line says of it. */
export function recordsOf(fields: TrailRecord): readonly TrailRecord[] {
  const { asked, questions, ...said } = fields;
  if (!Array.isArray(asked)) return [fields];
  const common = Object.fromEntries(Object.entries(said).filter(([name]) => name !== 'records'));
  if (!Array.isArray(questions)) return asked.flatMap((own) => (isObject(own) ? [{ ...common, ...own }] : []));
  return asked.flatMap((group) => {
    if (!isObject(group) || !Array.isArray(group['told']) || !Array.isArray(group['of'])) return [];
    const outcomes = group['told'].filter((told) => Array.isArray(told));
    return group['of'].filter(isObject).flatMap((own) =>
      outcomes.map(([place, status, reason]: readonly unknown[]) => {
        const question: unknown = questions[Number(place)];
        return { ...common, ...(isObject(question) && question), ...own, status, reason };
      }),
    );
  });
}

/** The fields of lines that hold these questions; `common` are fields as JSON. */
export function toQuestionLines(common: string, asked: readonly AskedTogether[]): string[] {
  const lines: string[] = [];
  let some: AskedTogether[] = [];
  let length = 0;
  for (const one of asked) {
    if (some.length > 0 && length + one.question.length > mostOfQuestions) {
      lines.push(...toLines(common, some));
      [some, length] = [[], 0];
    }
    some.push(one);
    length += one.question.length;
  }
  return some.length === 0 ? lines : [...lines, ...toLines(common, some)];
}

function toLines(common: string, asked: readonly AskedTogether[]): string[] {
  const questions = asked.map(({ question }) => `{${question}}`).join();
  const lines: string[] = [];
  let groups: string[] = [];
  let [count, parties, length] = [0, 0, 0];
  const end = () => {
    lines.push(`${common},"records":${count},"questions":[${questions}],"asked":[${groups.join()}]`);
    groups = [];
    [count, parties, length] = [0, 0, 0];
  };
  /** As many of them as there is room for in a line, and so on. */
  const addGroup = (outcomes: readonly string[], all: readonly string[]) => {
    const told = outcomes.join();
    let of: string[] = [];
    const endGroup = () => {
      if (of.length > 0) groups.push(`{"told":[${told}],"of":[{${of.join('},{')}}]}`);
      of = [];
    };
    for (const own of all) {
      const wanted = own.length + (of.length === 0 ? told.length : 0);
      if (parties === mostInLine || (parties > 0 && length + wanted > mostCharacters)) {
        endGroup();
        end();
      }
      length += own.length + (of.length === 0 ? told.length : 0);
      of.push(own);
      [count, parties] = [count + outcomes.length, parties + 1];
    }
    endGroup();
  };
  for (const [{ outcomes }, all] of groupedByOutcome(asked)) {
    for (const some of inPieces(outcomes)) addGroup(some, all);
  }
  if (parties > 0) end();
  return lines;
}

/** Texts in lists that are short enough to stand in a line. */
function inPieces(texts: readonly string[]): readonly (readonly string[])[] {
  const pieces: string[][] = [[]];
  let length = 0;
  for (const text of texts) {
    if (length > 0 && length + text.length > mostOfOutcomes) {
      pieces.push([]);
      length = 0;
    }
    pieces.at(-1)!.push(text);
    length += text.length;
  }
  return pieces;
}

/** The fields of a line whose answer did not go out. */
export function toWithheld(fields: string): string {
  return `${fields},"withheld":true`;
}

/** How many records a line of questions, of a search or of a change holds, without reading it. */
export function countRecords(line: string): number {
  // Inside a text quotes are escaped, so neither stands anywhere else.
  const told = /"records":(\d+),"questions":\[\{/.exec(line)?.[1];
  if (told !== undefined) return Number(told);
  return line.includes('"asked":[{') ? line.split(beginning).length - 1 : 1;
}

/** What became of all questions about somebody, each by its place: `[0,"FOUND",null]`, `[1,"NONE",null]`. */
interface Told {
  readonly outcomes: readonly string[];
}

/** Those about whom all questions came to the same stand together. */
function groupedByOutcome(asked: readonly AskedTogether[]): Iterable<readonly [Told, readonly string[]]> {
  return areAboutTheSame(asked) ? groupedByPlace(asked) : groupedByText(asked);
}

/** Nearly always: several agencies are told of the same objects. */
function areAboutTheSame([first, ...others]: readonly AskedTogether[]): boolean {
  return others.every(
    ({ about }) => about.length === first!.about.length && about.every((own, at) => own === first!.about[at]),
  );
}

/** What became of the questions so far, and of those that come next; at the end, of whom it did. */
interface Course extends Told {
  readonly next: Map<string, Course>;
  readonly of: string[];
}

function groupedByPlace(asked: readonly AskedTogether[]): Iterable<readonly [Told, readonly string[]]> {
  const start: Course = { outcomes: [], next: new Map(), of: [] };
  const groups: (readonly [Told, readonly string[]])[] = [];
  for (const [at, own] of (asked[0]?.about ?? []).entries()) {
    let course = start;
    for (let place = 0; place < asked.length; place += 1) {
      const outcome = asked[place]!.outcomes[at]!;
      let next = course.next.get(outcome);
      if (!next) {
        next = { outcomes: [...course.outcomes, `[${place},${outcome}]`], next: new Map(), of: [] };
        course.next.set(outcome, next);
      }
      course = next;
    }
    if (course.of.push(own) === 1) groups.push([course, course.of]);
  }
  return groups;
}

/** In any order, and some of them by some questions alone. Nearly all are of few groups, since agencies mostly answer alike: so little is made for each of them. */
function groupedByText(asked: readonly AskedTogether[]): ReadonlyMap<Told, string[]> {
  const toldOf = new Map<string, Told>();
  for (const [place, { about, outcomes }] of asked.entries()) {
    const further = new Map<string, Map<Told, Told>>();
    for (let at = 0; at < about.length; at += 1) {
      const [own, outcome] = [about[at]!, outcomes[at]!];
      const before = toldOf.get(own) ?? nothing;
      const known = further.get(outcome) ?? new Map<Told, Told>();
      if (known.size === 0) further.set(outcome, known);
      let after = known.get(before);
      if (!after) {
        known.set(before, (after = { outcomes: [...before.outcomes, `[${place},${outcome}]`] }));
      }
      toldOf.set(own, after);
    }
  }
  const groups = new Map<Told, string[]>();
  for (const [own, told] of toldOf) {
    const group = groups.get(told);
    if (group) group.push(own);
    else groups.set(told, [own]);
  }
  return groups;
}

const nothing: Told = { outcomes: [] };

function isObject(value: unknown): value is TrailRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const mostInLine = 100;

/** Whom a line is about and what became of it, and its questions, which are ASCII: less than 128 KiB together. */
const mostCharacters = 24_000;
const mostOfOutcomes = 10_000;
const mostOfQuestions = 20_000;

/** In lines of before every question begins so. */
const beginning = '{"case":';
