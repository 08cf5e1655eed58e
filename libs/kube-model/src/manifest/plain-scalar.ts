/**
 * What an unquoted scalar means to kubectl, which reads YAML 1.1 through sigs.k8s.io/yaml and go-yaml v2 (resolve.go).
 * Base 60 numbers are strings there, and timestamps stay strings.
 */
export type PlainValue = string | number | boolean | null;

const WORDS: ReadonlyMap<string, PlainValue> = new Map<string, PlainValue>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(worth(true)),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(worth(false)),
  ...['~', 'null', 'Null', 'NULL'].map(worth(null)),
  ...['.nan', '.NaN', '.NAN'].map(worth(NaN)),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(worth(Infinity)),
  ...['-.inf', '-.Inf', '-.INF'].map(worth(-Infinity)),
]);

function worth(value: PlainValue): (word: string) => [string, PlainValue] {
  return (word) => [word, value];
}

type Resolver = (text: string) => PlainValue;

const word: Resolver = (text) => {
  const value = WORDS.get(text);
  return value === undefined ? text : value;
};
const fraction: Resolver = (text) => WORDS.get(text) ?? fractionWithoutInteger(text) ?? text;
const number: Resolver = (text) => decimalDigits(text) ?? WORDS.get(text) ?? goInteger(text) ?? goFloat(text) ?? text;

/** By the code of the first character; one without a resolver starts a string. */
const RESOLVERS: readonly (Resolver | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if ('yYnNtTfFoO~'.includes(character)) return word;
  if ('+-0123456789'.includes(character)) return number;
  return character === '.' ? fraction : undefined;
});

export function resolvePlain(text: string): PlainValue {
  if (text === '') return null;
  const resolver = RESOLVERS[text.charCodeAt(0)];
  return resolver === undefined ? text : resolver(text);
}

/**
 * The JSON key that a plain scalar in key position becomes (sigs.k8s.io/yaml, convertToJSONableObject), or undefined for
 * null and for integers beyond 64 bits, which it refuses as keys.
 */
export function resolvePlainKey(text: string): string | undefined {
  const value = resolvePlain(text);
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return String(value);
    case 'number':
      return numberKey(text, value);
    default:
      return undefined;
  }
}

function numberKey(text: string, value: number): string | undefined {
  if (decimalDigits(text) === undefined && goInteger(text) === undefined) return floatKey(value);
  return value < 2 ** 63 ? String(value) : undefined;
}

/** strconv.FormatFloat(value, 'g', -1, 32): the shortest digits of the 32-bit float, with an exponent from 1e+06 on. */
function floatKey(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf';
  const shortest = shortestSingle(single);
  const exponent = Number(shortest.slice(shortest.indexOf('e') + 1));
  if (exponent >= -4 && exponent < 6) return String(Number(shortest));
  const digits = shortest.slice(0, shortest.indexOf('e'));
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** The shortest exponential form that rounds to the same 32-bit float; nine digits always do. */
function shortestSingle(single: number): string {
  for (let fractionDigits = 0; fractionDigits < 8; fractionDigits++) {
    const text = single.toExponential(fractionDigits);
    if (Math.fround(Number(text)) === single) return text;
  }
  return single.toExponential(8);
}

/** The common case, without a regular expression: at most 15 digits and no leading zero. */
function decimalDigits(text: string): number | undefined {
  const length = text.length;
  if (length > 15 || (text.charCodeAt(0) === 48 && length > 1)) return undefined;
  let value = 0;
  for (let index = 0; index < length; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;

/** strconv.ParseInt and ParseUint with base 0, underscores taken out first as go-yaml does. */
function goInteger(text: string): number | undefined {
  const match = INTEGER.exec(text.replaceAll('_', ''));
  if (match === null) return undefined;
  const [, sign, hexadecimal, binary, octal, decimal] = match;
  const magnitude = magnitudeOf(hexadecimal, binary, octal, decimal);
  if (sign === '-') return magnitude <= 2 ** 63 ? 0 - magnitude : undefined;
  return magnitude < 2 ** 64 ? magnitude : undefined;
}

function magnitudeOf(hexadecimal?: string, binary?: string, octal?: string, decimal?: string): number {
  if (hexadecimal !== undefined) return Number.parseInt(hexadecimal, 16);
  if (binary !== undefined) return Number.parseInt(binary, 2);
  if (octal !== undefined) return Number.parseInt(octal, 8);
  return Number(decimal);
}

const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** go-yaml's yamlStyleFloat; a value beyond 64-bit floats stays a string. */
function goFloat(text: string): number | undefined {
  const plain = text.replaceAll('_', '');
  return FLOAT.test(plain) ? finite(Number(plain)) : undefined;
}

const FRACTION = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;

/** strconv.ParseFloat of what starts with a dot: underscores stand between digits only. */
function fractionWithoutInteger(text: string): number | undefined {
  return FRACTION.test(text) ? finite(Number(text.replaceAll('_', ''))) : undefined;
}

/** JSON has one zero: Go's encoder and decoder make 0 of -0. */
function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value + 0 : undefined;
}
