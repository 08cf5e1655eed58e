import { describe, expect, it } from '@jest/globals';
import { parseManifests } from '../../src/index.ts';
import type { ManifestIssueCode } from '../../src/index.ts';

interface Expected {
  readonly code: ManifestIssueCode;
  readonly text: string;
  readonly at?: readonly [line: number, column: number];
  /** Documents that are read before the fault. */
  readonly documents?: number;
}

function expectIssue(content: string, { code, text, at, documents = 0 }: Expected): void {
  const parsed = parseManifests([{ path: 'a.yaml', content }]);
  const place = at === undefined ? {} : { line: at[0], column: at[1] };
  expect(parsed.issues).toEqual([
    expect.objectContaining({ code, file: 'a.yaml', message: expect.stringContaining(text), ...place }),
  ]);
  expect(parsed.documents).toHaveLength(documents);
}

describe('what go-yaml refuses, in its words, with the place and a way to mend it', () => {
  it.each<[string, string, Expected]>([
    [
      'a tab in the indentation',
      'kind: Service\nmetadata:\n\tname: web\n',
      {
        code: 'syntax',
        text: 'yaml: line 3: found character that cannot start any token (column 1: indent with spaces',
        at: [3, 1],
      },
    ],
    ['a line of a tab', 'a: 1\n\t\nb: 2\n', { code: 'syntax', text: 'cannot start any token', at: [2, 1] }],
    ['a tab behind a dash', 'a:\n-\tx\n', { code: 'syntax', text: 'cannot start any token', at: [2, 2] }],
    ['a missing colon', 'a: 1\nkind Service\nb:\n  c: 1\n', { code: 'syntax', text: "could not find expected ':'" }],
    [
      'a missing colon on the first line',
      'kind Service\nb:\n  c: 1\n',
      { code: 'syntax', text: "could not find expected ':'" },
    ],
    [
      'an open bracket',
      'a: 1\nb: {c: [1, 2\n',
      { code: 'syntax', text: "did not find expected ',' or ']'", at: [2, 12] },
    ],
    ['open quotes', 'a: "x\n', { code: 'syntax', text: 'found unexpected end of stream', at: [1, 5] }],
    ['a colon in a value', 'a: b: c\n', { code: 'syntax', text: 'needs quotes', at: [1, 5] }],
    [
      'fields in two columns',
      'spec:\n  a: 1\n b: 2\n',
      { code: 'syntax', text: 'did not find expected key', at: [3, 2] },
    ],
    ['a list behind its key', 'a: - b\n', { code: 'syntax', text: 'did not find', at: [1, 4] }],
    ['no space behind a colon', '"a":b\n', { code: 'syntax', text: 'put a space behind the colon' }],
    [
      'text behind a bar',
      'a: | text\n',
      { code: 'syntax', text: 'did not find expected comment or line break', at: [1, 6] },
    ],
    ['a reserved sign', 'a: @b\n', { code: 'syntax', text: 'line 1', at: [1, 4] }],
    [
      'an unquoted wildcard',
      'host: *.example.com\n',
      { code: 'syntax', text: 'starts with * needs quotes', at: [1, 7] },
    ],
    ['a Helm template', 'a: {{ .Values.b }}\n', { code: 'syntax', text: 'invalid map key', at: [1, 5] }],
    ['a null key', '~: 1\n', { code: 'syntax', text: 'invalid map key' }],
    ['a recursive anchor', 'a: &a [*a]\n', { code: 'syntax', text: "anchor 'a' value contains itself", at: [1, 8] }],
    ['a merge of a scalar', 'a: &a 1\nb: {<<: *a}\n', { code: 'syntax', text: 'map merge requires map' }],
    ['a number that JSON lacks', 'a: .nan\n', { code: 'syntax', text: 'json: unsupported value: NaN', at: [1, 4] }],
    ['a tag that does not fit', 'a: !!int b\n', { code: 'syntax', text: 'cannot decode !!str `b` as a !!int' }],
    ['binary that is none', 'a: !!binary "?"\n', { code: 'syntax', text: 'invalid base64' }],
    ['a control character', 'a: 1\nb: "\u0007"\n', { code: 'syntax', text: 'U+0007', at: [2, 5] }],
    [
      'text behind a separator',
      'a: 1\n--- b: 2\n',
      { code: 'syntax', text: 'invalid Yaml document separator: b: 2', at: [2, 1] },
    ],
    [
      'the second document',
      'a: 1\n---\nb: [\n---\nc: 1\n',
      { code: 'syntax', text: 'line 3', documents: 1, at: [3, 4] },
    ],
    ['JSON that breaks off', '{"a":1}{"b":2}{"c":', { code: 'syntax', text: 'invalid JSON', documents: 2 }],
    ['a list', '# x\n- a\n', { code: 'notAnObject', text: 'json: cannot unmarshal array', at: [2, 1] }],
    ['a word', 'hello\n', { code: 'notAnObject', text: 'json: cannot unmarshal string', at: [1, 1] }],
    [
      'a number behind a document',
      'a: 1\n---\n42\n',
      { code: 'notAnObject', text: 'unmarshal number', documents: 1, at: [3, 1] },
    ],
    ['NUL bytes', 'a: \0\n', { code: 'notText', text: 'UTF-8' }],
    ['half a surrogate pair', 'a: \uD83D\n', { code: 'notText', text: 'UTF-8' }],
  ])('%s', (_, content, expected) => {
    expectIssue(content, expected);
  });
});

describe('bounds', () => {
  const levels = 'abcdefgh';
  const bomb = [...levels].map((name, index) => {
    const item = index === 0 ? 'x' : `*${levels.charAt(index - 1)}`;
    return `${name}: &${name} [${Array.from({ length: 9 }, () => item).join(', ')}]\n`;
  });
  const chain = Array.from(
    { length: 500 },
    (_, index) => `a${index}: &a${index} {b: ${index === 0 ? 1 : `*a${index - 1}`}}\n`,
  );

  it.each<[string, string, Expected]>([
    ['an alias bomb', bomb.join(''), { code: 'tooManyAliases', text: 'document contains excessive aliasing' }],
    ['a chain of aliases', chain.join(''), { code: 'tooDeep', text: 'nested deeper than 100 levels' }],
    ['deep lists', `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}`, { code: 'tooDeep', text: 'nested' }],
    ['deep JSON', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, { code: 'tooDeep', text: 'nested' }],
    [
      'deep blocks',
      Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''),
      { code: 'tooDeep', text: 'nested' },
    ],
    ['many nodes', `a: [${'1,'.repeat(250_000)}]`, { code: 'tooManyNodes', text: 'more than 200000' }],
    [
      'many documents',
      'a: 1\n---\n'.repeat(5_000),
      { code: 'tooManyDocuments', text: 'more than 1000', documents: 1_000 },
    ],
    ['many empty documents', '---\n'.repeat(5_000), { code: 'tooManyDocuments', text: 'more than 1000' }],
    ['a large file', 'a'.repeat(10 * 1024 * 1024), { code: 'tooLarge', text: '10485760 characters' }],
  ])('%s', (_, content, expected) => {
    expectIssue(content, expected);
  });

  it("are the caller's to set, and count over all files", () => {
    const files = ['a', 'b', 'c'].map((path) => ({ path, content: 'a: 1\n' }));
    const { documents, issues } = parseManifests(files, { documents: 2 });
    expect(documents.map(({ file }) => file)).toEqual(['a', 'b']);
    expect(issues).toEqual([expect.objectContaining({ code: 'tooManyDocuments', file: 'c' })]);
  });

  it('takes 100 levels', () => {
    const { issues } = parseManifests([{ path: 'a', content: `a: ${'['.repeat(99)}${']'.repeat(99)}` }]);
    expect(issues).toEqual([]);
  });
});
