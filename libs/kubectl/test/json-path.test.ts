import { describe, expect, it } from '@jest/globals';
import { evaluateJsonPath } from '../src/json-path.ts';

const data = {
  kind: 'List',
  items: [
    { metadata: { name: 'a', labels: { 'x.io/y': 'deep' } }, port: 80 },
    { metadata: { name: 'b' }, port: 443 },
    { metadata: { name: 'c' }, port: 8080 },
  ],
};

const plain = { allowMissing: true, asJson: false };

/** Forms of client-go/util/jsonpath/jsonpath_test.go. */
const cases: readonly (readonly [template: string, text: string])[] = [
  ['kind is {.kind}', 'kind is List'],
  ['{$.kind}', 'List'],
  ['{.items[*].metadata.name}', 'a b c'],
  ['{.items[0].metadata.name}', 'a'],
  ['{.items[-1].metadata.name}', 'c'],
  ['{.items[0:2].metadata.name}', 'a b'],
  ['{.items[*].missing}', ''],
  ["{.items[0].metadata.labels['x\\.io/y']}", 'deep'],
  ['{.items[0].metadata.labels.x\\.io/y}', 'deep'],
  ['{.items[?(@.port>100)].metadata.name}', 'b c'],
  ['{.items[?(@.metadata.name=="b")].port}', '443'],
  ['{.items[?(@.metadata.labels)].port}', '80'],
  ['{range .items[*]}{.metadata.name}:{.port}{"\\n"}{end}', 'a:80\nb:443\nc:8080\n'],
  ['{..name}', 'a b c'],
  ['{.items[0]}', '{"metadata":{"labels":{"x.io/y":"deep"},"name":"a"},"port":80}'],
];

describe('jsonpath', () => {
  it.each(cases)('%s', (template, text) => {
    expect(evaluateJsonPath(template, data, plain)).toBe(text);
  });
});

/** client-go/util/jsonpath: parser.go and jsonpath.go. */
const refusals: readonly (readonly [template: string, message: string])[] = [
  ['{.items', 'unclosed action'],
  ['{.items[0}', 'unterminated array'],
  ['{.items[x]}', 'invalid array index x'],
  ['{.items[9]}', 'array index out of bounds: index 9, length 3'],
  ['{.kind[0]}', 'string is not array or slice'],
  ['{.items[?(@.port=="80")].port}', 'incompatible types for comparison'],
  ['{|x}', "unrecognized character in action: U+007C '|'"],
  ['{end}', 'not in range, nothing to end'],
  ['{nope}', 'unrecognized identifier nope'],
];

describe('jsonpath that is refused', () => {
  it.each(refusals)('%s', (template, message) => {
    expect(() => evaluateJsonPath(template, data, plain)).toThrow(message);
  });

  it('asks for every key where told to', () => {
    expect(() => evaluateJsonPath('{.kind.x}', data, { ...plain, allowMissing: false })).toThrow('x is not found');
  });
});
