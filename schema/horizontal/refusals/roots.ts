/** Root fields: each goes either to the one court that it names, or to all of them. */

import { isNonNullType } from 'graphql';

import type { Contract } from '../contract.ts';
import type { Refuse } from './refuse.ts';

/** Refuses roots that nobody or everybody could answer, mutations of all, and roots that cannot be null. */
export function checkRoots(contract: Contract, refuse: Refuse): void {
  const mutation = contract.schema.getMutationType();
  for (const root of [contract.schema.getQueryType(), mutation]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      const coordinate = `${root!.name}.${field.name}`;
      const route = contract.routeOf(root!.name, field.name);
      const gather = contract.gatherOf(root!.name, field.name);
      if (!route && !gather) {
        refuse(coordinate, 'Nothing says which courts answer it.', 'Give it @route(by:) or @gather.');
      }
      if (route && gather) {
        refuse(coordinate, 'One court and all courts cannot both answer it.', 'Keep @route(by:) or @gather, not both.');
      }
      if (gather && root === mutation) {
        refuse(
          coordinate,
          'A mutation is never gathered.',
          'Give it @route(by:) with the argument that names the court.',
        );
      }
      if (isNonNullType(field.type)) {
        refuse(coordinate, 'One failed non-null root field would take its siblings with it.', 'Make it nullable.');
      }
    }
  }
  const subscription = contract.schema.getSubscriptionType();
  if (subscription) {
    refuse(subscription.name, 'A subscription of a member is asked by nobody.', 'Remove it from the contract.');
  }
}
