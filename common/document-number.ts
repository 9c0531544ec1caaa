import { isCourtCode, parseCaseNumber } from './case-number.ts';
import { ifReadable } from './value-error.ts';

/**
 * Whether a text is nothing but the number of a case or of a document of one (文书编号): `（2018）苏0312执1号之一`, `（2018）苏0312协查1号`.
 * A case number has room for words (its type, the court of an older one), and a name fits into them: of types only those count that
 * there are, and of older courts those of one character.
 */
export function isDocumentNumber(text: string): boolean {
  const read = ifReadable(() => parseCaseNumber(text.replace(withoutEnd, '$1号')));
  return (
    read !== undefined &&
    knownTypes.test(read.type) &&
    (read.legacy ? read.court.length === 1 : isCourtCode(read.court))
  );
}

/** 号 is left out now and then. */
const withoutEnd = /^([^号]*\d)$/;

/** Of 法〔2015〕137号, as far as enforcement meets them, and what courts call their notices to agencies. */
const knownTypes =
  /^(?:执[恢保异复监督协请他]?|[民刑行][初终申再监他辖抗]|民[特撤督催破算]|破|破[申终]|强清|行审|财保|司[惩救赔]|协[查执]|执[通裁查])$/;
