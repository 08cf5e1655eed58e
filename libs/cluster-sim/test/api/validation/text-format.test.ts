import { describe, expect, it } from '@jest/globals';
import {
  dns1035Label,
  dns1123Label,
  dns1123Subdomain,
  fileKey,
  labelValueFormat,
  portName,
  qualifiedName,
  type TextFormat,
} from '../../../src/api/validation/text-format.ts';

const label = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`;
const key = `must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`;
const subdomain = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`;

function check(format: TextFormat, text: string, expected: readonly string[]): void {
  expect(format(text)).toEqual(expected);
}

describe('formats of texts', () => {
  it.each<[string, TextFormat, string, readonly string[]]>([
    ['label', dns1123Label, '1-web', []],
    ['label with capitals', dns1123Label, 'Web', [label]],
    ['label with dots', dns1123Label, 'a.b', ['must not contain dots']],
    ['label too long', dns1123Label, 'a'.repeat(64), ['must be no more than 63 characters']],
    ['label with a line end', dns1123Label, 'a\n', [label]],
    [
      '1035 label that starts with a digit',
      dns1035Label,
      '1a',
      [expect.stringMatching(/^a DNS-1035 label must consist/) as unknown as string],
    ],
    ['subdomain', dns1123Subdomain, 'a.b-c.d', []],
    ['subdomain with an empty part', dns1123Subdomain, 'a..b', [subdomain]],
    ['label value', labelValueFormat, '', []],
    ['label value too long counts bytes', labelValueFormat, 'a'.repeat(64), ['must be no more than 63 bytes']],
    ['key with a prefix', qualifiedName, 'example.com/My_Name', []],
    ['key without a name', qualifiedName, 'example.com/', ['name part must be non-empty', `name part ${key}`]],
    ['key without a prefix', qualifiedName, '/k', ['prefix part must be non-empty']],
    ['key with a bad prefix', qualifiedName, 'A/k', [`prefix part ${subdomain}`]],
    [
      'key with two slashes',
      qualifiedName,
      'a/b/c',
      [`a valid label key ${key} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`],
    ],
    ['port name', portName, 'http-1', []],
    [
      'port name in all ways wrong',
      portName,
      '-123456789--12345',
      [
        'must be no more than 15 characters',
        'must contain at least one letter (a-z)',
        'must not contain consecutive hyphens',
        'must not begin or end with a hyphen',
      ],
    ],
    [
      'empty port name',
      portName,
      '',
      [
        'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
        'must contain at least one letter (a-z)',
      ],
    ],
    ['file key', fileKey, 'A.b_c', []],
    ['file key that leaves the directory', fileKey, '..', ["must not be '..'"]],
    ['file key that starts as one', fileKey, '..a', ["must not start with '..'"]],
  ])('%s', (_case, format, text, expected) => check(format, text, expected));
});
