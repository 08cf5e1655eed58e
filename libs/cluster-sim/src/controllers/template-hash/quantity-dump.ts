import type { Json } from '@kubedrill/kube-model';

const decimalExponents: ReadonlyMap<string, number> = new Map([
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
const binaryExponents: ReadonlyMap<string, number> = new Map([
  ['Ki', 10],
  ['Mi', 20],
  ['Gi', 30],
  ['Ti', 40],
  ['Pi', 50],
  ['Ei', 60],
]);
const shape = /^([+-]?)(\d+)((?:[KMGTPE]i)|[numkMGTPE]?)(?:e(\d+))?$/;

/**
 * resource.Quantity as Go holds it after parsing the canonical text that the API server stores (ParseQuantity's fast path in
 * apimachinery/pkg/api/resource/quantity.go): value and scale, and the text where Go keeps it.
 */
export function dumpQuantity(json: Json | undefined): string {
  const text = typeof json === 'number' ? String(json) : typeof json === 'string' ? json : '';
  const match = shape.exec(text);
  if (text === '0' || !match) return fields('0', 0, text, text === '' ? '' : 'DecimalSI');
  const [, sign = '', digits = '', suffix = '', exponent] = match;
  const signed = (value: bigint): string => String(sign === '-' ? -value : value);
  const binary = binaryExponents.get(suffix);
  if (binary !== undefined) {
    const keepsText = (BigInt(digits) & 7n) !== 0n;
    return fields(signed(BigInt(digits) << BigInt(binary)), 0, keepsText ? text : '', 'BinarySI');
  }
  const scale = exponent === undefined ? (decimalExponents.get(suffix) ?? 0) : Number(exponent);
  const keepsText = scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');
  return fields(
    signed(BigInt(digits)),
    scale,
    keepsText ? text : '',
    exponent === undefined ? 'DecimalSI' : 'DecimalExponent',
  );
}

function fields(value: string, scale: number, text: string, format: string): string {
  return (
    `{i:(resource.int64Amount){value:(int64)${value} scale:(resource.Scale)${scale}} ` +
    `d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)${text} Format:(resource.Format)${format}}`
  );
}
