import type { Json } from '@kubedrill/kube-model';
import { binarySuffixes, decimalSuffixes } from '../../api/quantity.ts';

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
  const binary = 10 * binarySuffixes.indexOf(suffix);
  if (binary > 0) {
    const keepsText = (BigInt(digits) & 7n) !== 0n;
    return fields(signed(BigInt(digits) << BigInt(binary)), 0, keepsText ? text : '', 'BinarySI');
  }
  const scale = exponent === undefined ? (decimalSuffixes.get(suffix) ?? 0) : Number(exponent);
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
