/** What travels where a GraphQL class describes the type: a plain object with its fields, never an instance. */
export type Plain<Class> = { [Field in keyof Class]: Class[Field] };
