import type { ControlRequest, Done } from './request.ts';

/** A measure that was taken while the upstream ran. */
export interface Imposed {
  readonly BDHM: string;
  /** The court, and its ruling. */
  readonly authority: string;
  readonly documentNumber: string;
  readonly from: string;
  readonly until: string;
  /** The limit of a freeze; 0 elsewhere. */
  readonly fen: number;
  readonly renewed: boolean;
}

/** What courts have ordered of an agency, property by property in the order in which it came (法发〔2004〕5号 Art. 20). */
export interface Book {
  of(property: string): readonly Imposed[];
  impose(property: string, request: ControlRequest): Imposed;
  /** Null when this property has no such measure. */
  renew(property: string, request: ControlRequest): Imposed | null;
  /** Whether there was such a measure. */
  release(property: string, request: ControlRequest): boolean;
}

/** An empty book; it is lost with the process. */
export function createBook(): Book {
  const measures = new Map<string, readonly Imposed[]>();
  const of = (property: string) => measures.get(property) ?? [];
  return {
    of,
    impose(property, request) {
      const imposed: Imposed = {
        BDHM: request.BDHM,
        authority: request.FYMC ?? '',
        documentNumber: request.CKWH ?? '',
        from: request.KSRQ ?? '',
        until: request.JSRQ ?? '',
        fen: Math.round(Number(request.JE ?? '0') * 100),
        renewed: false,
      };
      measures.set(property, [...of(property), imposed]);
      return imposed;
    },
    renew(property, { YDJDH, JSRQ }) {
      const known = of(property).find(({ BDHM }) => BDHM === YDJDH);
      if (known === undefined) return null;
      const renewed = { ...known, until: JSRQ ?? known.until, renewed: true };
      measures.set(
        property,
        of(property).map((one) => (one === known ? renewed : one)),
      );
      return renewed;
    },
    release(property, { YDJDH }) {
      const left = of(property).filter(({ BDHM }) => BDHM !== YDJDH);
      const found = left.length < of(property).length;
      measures.set(property, left);
      return found;
    },
  };
}

/** How a measure stands at a place in line: what waits has no last day. */
export function placed({ from, until }: Imposed, position: number): Pick<Done, 'CSKSRQ' | 'CSJSRQ' | 'LHXH'> {
  return { CSKSRQ: from, CSJSRQ: position === 0 ? until : null, LHXH: position };
}
