/** Types by the names that answers give. */

import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';

/** Whether an object that calls itself so is of this type; it may call itself by an interface that stands for its objects. */
export function isOfType(schema: GraphQLSchema, typeName: unknown, condition: string): boolean {
  if (typeName === condition) return true;
  if (typeof typeName !== 'string') return false;
  const [type, above] = [schema.getType(typeName), schema.getType(condition)];
  if (!type || !isAbstractType(above)) return false;
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(above, type);
}
