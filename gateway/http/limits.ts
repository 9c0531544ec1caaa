/** What one client may ask of the door before it is refused. Bytes are counted after decompression, times in milliseconds. */
export interface DoorLimits {
  readonly bodyBytes: number;
  readonly headerBytes: number;
  /** From the first byte of a request to its last; what is not whole by then is closed. */
  readonly requestMs: number;
  /** How long a connection may rest between two requests. */
  readonly keepAliveMs: number;
  /** How long a connection may stand without one byte either way, a running request included. */
  readonly silenceMs: number;
  readonly connections: number;
  /** How long a refused sender may go on sending, so that it reads the refusal rather than a reset. */
  readonly lingerMs: number;
  /** How long running requests may take to finish once the door is asked to stop. */
  readonly graceMs: number;
}

/** The limits of a hub that nobody configured. */
export const defaultLimits: DoorLimits = {
  bodyBytes: 1024 * 1024,
  headerBytes: 16 * 1024,
  requestMs: 10_000,
  keepAliveMs: 10_000,
  silenceMs: 120_000,
  connections: 512,
  lingerMs: 1_000,
  graceMs: 10_000,
};
