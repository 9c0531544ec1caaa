/** What one upstream calls its columns when it strays from the contract, and where its lists are. */
export interface Dialect {
  /** Lists of rows in an answer about one debtor. */
  readonly lists: readonly string[];
  /** Column of the contract → another name that readers know. */
  readonly renamed: Readonly<Record<string, string>>;
  /** Column of the contract → a name that nobody knows. */
  readonly drifted: Readonly<Record<string, string>>;
  /** Columns that get a value of the wrong type. */
  readonly garbled: Readonly<Record<string, unknown>>;
  /** The list, its key column and the row that say 查无… where a key should stand, and the head of an answer with it. */
  readonly nothing: {
    readonly list: string;
    readonly key: string;
    readonly row: Readonly<Record<string, unknown>>;
    readonly answer: Readonly<Record<string, unknown>>;
  };
}

/** What all three call the columns of 控制反馈, which has no lists. */
export const controlDialect: Dialect = {
  lists: [],
  renamed: { BDHM: 'CXQQDH', KZZT: 'kzzt', SKJE: 'skje' },
  drifted: { KZZT: 'CLJG', SKJE: 'SJKZJE' },
  garbled: { KZZT: 1, LHXH: '首位' },
  nothing: { list: '', key: '', row: {}, answer: {} },
};

/** The banks': names as bank-side programs have them (ZHXH, ZHLB, …List). */
export const bankDialect: Dialect = {
  lists: ['ZHXX'],
  renamed: { BDHM: 'CXQQDH', ZHXX: 'zhxxList', CCXH: 'ZHXH', CCLB: 'ZHLB', DJXX: 'djxxList', YHMC: 'yhmc' },
  drifted: { KYYE: 'SJKYJE', DJXX: 'ZXCSXX' },
  garbled: { KHZH: 0, YE: true },
  nothing: {
    list: 'ZHXX',
    key: 'KHZH',
    row: { KHZH: '查无此户', YE: '', KYYE: '', BZ: '', ZHZT: '', KHRQ: '', DJXX: [] },
    answer: {},
  },
};

/** The vehicle administration's. */
export const vehicleDialect: Dialect = {
  lists: ['CLXX'],
  renamed: { BDHM: 'CXQQDH', CLXX: 'CLXXLIST', CFXX: 'CFXXLIST', DYXX: 'dyxxList', ZT: 'zt' },
  drifted: { CFXX: 'XZCSXX', ZT: 'CLZTDM' },
  garbled: { HPHM: 7, ZT: ['G'] },
  nothing: {
    list: 'CLXX',
    key: 'HPHM',
    row: { HPHM: '查无机动车登记信息' },
    answer: { RESULT: '0000', MSG: '', TS: 1 },
  },
};

const rightLists = ['FDCQ', 'TDSYQ', 'JSYDSYQ', 'HYSYQ', 'GJZWSYQ', 'LQ', 'DYAQ', 'YG', 'CFDJ'];

/** The registry's: names as real-estate programs have them (CXQQDH, …LIST, GYQK). */
export const propertyDialect: Dialect = {
  lists: rightLists,
  renamed: {
    BDHM: 'CXQQDH',
    GYFS: 'GYQK',
    ...Object.fromEntries(rightLists.map((list) => [list, `${list}LIST`])),
  },
  drifted: { DYAQ: 'DYXX', CFDJ: 'XZDJ', QLBL: 'FE' },
  garbled: { BDCDYH: 1, JZMJ: '很大' },
  nothing: {
    list: 'FDCQ',
    key: 'BDCDYH',
    row: { BDCDYH: '查无不动产登记信息', QLRXX: [] },
    answer: { RESULT: '0000', MSG: '', TS: 1 },
  },
};
