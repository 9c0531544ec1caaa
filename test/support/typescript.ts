/** What Node is told so that a program of the tests in TypeScript runs as our own do. */

export const readsTypeScript = ['--import', new URL('../../cli/typescript/register.js', import.meta.url).href] as const;
