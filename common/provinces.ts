/** The province-level divisions of China (GB/T 2260), by the short name that people write. */
const fullNames: ReadonlyMap<string, string> = new Map([
  ...suffixed('市', '北京 天津 上海 重庆'),
  ...suffixed(
    '省',
    '河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾',
  ),
  ...suffixed('自治区', '内蒙古 西藏'),
  ...suffixed('壮族自治区', '广西'),
  ...suffixed('回族自治区', '宁夏'),
  ...suffixed('维吾尔自治区', '新疆'),
  ...suffixed('特别行政区', '香港 澳门'),
]);

/** The full names of all province-level divisions, such as 江苏省. */
export const provinces: readonly string[] = [...fullNames.values()];

/** The full name of a province-level division, from itself or the short one; null for what is none. */
export function toProvince(text: string): string | null {
  if (provinces.includes(text)) return text;
  return fullNames.get(text) ?? fullNames.get(text.replace(/[省市]$/, '')) ?? null;
}

function suffixed(suffix: string, names: string): (readonly [short: string, full: string])[] {
  return names.split(' ').map((name) => [name, name + suffix] as const);
}
