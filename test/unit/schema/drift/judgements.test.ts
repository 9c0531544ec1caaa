import { print } from 'graphql';
import { describe, expect, it } from 'vitest';

import { readContract } from '../../../../schema/horizontal/contract.ts';
import { judgeMember } from '../../../../schema/horizontal/drift/judge.ts';
import { emitted } from '../../../support/emitted.ts';
import { campaignsSdl, shopsSdl } from '../../../support/shops-contract.ts';
import { without } from '../../../support/older-program.ts';

type Change = readonly [from: string | RegExp, to: string];

const bases = { courts: emitted('court'), shops: shopsSdl + campaignsSdl };
const contracts = { courts: readContract(bases.courts, 'contract'), shops: readContract(bases.shops, 'contract') };

/** How a program is judged whose SDL is the contract's with changes. */
function judged(base: keyof typeof bases, ...changes: readonly Change[]) {
  const sdl = changes.reduce((text, [from, to]) => {
    expect(text).toMatch(from);
    return text.replace(from, to);
  }, bases[base]);
  return judgeMember(contracts[base], sdl, 'other');
}

describe('an incompatible program', () => {
  const table: readonly (readonly [what: string, change: Change, coordinate: string, reason: RegExp])[] = [
    ['cannot be read', ['type Address {', 'type Address'], 'line', /Syntax Error/],
    [
      'defines a type twice',
      ['type Address {', 'type Article { a: Int }\n type Address {'],
      'Article',
      /only one type/,
    ],
    ['names a type that is nowhere', ['birthYear: Int', 'birthYear: Integer'], 'Customer.birthYear', /Unknown type/],
    ['gives another type', ['birthYear: Int', 'birthYear: String'], 'Customer.birthYear', /String here and Int/],
    ['gives a list', ['margin: Money', 'margin: [Money]'], 'Order.margin', /\[Money\] here and Money/],
    ['gives no list', ['lines: [Line!]', 'lines: Line'], 'Order.lines', /Line here and \[Line!\]/],
    ['takes another type', ['size: Size\n    within', 'size: String\n    within'], 'OrderFilter.size', /String here/],
    [
      'takes no null',
      ['filter: OrderFilter, first', 'filter: OrderFilter!, first'],
      'Query.orders(filter:)',
      /OrderFilter!/,
    ],
    ['takes no null in a list', ['days: [Date!]', 'days: [Date!]!'], 'Period.days', /in the contract/],
    [
      'has another key',
      ['@key(fields: "orderNumber position")', '@key(fields: "position")'],
      'Line',
      /"position" here/,
    ],
    ['has no key', ['type Order @key(fields: "number")', 'type Order'], 'Order', /no key here/],
    [
      'resolves no row',
      ['Customer @key(fields: "id")', 'Customer @key(fields: "id", resolvable: false)'],
      'Customer',
      /resolvable/,
    ],
    ['lacks a key field', [/position: Int!\n/, ''], 'Line.position', /needs this field/],
    ['lacks edges', ['edges: [OrderEdge!]!', ''], 'OrderConnection.edges', /needs this field/],
    ['lacks a cursor', ['cursor: String!', ''], 'OrderEdge.cursor', /needs this field/],
    ['lacks a node', ['node: Order!', ''], 'OrderEdge.node', /needs this field/],
    ['lacks hasNextPage', ['hasNextPage: Boolean!', ''], 'PageInfo.hasNextPage', /needs this field/],
    ['lacks coverage', [/coverage: Coverage!/, ''], 'OrderConnection.coverage', /needs this field/],
    ['lacks a status', ['status: CoverageStatus!', ''], 'ShopCoverage.status', /needs this field/],
    ['requires an argument', ['labels: [', 'labels(kind: Size!): ['], 'Query.labels(kind:)', /requires this/],
    ['requires an input field', ['from: Date\n', 'from: Date\n zone: String!\n'], 'Period.zone', /requires this/],
    [
      'requires more of an entity',
      ['terms { size shops }', 'terms { size shops colour }'],
      'Campaign.orders',
      /terms.colour/,
    ],
    ['has a scalar for an enum', [/enum Size \{[^}]*\}/, 'scalar Size'], 'Size', /a scalar here and an enum/],
    ['has an enum for a scalar', ['scalar Money', 'enum Money { LITTLE }'], 'Money', /an enum here and a scalar/],
    ['has an interface for a type', ['type Article', 'interface Article'], 'Article', /an interface here/],
    [
      'has no way to its entities',
      ['labels: [', 'type: Int _service: Sdl labels: ['],
      'Query._entities',
      /no way to ask/,
    ],
  ];

  it.each(table)('%s', (_, change, coordinate, reason) => {
    const changes: Change[] = [change];
    if (coordinate === 'Query._entities') changes.push(['scalar DateTime', 'scalar DateTime type Sdl { sdl: String }']);
    const { incompatible } = judged('shops', ...changes);
    const fault = incompatible.find((candidate) => candidate.coordinate.startsWith(coordinate));
    expect(fault, JSON.stringify(incompatible)).toBeDefined();
    expect(fault!.member).toBe('other');
    expect(fault!.reason).toMatch(reason);
    expect(fault!.remedy).toMatch(/^[A-Z].*\.$/s);
  });

  it('has nothing of the contract', () => {
    for (const sdl of ['', '# nothing', 'type Query { hello: String }', 'scalar Money']) {
      const { incompatible } = judgeMember(contracts.courts, sdl, 'other');
      expect(incompatible, sdl).not.toEqual([]);
    }
  });

  it('is told everything that is wrong at once', () => {
    const { incompatible } = judged('shops', ['birthYear: Int', 'birthYear: ID'], ['cursor: String!', 'cursor: [ID]']);
    expect(incompatible.map((fault) => fault.coordinate)).toEqual(['OrderEdge.cursor', 'Customer.birthYear']);
  });
});

describe('a program with gaps', () => {
  const lacksOf = (base: keyof typeof bases, ...coordinates: string[]) =>
    judgeMember(contracts[base], without(bases[base], ...coordinates), 'old').capability;

  it('lacks the list whose order it has nothing for, and what is chosen by a date that it has not', () => {
    expect(lacksOf('courts', 'Case.filedOn').lacks).toEqual([
      { kind: 'field', coordinate: 'Case.filedOn' },
      { kind: 'field', coordinate: 'Person.cases', because: 'Case.filedOn' },
    ]);
    expect(lacksOf('courts', 'Person.lastFiledOn').lacks).toEqual([
      { kind: 'field', coordinate: 'Person.lastFiledOn' },
      { kind: 'field', coordinate: 'Person.name', because: 'Person.lastFiledOn' },
    ]);
  });

  it('answers for each kind of element', () => {
    const capability = lacksOf(
      'courts',
      'Case.measures',
      'Query.cases(orderBy:)',
      'CaseFilter.province',
      'CaseStage.SHIELDED',
      'CoerciveMeasure',
      'TaskForceCriteria.provinces',
    );
    expect(capability.lacksField('Case', 'measures')).toBe(true);
    expect(capability.lacksField('Case', 'stage')).toBe(false);
    expect(capability.lacksArgument('Query', 'cases', 'orderBy')).toBe(true);
    expect(capability.lacksArgument('Query', 'cases', 'filter')).toBe(false);
    expect(capability.lacksInputField('CaseFilter', 'province')).toBe(true);
    expect(capability.lacksEnumValue('CaseStage', 'SHIELDED')).toBe(true);
    expect(capability.lacksEnumValue('CaseStage', 'FILED')).toBe(false);
    expect(capability.lacksType('CoerciveMeasure')).toBe(true);
    expect(capability.lacksField('Case', 'coerciveMeasures')).toBe(true);
    expect(capability.lacksField('CoerciveMeasure', 'kind')).toBe(true);
    expect(capability.lacksRequirement('TaskForce', 'cases', ['criteria', 'provinces'])).toBe(true);
    expect(capability.lacksRequirement('TaskForce', 'cases', ['criteria', 'stages'])).toBe(false);
  });

  it('does not read what it does not require', () => {
    const { capability, incompatible } = judged('courts', [' provinces }")', ' }")']);
    expect(incompatible).toEqual([]);
    expect(capability.lacks).toEqual([{ kind: 'requirement', coordinate: 'TaskForceCriteria.provinces' }]);
    expect(capability.lacksRequirement('TaskForce', 'cases', ['criteria', 'provinces'])).toBe(true);
  });

  it('has the same digest as another that lacks the same, and another than those that lack something else', () => {
    const digest = lacksOf('courts', 'Case.measures', 'Case.stage').digest;
    expect(lacksOf('courts', 'Case.stage', 'Case.measures').digest).toBe(digest);
    expect(lacksOf('courts', 'Case.stage').digest).not.toBe(digest);
  });
});

describe('a program that means something else by leaving out', () => {
  const defaultOf = (...changes: readonly Change[]) => {
    const { capability, incompatible } = judged('courts', ...changes);
    expect(incompatible).toEqual([]);
    expect(capability.isWhole).toBe(false);
    const value = capability.defaultOf('Person', 'cases', 'role');
    return value && print(value);
  };

  it('has the default of the contract written out: its own, none, or one that may not be null', () => {
    expect(defaultOf(['role: PartyRole = DEBTOR', 'role: PartyRole = APPLICANT'])).toBe('DEBTOR');
    expect(defaultOf(['role: PartyRole = DEBTOR', 'role: PartyRole'])).toBe('DEBTOR');
    expect(defaultOf(['role: PartyRole = DEBTOR', 'role: PartyRole! = DEBTOR'])).toBe('DEBTOR');
  });

  it('has null written out where the contract has no default', () => {
    const { capability } = judged('courts', [
      'province: String\n}\n\n"""\nExact',
      'province: String = "江苏省"\n}\n\n"""\nExact',
    ]);
    const value = capability.inputDefaultOf('CaseFilter', 'province');
    expect(value && print(value)).toBe('null');
  });
});

describe('what changes nothing', () => {
  it('is a note: looser nulls, giving up, more than the contract, other rules', () => {
    const { capability, incompatible, notes } = judged(
      'shops',
      ['edges: [OrderEdge!]!', 'edges: [OrderEdge]'],
      ['quantity: Int', 'quantity: Int @deprecated(reason: "Old.")'],
      ['birthYear: Int @merge(by: SAME)', 'birthYear: Int! @merge(by: MAX)'],
      ['spent: Money', 'points: Int spent: Money'],
      ['labels: [', 'labels(most: Int): ['],
      ['  LARGE\n', '  LARGE\n HUGE\n'],
      ['scalar DateTime', 'scalar DateTime type Extra { a: Int }'],
    );
    expect(incompatible).toEqual([]);
    expect(capability.isWhole).toBe(true);
    expect(notes.map(({ coordinate }) => coordinate).sort()).toEqual(
      [
        'Customer.birthYear',
        'Customer.points',
        'Extra',
        'Line.quantity',
        'OrderConnection.edges',
        'Query.labels(most:)',
        'Size.HUGE',
      ].sort(),
    );
    expect(notes.find((note) => note.coordinate === 'Customer.birthYear')!.text).toContain('@merge(by: SAME)');
  });
});

describe('an SDL that would take seconds to judge', () => {
  const types = (count: number) => Array.from({ length: count }, (_, index) => `type T${index} { a: Int }`).join(' ');

  it('is refused for its length, before it is read', () => {
    const { incompatible } = judgeMember(contracts.courts, `${bases.courts} ${types(40_000)}`, 'long');
    expect(incompatible).toMatchObject(
      [{ coordinate: 'document', reason: /^The SDL has \d+ characters/ }].map(asMatch),
    );
  });

  it('is refused for its words', () => {
    const { incompatible } = judgeMember(contracts.courts, types(12_000), 'wordy');
    expect(incompatible).toMatchObject([{ coordinate: 'document', reason: /^The SDL has more words/ }].map(asMatch));
  });

  it('is told its first twenty errors, and may have ten times what the contract has', () => {
    const fields = Array.from({ length: 3_000 }, (_, index) => `f${index}: Nowhere${index}`).join('\n');
    expect(judgeMember(contracts.courts, `${bases.courts} type X { ${fields} }`, 'bad').incompatible).toHaveLength(20);
    expect(judgeMember(contracts.courts, `${bases.courts} # ${'x'.repeat(250_000)}`, 'large').incompatible).toEqual([]);
  });
});

function asMatch({ coordinate, reason }: { readonly coordinate: string; readonly reason: RegExp }) {
  return { coordinate, reason: expect.stringMatching(reason) as string };
}
