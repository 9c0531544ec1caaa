import { ValueError } from '../../common/value-error.ts';
import type { References } from '../kit/federation.ts';
import type { CommandContext } from './context.ts';

/** How the hub's representations find their rows; null for an id that no task force has. */
export const commandReferences: References<CommandContext> = {
  async TaskForce({ id }, { taskForces }) {
    if (typeof id !== 'string') throw new ValueError('a task force is known by id', 'an id as TaskForce.id gives it');
    return taskForces.load(id);
  },
  // A party or a person is what federation brings of it.
  Party: (representation) => Promise.resolve(representation),
  Person: (representation) => Promise.resolve(representation),
};
