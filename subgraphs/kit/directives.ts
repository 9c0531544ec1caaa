import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLEnumType,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLString,
  specifiedDirectives,
} from 'graphql';

/** Where the hub's own directives are specified; a name for `@link`, never fetched. */
export const horizontalUrl = 'https://nonet.invalid/horizontal/v1.0';

/** How the values of several courts become one. */
export const mergeRule = new GraphQLEnumType({
  name: 'MergeRule',
  description: 'How the values that several courts gave for one field become one value (合并规则).',
  values: {
    SUM: { description: 'The exact sum (求和); null and null is null, null and one is one.' },
    MIN: { description: 'The smallest in the order of its type (最小值); null is ignored.' },
    MAX: { description: 'The greatest in the order of its type (最大值); null is ignored.' },
    ANY: { description: 'True when it is true anywhere (任一为真).' },
    ALL: { description: 'True when it is true everywhere (全部为真).' },
    SAME: { description: 'Equal wherever it is known (须一致); two values are a conflict.' },
    FIRST_BY: { description: 'The value of the court whose `key` is the greatest (取键值最大者); ties by court code.' },
    CONCAT: { description: 'All rows, put in the order that `key` declares (按序合并).' },
    UNION: { description: 'By `key`, merged field by field, sorted by it (按键合并).' },
    PAGE: { description: 'Pages of one global order, rows told apart by `key` (全局分页).' },
  },
});

export const routeDirective = new GraphQLDirective({
  name: 'route',
  description: 'Asked only of the court that the argument names (按参数路由至一家法院).',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    by: {
      type: new GraphQLNonNull(GraphQLString),
      description: 'Path of the argument that names the court (参数路径).',
    },
  },
});

export const gatherDirective = new GraphQLDirective({
  name: 'gather',
  description: 'Asked of every court that the arguments do not exclude; the answers are merged (向各法院汇集).',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    courts: { type: GraphQLString, description: 'Path of the argument that lists court codes (法院代码参数路径).' },
    keys: { type: GraphQLString, description: 'Path of the argument that lists owned keys (案号参数路径).' },
    maxPage: { type: GraphQLInt, description: 'The largest page that a court gives (每页上限).' },
  },
});

export const ownerDirective = new GraphQLDirective({
  name: 'owner',
  description: 'Rows of this type belong to the court that the key names (归属法院由键确定).',
  locations: [DirectiveLocation.OBJECT],
  args: {
    key: { type: new GraphQLNonNull(GraphQLString), description: 'The key field that names the court (归属键).' },
  },
});

export const mergeDirective = new GraphQLDirective({
  name: 'merge',
  description: 'How the values of several courts become one (合并方式).',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    by: { type: new GraphQLNonNull(mergeRule), description: 'The rule (规则).' },
    key: { type: GraphQLString, description: 'The field or order that the rule needs (规则所用的键).' },
  },
});

export const boundedDirective = new GraphQLDirective({
  name: 'bounded',
  description: 'A list that never has more items than this (列表上限).',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: { most: { type: new GraphQLNonNull(GraphQLInt), description: 'The most items (上限).' } },
});

/** For `buildSchema({ directives })`: the hub's directives beside GraphQL's own. */
export const horizontalDirectives: readonly GraphQLDirective[] = [
  ...specifiedDirectives,
  routeDirective,
  gatherDirective,
  ownerDirective,
  mergeDirective,
  boundedDirective,
];
