/** Signs what leaves the hub, so that programs know it from anybody else's question. */

import { proofHeader, signProofs, type LeavingQuestion, type SigningKey } from '../../common/proof.ts';

/** Makes the proof of one request: its header. Rejects when it cannot be signed. */
export type Prove = (request: {
  /** Whom it is meant for. */
  readonly audience: string;
  readonly method: string;
  /** Path and query string. */
  readonly path: string;
  /** SHA-256 of its body, base64url. */
  readonly digest: string;
  /** On whose behalf, as JSON text of the hub's own. */
  readonly viewer: string | null;
}) => Promise<Proof>;

type Proof = Readonly<Record<typeof proofHeader, string>>;

/** A question that waits for the end of its turn of the event loop. */
interface Waiting {
  readonly question: LeavingQuestion;
  readonly resolve: (proof: Proof) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Proves by the key that the hub has at the moment. A signature costs more than all else that is done to send a question, and
 * one is enough for all that are put in one turn of the event loop, of whichever request they are: under load several sockets
 * have something to be read in a turn, and the more there is to do, the less is signed for each.
 */
export function createProving(keyNow: () => SigningKey): Prove {
  let waiting: Waiting[] = [];
  const signAll = (): void => {
    const together = waiting;
    waiting = [];
    try {
      const questions = together.map(({ question }) => question);
      const proofs = signProofs(keyNow(), Date.now() / 1_000, questions);
      together.forEach(({ resolve }, index) => resolve({ [proofHeader]: proofs[index]! }));
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
  };
  return ({ audience, method, path, digest, viewer }) =>
    new Promise((resolve, reject) => {
      const question = { aud: audience, htm: method, htu: path, bh: digest, viewer };
      // Immediates run when all that had come has been read, and before the loop waits for more.
      if (waiting.push({ question, resolve, reject }) === 1) setImmediate(signAll);
    });
}
