/** Check character of a unified social credit code, from its first 17 characters: GB 32100-2015. */
export function socialCreditCheck(body: string): string {
  const sum = CREDIT_WEIGHTS.reduce((total, weight, index) => total + weight * ALPHABET.indexOf(body[index]!), 0);
  return ALPHABET[(31 - (sum % 31)) % 31]!;
}

/** Check character of an organisation code, from its first 8 characters (digits, or capitals counting from 10): GB 11714-1997. */
export function organisationCheck(body: string): string {
  const sum = BODY_WEIGHTS.reduce((total, weight, index) => total + weight * parseInt(body[index]!, 36), 0);
  return '0X987654321'[sum % 11]!;
}

/** Check digit of a 15-digit business registration number, from its first 14 digits: ISO 7064 MOD 11,10. */
export function registrationCheck(body: string): string {
  let product = 10;
  for (const digit of body) product = (((product + Number(digit)) % 10 || 10) * 2) % 11;
  return String((11 - product) % 10);
}

/** The organisation code (8 characters and check) that stands in every unified social credit code. */
export function bodyOfSocialCredit(number: string): string {
  return number.slice(8, 17);
}

/** Whether the text has the shape of a unified social credit code; says nothing of its check character. */
export function isSocialCreditShaped(text: string): boolean {
  return /^[1-9ANY][0-9A-HJ-NP-RTUWXY]\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/.test(text);
}

// Without I, O, S, V and Z.
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
