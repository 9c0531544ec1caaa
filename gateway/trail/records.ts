/**
 * The records of a line. What one fetch asked of one agency stands together: who asked, when and why once, and beside it each question by
 * itself (decision 0054). Lines of before, and of changes, hold one record each.
 */

export type TrailRecord = Readonly<Record<string, unknown>>;

/** A line's records, in their order; each with all that the line says of it. */
export function recordsOf(fields: TrailRecord): readonly TrailRecord[] {
  const { asked, ...common } = fields;
  if (!Array.isArray(asked)) return [fields];
  return (asked as unknown[]).flatMap((own) =>
    typeof own === 'object' && own !== null ? [{ ...common, ...own }] : [],
  );
}

/** The fields of lines that hold these questions; `common` and `questions` are fields as JSON. */
export function toQuestionLines(common: string, questions: readonly string[]): string[] {
  const lines: string[] = [];
  let asked: string[] = [];
  let length = 0;
  const end = () => {
    lines.push(`${common},"asked":[${asked.join()}]`);
    [asked, length] = [[], 0];
  };
  for (const question of questions) {
    if (asked.length === mostInLine || (asked.length > 0 && length + question.length > mostCharacters)) end();
    asked.push(`{${question}}`);
    length += question.length;
  }
  if (asked.length > 0) end();
  return lines;
}

/** How many records a line of questions or of a change holds, without reading it. */
export function countRecords(line: string): number {
  // Inside a text quotes are escaped, so it stands nowhere else.
  return line.includes('"asked":[{') ? line.split(beginning).length - 1 : 1;
}

const mostInLine = 100;

/** With what they have in common it is far less than the 128 KiB that a reader of the chain takes for one line. */
const mostCharacters = 30_000;

/** Every question begins so (`marks.ts`). */
const beginning = '{"case":';
