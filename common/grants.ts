/**
 * The name under which the hub tells an agency, in a question's extensions, about which cases a member of a task force may
 * ask: a list of case numbers. The question is signed whole, so nobody else can say it.
 */
export const grantsExtension = 'taskForceCases';
