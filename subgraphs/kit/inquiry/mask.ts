/** Whether a number is shown in part. */
export function isMasked(number: string): boolean {
  return number.includes('★');
}

/**
 * A number of which only the last `visible` letters or digits are shown, the rest as ★: the profile SUPERVISOR shows an
 * account's last 4, a plate's and a certificate's last 3. At least half of the number stays hidden.
 */
export function maskTail(number: string, visible: number): string {
  const characters = Array.from(number);
  let left = Math.min(visible, Math.floor(characters.length / 2));
  return characters
    .reverse()
    .map((character) => (/[0-9A-Za-z]/.test(character) && left-- > 0 ? character : '★'))
    .reverse()
    .join('');
}
