import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonSyntaxError } from '../../../src/api/schema/json-syntax.ts';

const end = 'unexpected end of JSON input';

/** The words of encoding/json's scanner.go. */
it.each<[string, string | undefined]>([
  ['{"a": [1, -0.5e+3, true, null, "\\u00e9"], "b": {}} ', undefined],
  ['', end],
  ['{', end],
  ['{"a":', end],
  ['[1,', end],
  ['"a', end],
  ['tru', end],
  ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b"}', "invalid character '\"' after object key:value pair"],
  ['[1 2]', "invalid character '2' after array element"],
  ['[1,]', "invalid character ']' looking for beginning of value"],
  ['{}x', "invalid character 'x' after top-level value"],
  ["'a'", "invalid character '\\'' looking for beginning of value"],
  ['"a\nb"', "invalid character '\\n' in string literal"],
  ['"\\x"', "invalid character 'x' in string escape code"],
  ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape"],
  ['-a', "invalid character 'a' in numeric literal"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
  ['1ex', "invalid character 'x' in exponent of numeric literal"],
  ['01', "invalid character '1' after top-level value"],
  ['trux', "invalid character 'x' in literal true (expecting 'e')"],
  ['['.repeat(10_001), 'exceeded max depth'],
])('%j', (text, expected) => {
  expect(jsonSyntaxError(text)).toBe(expected);
});

it('takes and refuses the same texts as JSON.parse', () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const mangled = fc
    .tuple(fc.json(), fc.nat(40), fc.constantFrom('', ',', '}', ']', '"', '\\', '0', '.', 'e', ':', '{', ' '))
    .map(([text, at, replacement]) => text.slice(0, at) + replacement + text.slice(at + 1));
  fc.assert(
    fc.property(fc.oneof(fc.json(), mangled, fc.string()), (text) => {
      expect(jsonSyntaxError(text) === undefined).toBe(isJson(text));
    }),
    { numRuns: 2000 },
  );
});
