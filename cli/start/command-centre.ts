/** The command centre's program over its rows, as every way of starting runs it. */

import { parseIdentity } from '../../common/identity.ts';
import { personId, type PersonKey } from '../../common/person-id.ts';
import type { City } from '../../mocks/city/city.ts';
import type { Command } from '../../subgraphs/command/program.ts';

/** The schema of its rows, alone in its database or among those of courts. */
export const schemaOfCommand = 'command';

/**
 * Gives an empty command centre the generated city's joint action (专项行动): one large creditor, whose debtors live in
 * thirty provinces. Resolves with how many task forces it made, 0 when there were some already.
 */
export async function fillCommand(command: Command, { creditor }: City, personKey: PersonKey): Promise<number> {
  if (!(await command.isEmpty())) return 0;
  const input = {
    name: `涉${creditor.name}案件专项攻坚`,
    purpose: '打破管辖壁垒，集中查控财产，按省份指定法院分片执行。',
    criteria: { creditorPersonId: personId(personKey, parseIdentity(creditor.identityNumber)) },
  };
  await command.create(input, 'generated-joint-action');
  return 1;
}
