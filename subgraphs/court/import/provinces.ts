/** The province-level divisions of GB/T 2260 and beyond it, by the short name that people write. */
const full: Readonly<Record<string, string>> = {
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
};
const fullNames: ReadonlySet<string> = new Set(Object.values(full));

/** The full name of a province-level division, such as 江苏省; null for what is none. */
export function toProvince(text: string): string | null {
  return fullNames.has(text) ? text : (full[text] ?? full[text.replace(/[省市]$/, '')] ?? null);
}

function suffixed(suffix: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, name + suffix]));
}
