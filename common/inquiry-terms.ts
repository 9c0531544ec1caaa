/** What a request says once about all inquiries to agencies in it: the hub reads it, agencies' programs act on it. */

export interface InquiryTerms {
  /** A stored answer that is no older is given without asking again, in milliseconds. */
  readonly maxAgeMs?: number | undefined;
  /** How long an answer is waited for before it is PENDING, in milliseconds. */
  readonly waitMs?: number | undefined;
  /** What the answers are for, in the asker's words. */
  readonly purpose?: string | undefined;
}

/** The name under which they stand in the extensions of a request, and of a question to an agency. */
export const inquiryExtension = 'inquiry';

/** Longest purpose, in characters. */
export const longestPurpose = 200;
