/** Random questions that one court program can answer as well as the hub: no agency, no court's name. */

import fc from 'fast-check';
import type { PlainCase, PlainFilter } from './brute-force.ts';
import { createPrinter, type Printer } from './question-text.ts';
import { randomFilter, type PersonIdOf } from './random-filter.ts';
import { orders, randomGiven, randomSelection, type Argument, type Given, type Selection } from './random-selection.ts';
import { writtenCaseNumber } from './written-forms.ts';

/** A question, and how to follow its first root field from page to page. */
export interface RandomQuestion {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Which edge's cursor to continue from on each further page; null is the page's end. Empty when nothing is paged. */
  readonly steps: readonly (number | null)[];
  /** The filter of the connection at `data.walk.page`; undefined when nothing is paged or it is a person's. */
  readonly filter: PlainFilter | null | undefined;
}

interface Root {
  readonly print: (printer: Printer) => string;
}

/** The connection that is walked, always under the alias `page`, with what the walk and the coverage check need. */
interface Walk {
  readonly selection: Selection;
  readonly edge: Selection;
  readonly arguments: readonly Argument[];
  readonly steps: readonly (number | null)[];
}

/** A question with one to three root fields; its walk goes up to two pages further. */
export function randomQuestion(city: readonly PlainCase[], personIdOf: PersonIdOf): fc.Arbitrary<RandomQuestion> {
  const personId = fc.tuple(fc.nat(city.length - 1), fc.nat(5)).map(([at, party]) => {
    const one = city[at]!;
    return personIdOf(one, one.record.parties[party % one.record.parties.length]!);
  });
  const filter = randomFilter(city, personIdOf);
  const other = fc.oneof(statistics(filter), oneCase(city), person(personId), cases(filter));
  // Most questions have one root field: it is the walks that find faults, and each root costs a fan-out.
  const others = fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(other, { minLength: 1, maxLength: 2 }) },
  );
  const walked = fc.record({ filter, given: randomGiven, walk: randomWalk(), others });
  const ofPerson = fc.record({ id: personId, given: randomGiven, walk: randomWalk(), others });
  return fc.oneof(
    { weight: 6, arbitrary: walked.map((one) => question(walkOfCases(one), one, one.filter)) },
    { weight: 1, arbitrary: ofPerson.map((one) => question(walkOfPerson(one), one, undefined)) },
    { weight: 1, arbitrary: fc.tuple(statistics(filter), others).map(([first, rest]) => unpaged([first, ...rest])) },
    { weight: 1, arbitrary: fc.tuple(person(personId), others).map(([first, rest]) => unpaged([first, ...rest])) },
  );
}

function question(
  walk: (printer: Printer) => string,
  { walk: { steps }, others }: { walk: Walk; others: readonly Root[] },
  filter: PlainFilter | null | undefined,
): RandomQuestion {
  const printer = createPrinter();
  const roots = [walk(printer), ...others.map(({ print }) => print(printer))];
  return { ...printer.document(roots, ['$after: String']), steps, filter };
}

function unpaged(roots: readonly Root[]): RandomQuestion {
  const printer = createPrinter();
  const texts = roots.map(({ print }) => print(printer));
  return { ...printer.document(texts), steps: [], filter: undefined };
}

function walkOfCases({ filter, given, walk }: { filter: PlainFilter | null; given: Given; walk: Walk }) {
  return (printer: Printer): string =>
    connection(printer, 'cases', walk, [{ name: 'filter', type: 'CaseFilter', value: filter, given }]);
}

function walkOfPerson({ id, given, walk }: { id: string; given: Given; walk: Walk }) {
  return (printer: Printer): string => {
    const argument = printer.argument({ name: 'id', type: 'ID!', value: id, given });
    return `person(${argument}) { id ${connection(printer, 'caseConnection', walk, [])} }`;
  };
}

function connection(printer: Printer, field: string, walk: Walk, more: readonly Argument[]): string {
  const given = ['after: $after', ...[...walk.arguments, ...more].map((one) => printer.argument(one))];
  const below = printer.selection(walk.selection, [
    'pageInfo { hasNextPage cuEnd: endCursor }',
    `edges { cuRow: cursor node ${printer.selection(walk.edge)} }`,
    'covered: coverage { complete courts { court { code } status } gaps: courts(only: GAPS) { status } }',
  ]);
  return `page: ${field}(${given.join(', ')}) ${below}`;
}

function randomWalk(): fc.Arbitrary<Walk> {
  const size = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 9 }) },
    { weight: 2, arbitrary: fc.integer({ min: 10, max: 40 }) },
    { weight: 1, arbitrary: fc.integer({ min: 41, max: 100 }) },
  );
  const step = fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(99) });
  const given = fc.record({
    // Null says what absence says: the default.
    first: optional(fc.option(size, { freq: 20 })),
    orderBy: optional(fc.option(fc.constantFrom(...orders), { freq: 20 })),
    completeness: optional(fc.constantFrom('COMPLETE', 'PARTIAL', null)),
  });
  return fc.record({
    selection: randomSelection('CaseConnection', 0),
    edge: fc.oneof(
      { weight: 4, arbitrary: randomSelection('Case', 1) },
      { weight: 1, arbitrary: randomSelection('Case', 3) },
    ),
    arguments: given.map(({ first, orderBy, completeness }) => [
      ...(first === null ? [] : [{ name: 'first', type: 'Int', ...first }]),
      ...(orderBy === null ? [] : [{ name: 'orderBy', type: 'CaseOrder', ...orderBy }]),
      ...(completeness === null ? [] : [{ name: 'completeness', type: 'Completeness', ...completeness }]),
    ]),
    steps: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(step, { minLength: 1, maxLength: 2 }) },
    ),
  });
}

function optional<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<{ value: Value; given: Given } | null> {
  return fc.option(fc.record({ value, given: randomGiven }), { freq: 6 });
}

function statistics(filter: fc.Arbitrary<PlainFilter | null>): fc.Arbitrary<Root> {
  return root(
    'caseStatistics',
    filter.map((value) => ({ name: 'filter', type: 'CaseFilter', value })),
    randomSelection('CaseStatistics', 1),
  );
}

function cases(filter: fc.Arbitrary<PlainFilter | null>): fc.Arbitrary<Root> {
  return root(
    'cases',
    filter.map((value) => ({ name: 'filter', type: 'CaseFilter', value })),
    randomSelection('CaseConnection', 1),
  );
}

function person(id: fc.Arbitrary<string>): fc.Arbitrary<Root> {
  return root(
    'person',
    id.map((value) => ({ name: 'id', type: 'ID!', value })),
    randomSelection('Person', 2),
  );
}

function oneCase(city: readonly PlainCase[]): fc.Arbitrary<Root> {
  const number = fc.tuple(fc.nat(city.length - 1), fc.nat(59)).map(([at, form]) => {
    const { number: known } = city[at]!;
    // A few numbers of these courts that no case has.
    return writtenCaseNumber(form % 12 === 11 ? { ...known, serial: known.serial + 90_000 } : known, form);
  });
  return root(
    'case',
    number.map((value) => ({ name: 'number', type: 'CaseNumber!', value })),
    randomSelection('Case', 2),
  );
}

function root(
  field: string,
  argument: fc.Arbitrary<Omit<Argument, 'given'>>,
  selection: fc.Arbitrary<Selection>,
): fc.Arbitrary<Root> {
  return fc.record({ argument, given: randomGiven, selection }).map(({ argument: value, given, selection: below }) => ({
    print: (printer) =>
      `${printer.alias()}: ${field}(${printer.argument({ ...value, given })}) ${printer.selection(below)}`,
  }));
}
