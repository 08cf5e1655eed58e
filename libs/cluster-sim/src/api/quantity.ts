/**
 * resource.Quantity (apimachinery/pkg/api/resource/quantity.go): an amount with a decimal (m, k, M ...), binary (Ki, Mi ...) or
 * exponent (e3) suffix, exact to a billionth.
 */
export interface Quantity {
  readonly nano: bigint;
  readonly format: 'DecimalSI' | 'BinarySI' | 'DecimalExponent';
  /** As the API server writes it back. */
  readonly text: string;
}

export type QuantityResult =
  { readonly ok: true; readonly quantity: Quantity } | { readonly ok: false; readonly message: string };

const wrongFormat = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const wrongSuffix = "unable to parse quantity's suffix";

const shape = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/;

const nanoPerUnit = 1_000_000_000n;
/** Powers of ten. */
export const decimalSuffixes: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const decimalSuffixOf = new Map([...decimalSuffixes].map(([suffix, exponent]) => [exponent, suffix]));
/** Powers of 1024, by their place. */
export const binarySuffixes: readonly string[] = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** No amount that Kubernetes keeps needs more; longer ones are capped, or round up to the smallest amount. */
const maxExponent = 40;
const maxDigits = 64;
const maxBinaryNano = (2n ** 63n - 1n) * nanoPerUnit;

const parsed = new Map<string, QuantityResult>();
const maxRemembered = 512;

export function parseQuantity(text: string): QuantityResult {
  const known = parsed.get(text);
  if (known) return known;
  const result = parse(text.trim());
  if (parsed.size < maxRemembered && text.length <= maxDigits) parsed.set(text, result);
  return result;
}

function parse(text: string): QuantityResult {
  const match = text === '' ? null : shape.exec(text);
  if (!match || text.length > 2 * maxDigits) return { ok: false, message: wrongFormat };
  const [, sign = '', digits = '', fraction = '', suffix = ''] = match;
  const scale = interpretSuffix(suffix);
  if (!scale) return { ok: false, message: wrongSuffix };
  const number = digits.replace(/^0+/, '') || '0';
  const magnitude = toNano(BigInt(number + fraction), fraction.length, scale);
  const nano = sign === '-' ? -magnitude : magnitude;
  const format = scale.format === 'BinarySI' && magnitude > 0n && magnitude < nanoPerUnit ? 'DecimalSI' : scale.format;
  const canonical =
    nano === 0n ? '0' : isWrittenCanonically(number, fraction, scale) ? text : canonicalText(nano, format);
  return { ok: true, quantity: { nano, format, text: canonical } };
}

interface SuffixScale {
  readonly base: 2n | 10n;
  readonly exponent: number;
  readonly format: Quantity['format'];
}

function interpretSuffix(suffix: string): SuffixScale | undefined {
  const decimal = decimalSuffixes.get(suffix);
  if (decimal !== undefined) return { base: 10n, exponent: decimal, format: 'DecimalSI' };
  const binary = binarySuffixes.indexOf(suffix);
  if (binary > 0) return { base: 2n, exponent: 10 * binary, format: 'BinarySI' };
  const exponent = /^[eE][-+]?[0-9]+$/.test(suffix) ? Number(suffix.slice(1)) : NaN;
  if (Number.isNaN(exponent)) return undefined;
  return { base: 10n, exponent: Math.max(-maxExponent, Math.min(maxExponent, exponent)), format: 'DecimalExponent' };
}

/** Amounts below a billionth round up: whoever asks for some gets some. */
function toNano(value: bigint, fractionDigits: number, scale: SuffixScale): bigint {
  if (scale.base === 2n) {
    const nano = divideUp(value * 2n ** BigInt(scale.exponent) * nanoPerUnit, 10n ** BigInt(fractionDigits));
    return nano > maxBinaryNano ? maxBinaryNano : nano;
  }
  const exponent = scale.exponent - fractionDigits + 9;
  return exponent >= 0 ? value * 10n ** BigInt(exponent) : divideUp(value, 10n ** BigInt(-exponent));
}

function divideUp(value: bigint, divisor: bigint): bigint {
  return (value + divisor - 1n) / divisor;
}

/** ParseQuantity keeps the text that it was given where that seems to be the canonical one; "1.500" is such a text. */
function isWrittenCanonically(number: string, fraction: string, scale: SuffixScale): boolean {
  if (scale.base === 2n) {
    const precision = 15 - number.length - Math.trunc((scale.exponent * 3) / 10) - 1;
    return fraction === '' && precision >= 0 && (BigInt(number) & 7n) !== 0n;
  }
  const shifted = number + fraction;
  const exponent = scale.exponent - fraction.length;
  return (
    shifted.length <= 18 && exponent >= -9 && exponent % 3 === 0 && !shifted.endsWith('000') && !shifted.startsWith('0')
  );
}

function canonicalText(nano: bigint, format: Quantity['format']): string {
  const magnitude = nano < 0n ? -nano : nano;
  const isWhole = magnitude % nanoPerUnit === 0n;
  const sign = nano < 0n ? '-' : '';
  if (format === 'BinarySI' && isWhole && magnitude >= 1024n * nanoPerUnit)
    return sign + binaryText(magnitude / nanoPerUnit);
  return sign + decimalText(magnitude, format === 'DecimalExponent');
}

function binaryText(units: bigint): string {
  let [mantissa, power] = [units, 0];
  while (mantissa % 1024n === 0n && power < binarySuffixes.length - 1)
    [mantissa, power] = [mantissa / 1024n, power + 1];
  return `${mantissa}${binarySuffixes[power]}`;
}

function decimalText(nano: bigint, withExponent: boolean): string {
  let [mantissa, exponent] = [nano, -9];
  while (mantissa % 1000n === 0n && (withExponent || exponent < 18))
    [mantissa, exponent] = [mantissa / 1000n, exponent + 3];
  if (exponent === 0) return `${mantissa}`;
  return withExponent ? `${mantissa}e${exponent}` : `${mantissa}${decimalSuffixOf.get(exponent) ?? ''}`;
}

/** Quantity.Add: written in the form of the first, but for a first of nothing. */
export function plus(quantity: Quantity, other: Quantity): Quantity {
  const nano = quantity.nano + other.nano;
  const { format } = quantity.nano === 0n ? other : quantity;
  return { nano, format, text: nano === 0n ? '0' : canonicalText(nano, format) };
}

/** SetDefaults_ResourceList: amounts of resources are whole thousandths. */
export function roundUpToMilli(quantity: Quantity): Quantity {
  const milli = nanoPerUnit / 1000n;
  if (quantity.nano % milli === 0n) return quantity;
  const nano = (quantity.nano > 0n ? divideUp(quantity.nano, milli) : -divideUp(-quantity.nano, milli)) * milli;
  return { nano, format: quantity.format, text: canonicalText(nano, quantity.format) };
}

/** Quantity.Cmp. */
export function compareQuantities(left: Quantity, right: Quantity): number {
  return left.nano < right.nano ? -1 : left.nano > right.nano ? 1 : 0;
}

/** NewQuantity of a quantity's Value: whole units, in another form. */
export function quantityInFormat({ nano }: Quantity, format: Quantity['format']): Quantity {
  const whole = divideUp(nano, nanoPerUnit) * nanoPerUnit;
  return { nano: whole, format, text: whole === 0n ? '0' : canonicalText(whole, format) };
}

export function isWholeNumber(quantity: Quantity): boolean {
  return quantity.nano % nanoPerUnit === 0n;
}
