/** Whether a text can be the id of a task force: a UUID in its one spelling, as another one would be another key. */
export function isTaskForceId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
