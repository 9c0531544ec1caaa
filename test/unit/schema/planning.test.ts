import { describe, expect, it } from 'vitest';

import { readCourtRegistry } from '../../../common/court-registry.ts';
import { emitted } from '../../support/emitted.ts';
import { createPlanner } from './plan.ts';

const supergraphSdl = emitted('supergraph');
const plan = createPlanner(supergraphSdl);

describe('the stock planner', () => {
  it('goes from the city to the court, to all agencies at once, and from each debtor to all courts again', () => {
    const { shape } = plan(`{
      cases(filter: { province: "江苏省" }) {
        edges { node { number debtors {
          name bank { status } vehicle { status } realEstate { status }
          person { cases { number stage debtors { name } } }
        } } }
        coverage { complete }
      }
    }`);
    const debtor = 'cases.edges.@.node.debtors.@';
    expect(shape).toEqual({
      then: [
        'city',
        'court at cases.edges.@.node',
        {
          both: [
            `bank at ${debtor}`,
            `property at ${debtor}`,
            `vehicle at ${debtor}`,
            { then: [`reach at ${debtor}.person`, `court at ${debtor}.person.cases.@`] },
          ],
        },
      ],
    });
  });

  it('asks the city alone for leaves of rows, totals and coverage', () => {
    const { shape } = plan(
      '{ cases { totalCount edges { cursor node { number stage amountOutstanding } } coverage { courts { status court { code } } } } }',
    );
    expect(shape).toBe('city');
  });

  it('asks one court for one case, and reach for whom it names', () => {
    const { shape } = plan('{ case(number: "x") { debtors { name person { names } } } }');
    expect(shape).toEqual({ then: ['court', 'reach at case.debtors.@.person'] });
  });

  it('asks reach, never a court, for what a person is called and for a person’s cases at any depth', () => {
    const { fetches } = plan(
      '{ person(id: "p") { name caseConnection { edges { node { debtors { person { name cases { debtors { person { names } } } } } } } } } }',
    );
    expect(fetches.map((fetch) => fetch.source)).toEqual(['city', 'reach', 'court', 'reach', 'court', 'reach']);
    for (const { source, question } of fetches) {
      if (source === 'court') expect(question).toMatch(/person\s*{\s*__typename\s+id\s*}/);
    }
  });

  it('reaches a party’s identity only because an agency requires it', () => {
    const { fetches } = plan('{ case(number: "x") { debtors { bank { status } } } }');
    expect(fetches.map((fetch) => fetch.source)).toEqual(['court', 'bank']);
    expect(fetches[0]!.question).toContain('idNumber');
    expect(() => plan('{ case(number: "x") { debtors { subject { idNumber } } } }')).toThrow(
      /Cannot query field "subject"/,
    );
  });

  it('knows no court by name and weighs one plan, however many courts there are', () => {
    const { courts } = readCourtRegistry('registry/courts.json');
    const machinery = supergraphSdl.slice(supergraphSdl.indexOf('enum join__Graph'));
    const graphs = [...machinery.slice(0, machinery.indexOf('}')).matchAll(/@join__graph\(name: "(\w+)"/g)].map(
      (match) => match[1],
    );
    expect(graphs.sort()).toEqual(['bank', 'city', 'command', 'court', 'property', 'reach', 'registry', 'vehicle']);
    for (const { name, englishName } of courts) {
      expect(supergraphSdl).not.toContain(name);
      expect(supergraphSdl).not.toContain(englishName);
    }
    expect(
      plan('{ cases { edges { node { debtors { bank { status } person { cases { stage } } } } } } }').candidates,
    ).toBe(1);
  });
});
