/** What programs of one agency tell one another beside their common store: that tickets have been settled. */
export interface Bell {
  /** Tells the others; whether anybody hears it is not known. */
  ring(requestNumbers: readonly string[]): void;
  /** Tells this listener of what others ring, and of what this one does. */
  onRing(listener: (requestNumbers: readonly string[]) => void): void;
  stop(): Promise<void>;
}
