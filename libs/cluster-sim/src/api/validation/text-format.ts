/**
 * Formats of names, labels and other texts. Each validator returns what is wrong, in Kubernetes' words; nothing when the text
 * is right. Sources: apimachinery/pkg/util/validation/validation.go and pkg/api/validate/content.
 */
export type TextFormat = (text: string) => readonly string[];

const right: readonly string[] = [];

const labelPattern = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const label1035Pattern = '[a-z]([-a-z0-9]*[a-z0-9])?';
const subdomainPattern = `${labelPattern}(\\.${labelPattern})*`;
const labelKeyPattern = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const labelValuePattern = `(${labelKeyPattern})?`;
const wildcardPattern = `\\*\\.${subdomainPattern}`;

const label = whole(labelPattern);
const label1035 = whole(label1035Pattern);
const subdomain = whole(subdomainPattern);
const labelKeyName = whole(labelKeyPattern);
const labelValue = whole(labelValuePattern);
const wildcard = whole(wildcardPattern);
const percent = /^[0-9]+%$/;
const configMapKey = /^[-._a-zA-Z0-9]+$/;
const httpHeaderName = /^[-A-Za-z0-9]+$/;
const printableAscii = /^[ -<>-~]*$/;

/** JavaScript's `$` without the m flag only matches at the end, as Go's does. */
function whole(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`);
}

export function regexError(message: string, pattern: string, ...examples: readonly string[]): string {
  if (examples.length === 0) return `${message} (regex used for validation is '${pattern}')`;
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${message} (e.g. ${shown}regex used for validation is '${pattern}')`;
}

/** Kubernetes counts bytes in both, but calls them characters in pkg/util/validation and bytes in pkg/api/validate/content. */
type LengthUnit = 'characters' | 'bytes';

export function maxLengthError(length: number, unit: LengthUnit = 'characters'): string {
  return `must be no more than ${length} ${unit}`;
}

const emptyError = 'must be non-empty';

export function rangeError(from: number, to: number): string {
  return `must be between ${from} and ${to}, inclusive`;
}

/** Length in UTF-8, as Go's len. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0x80) bytes += code >= 0x800 && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

export const dns1123Label: TextFormat = (text) => {
  if (text.length <= 63 && label.test(text)) return right;
  const errors = byteLength(text) > 63 ? [maxLengthError(63)] : [];
  if (label.test(text)) return errors;
  const isSubdomain = subdomain.test(text);
  const words =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
  errors.push(isSubdomain ? 'must not contain dots' : regexError(words, labelPattern, 'my-name', '123-abc'));
  return errors;
};

/** A text of bounded length that a pattern describes. */
function described(
  pattern: RegExp,
  max: number,
  unit: LengthUnit,
  words: string,
  examples: readonly string[],
): TextFormat {
  const shown = pattern.source.slice(1, -1);
  const mismatch = regexError(words, shown, ...examples);
  return (text) => {
    const matches = pattern.test(text);
    if (matches && text.length <= max) return right;
    const errors = byteLength(text) > max ? [maxLengthError(max, unit)] : [];
    if (!matches) errors.push(mismatch);
    return errors;
  };
}

const subdomainWords =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";

export const dns1123Subdomain = described(subdomain, 253, 'characters', subdomainWords, ['example.com']);

const keyPrefix = described(subdomain, 253, 'bytes', subdomainWords, ['example.com']);

export const dns1035Label = described(
  label1035,
  63,
  'characters',
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  ['my-name', 'abc-123'],
);

export const wildcardDns1123Subdomain = described(
  wildcard,
  253,
  'characters',
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
  ['*.example.com'],
);

export const labelValueFormat = described(
  labelValue,
  63,
  'bytes',
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  ['MyValue', 'my_value', '12345'],
);

const labelKeyWords =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const labelKeyError = regexError(labelKeyWords, labelKeyPattern, 'MyName', 'my.name', '123-abc');

/** Label keys, annotation keys, finalizers, resource names: an optional DNS subdomain and '/', then a name. */
export const qualifiedName: TextFormat = (text) => {
  const slash = text.indexOf('/');
  if (slash < 0) return text.length <= 63 && labelKeyName.test(text) ? right : qualifiedNamePart(text);
  if (text.includes('/', slash + 1))
    return [
      `a valid label key ${labelKeyError} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  const prefix = text.slice(0, slash);
  const errors =
    prefix === '' ? [`prefix part ${emptyError}`] : keyPrefix(prefix).map((message) => `prefix part ${message}`);
  return [...errors, ...qualifiedNamePart(text.slice(slash + 1))];
};

function qualifiedNamePart(name: string): readonly string[] {
  const errors: string[] = [];
  if (name === '') errors.push(`name part ${emptyError}`);
  else if (byteLength(name) > 63) errors.push(`name part ${maxLengthError(63, 'bytes')}`);
  if (!labelKeyName.test(name)) errors.push(`name part ${labelKeyError}`);
  return errors;
}

/** IANA service names: container ports, named target ports. */
export const portName: TextFormat = (text) => {
  const errors: string[] = [];
  if (byteLength(text) > 15) errors.push(maxLengthError(15));
  if (!/^[-a-z0-9]+$/.test(text)) errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(text)) errors.push('must contain at least one letter (a-z)');
  if (text.includes('--')) errors.push('must not contain consecutive hyphens');
  if (text.startsWith('-') || text.endsWith('-')) errors.push('must not begin or end with a hyphen');
  return errors;
};

/** Keys of ConfigMaps and Secrets: names of files. */
export const fileKey: TextFormat = (text) => {
  const errors: string[] = [];
  if (byteLength(text) > 253) errors.push(maxLengthError(253));
  if (!configMapKey.test(text))
    errors.push(
      regexError(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        '[-._a-zA-Z0-9]+',
        'key.name',
        'KEY_NAME',
        'key-name',
      ),
    );
  return [...errors, ...directoryPrefix(text)];
};

function directoryPrefix(text: string): readonly string[] {
  if (text === '.') return [`must not be '.'`];
  if (text === '..') return [`must not be '..'`];
  return text.startsWith('..') ? [`must not start with '..'`] : right;
}

/** What environment variables had to keep to before, and still do in kubectl's files of them. */
export const environmentVariableName: TextFormat = (text) => [
  ...(/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(text)
    ? right
    : [
        regexError(
          "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
          '[-._a-zA-Z][-._a-zA-Z0-9]*',
          'my.env-name',
          'MY_ENV.NAME',
          'MyEnvName1',
        ),
      ]),
  ...directoryPrefix(text),
];

/** What environment variables of containers have to keep to since the names were relaxed. */
export const relaxedEnvironmentVariableName: TextFormat = (text) => {
  const errors = text === '' ? [`environment variable name ${emptyError}`] : [];
  if (!printableAscii.test(text))
    errors.push("a valid environment variable name must consist only of printable ASCII characters other than '='");
  return errors;
};

export const percentFormat: TextFormat = (text) =>
  percent.test(text)
    ? right
    : [regexError("a valid percent string must be a numeric string followed by an ending '%'", '[0-9]+%', '1%', '93%')];

export const httpHeaderNameFormat: TextFormat = (text) =>
  httpHeaderName.test(text)
    ? right
    : [
        regexError(
          "a valid HTTP header must consist of alphanumeric characters or '-'",
          '[-A-Za-z0-9]+',
          'X-Header-Name',
        ),
      ];

export function portNumber(port: number): readonly string[] {
  return port >= 1 && port <= 65535 ? right : [rangeError(1, 65535)];
}
