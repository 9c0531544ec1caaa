/**
 * The hub's directives: how the rows of many members with the same types become one graph. They stand in the contract
 * that every member serves; the composer reads them and takes them out, so no gateway ever sees them.
 */

/** The federation version that contract and logical subgraphs are written in. */
export const federationSpec = 'https://specs.apollo.dev/federation/v2.9';

/** How the values of several members become one value (`@merge(by:)`). */
export const mergeRules = ['SUM', 'MIN', 'MAX', 'ANY', 'ALL', 'SAME', 'FIRST_BY', 'CONCAT', 'UNION', 'PAGE'] as const;
export type MergeRule = (typeof mergeRules)[number];

/** The hub's directives by name. */
export const horizontalNames: readonly string[] = ['route', 'gather', 'owner', 'merge', 'bounded'];

/** Definitions of the hub's directives, for reading a contract. */
export const horizontalDefinitions = /* GraphQL */ `
  "Asked only of the court that the argument path names (按案号路由)."
  directive @route(by: String!) on FIELD_DEFINITION
  "Asked of every court that the arguments do not exclude; the answers are merged (全市汇聚)."
  directive @gather(courts: String, keys: String, maxPage: Int) on FIELD_DEFINITION
  "The rows of this entity belong to the court that the key field names (案件归属法院)."
  directive @owner(key: String!) on OBJECT
  "How the values of several courts become one (合并规则)."
  directive @merge(by: MergeRule!, key: String) on FIELD_DEFINITION
  "A list that never has more items than this (列表上限)."
  directive @bounded(most: Int!) on FIELD_DEFINITION
  enum MergeRule {
    ${mergeRules.join('\n    ')}
  }
`;

/** The federation directives a contract may use, for reading it with graphql-js. */
export const federationDefinitions = /* GraphQL */ `
  scalar FieldSet
  directive @key(fields: FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
  directive @external on FIELD_DEFINITION
  directive @requires(fields: FieldSet!) on FIELD_DEFINITION
  directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
  directive @shareable repeatable on OBJECT | FIELD_DEFINITION
  directive @tag(
    name: String!
  ) repeatable on FIELD_DEFINITION | INTERFACE | OBJECT | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | SCHEMA
`;

/** Names that are machinery of a served subgraph SDL, not part of the contract. */
export const machinery: ReadonlySet<string> = new Set([
  '_Any',
  '_Entity',
  '_Member',
  '_Service',
  'FieldSet',
  'MergeRule',
  'route',
  'gather',
  'owner',
  'merge',
  'bounded',
  'key',
  'inaccessible',
  'shareable',
  'tag',
  'link',
  'link__Purpose',
  'link__Import',
  'federation__FieldSet',
  'composeDirective',
  'external',
  'requires',
  'provides',
  'extends',
  'override',
  'interfaceObject',
]);

/** Root fields of that machinery: federation's own, and what a member says of itself. */
export const servedFields: ReadonlySet<string> = new Set(['_entities', '_service', '_member']);
