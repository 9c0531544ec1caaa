/** Something that was started and has to be stopped. */
export interface Stoppable {
  stop(): Promise<void>;
}

/** Stops what it was given to keep in the reverse order, once. */
export interface Stack extends Stoppable {
  keep<Part extends Stoppable>(part: Part): Part;
}

/** Builds something of several parts; when one of them does not start, those that stand already are stopped. */
export async function stacked<Built extends object>(
  build: (stack: Stack) => Promise<Built>,
): Promise<Built & Stoppable> {
  const parts: Stoppable[] = [];
  const stack: Stack = {
    keep(part) {
      parts.push(part);
      return part;
    },
    async stop() {
      const faults: unknown[] = [];
      for (const part of parts.splice(0).reverse()) await part.stop().catch((fault: unknown) => faults.push(fault));
      if (faults.length > 0) throw faults[0];
    },
  };
  try {
    return { ...(await build(stack)), stop: () => stack.stop() };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}
