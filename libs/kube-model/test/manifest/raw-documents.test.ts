import { describe, expect, it } from '@jest/globals';
import { readRawDocuments } from '../../src/manifest/raw-documents.ts';

interface FaultyText {
  readonly text: string;
  readonly reason: string;
  readonly line?: number;
}

/** What kubectl v1.36 says of each, behind "error converting YAML to JSON: yaml: ". */
const faulty: readonly FaultyText[] = [
  { text: 'a: 1\n b: 2\n', reason: 'mapping values are not allowed in this context', line: 2 },
  { text: 'a:\n  b:\n    c: 1\n   d: 2\n', reason: 'did not find expected key', line: 3 },
  {
    text: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: x\n  labels:\n    a: b\n   c: d\nspec:\n  x: y\n',
    reason: 'did not find expected key',
    line: 6,
  },
  { text: 'a: b: c\n', reason: 'mapping values are not allowed in this context' },
  {
    text: 'apiVersion: v1\nkind: Service\nmetadata: name: x\n',
    reason: 'mapping values are not allowed in this context',
    line: 3,
  },
  { text: 'apiVersion: v1\nkind Service\nmetadata:\n  name: x\n', reason: "could not find expected ':'", line: 3 },
  { text: 'apiVersion: v1\nkind: "Service\nmetadata:\n  name: x\n', reason: 'found unexpected end of stream', line: 5 },
  {
    text: 'apiVersion: v1\nspec:\n  ports: [{port: 80]\n  x: y\n',
    reason: "did not find expected ',' or '}'",
    line: 2,
  },
  {
    text: 'apiVersion: v1\nspec:\n  ports: [{port: 80}\n  x: y\n',
    reason: "did not find expected ',' or ']'",
    line: 3,
  },
  { text: 'apiVersion: v1\nspec:\n  a: {b: c\n  x: y\n', reason: "did not find expected ',' or '}'", line: 3 },
  { text: 'apiVersion: v1\nspec:\n  - a\n  b: c\n', reason: "did not find expected '-' indicator", line: 3 },
  {
    text: 'apiVersion: v1\nspec:\n  ports:\n  - port: 80\n   targetPort: 8080\n',
    reason: 'did not find expected key',
    line: 4,
  },
  {
    text: 'apiVersion: v1\nspec:\n  ports:\n  - port: 80\n    targetPort: 8080\n  selector: {a: b}\n   x: y\n',
    reason: 'did not find expected key',
    line: 6,
  },
  {
    text: 'apiVersion: v1\nkind: Service\nmetadata:\n\tname: tab\n',
    reason: 'found character that cannot start any token',
    line: 4,
  },
  {
    text: 'apiVersion: v1\nkind: Service\nmetadata:\n  name:\tx\n\tfoo: y\n',
    reason: 'found a tab character that violates indentation',
    line: 5,
  },
  { text: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: *x\n', reason: "unknown anchor 'x' referenced" },
  { text: 'apiVersion: v1\nkind: @foo\n', reason: 'found character that cannot start any token', line: 2 },
  { text: 'apiVersion: v1\nkind: %foo\n', reason: 'found character that cannot start any token', line: 2 },
  { text: 'apiVersion: v1\nkind: `foo\n', reason: 'found character that cannot start any token', line: 2 },
  {
    text: '{"apiVersion": "v1"\n"kind": "x"}\n',
    reason: "json: offset 21: invalid character '\"' after object key:value pair",
  },
  { text: "apiVersion: v1\nkind: 'x\n", reason: 'found unexpected end of stream', line: 3 },
  {
    text: 'spec:\n  template:\n    spec:\n      containers:\n      - name: a\n        image: b\n       ports: []\n',
    reason: 'did not find expected key',
    line: 6,
  },
  {
    text: 'spec:\n  template:\n    spec:\n      containers:\n      - name: a\n         image: b\n',
    reason: 'mapping values are not allowed in this context',
    line: 6,
  },
  { text: '- a\n- b\nc: d\n', reason: "did not find expected '-' indicator", line: 2 },
  { text: 'a: |\n  x\n y\nb: c\n', reason: 'did not find expected key', line: 2 },
  { text: 'a: !!int x\n', reason: 'cannot decode !!str `x` as a !!int' },
  { text: 'a: b\n--- foo\nc: d\n', reason: 'invalid Yaml document separator: foo' },
  { text: 'a: [1, 2\n', reason: "did not find expected ',' or ']'", line: 1 },
  { text: 'a: "\\q"\n', reason: 'found unknown escape character' },
  {
    text: 'metadata:\n  name: web\n   labels:\n    app: web\n',
    reason: 'mapping values are not allowed in this context',
    line: 3,
  },
  {
    text: 'metadata:\nname: web\n  labels:\n    app: web\n',
    reason: 'mapping values are not allowed in this context',
    line: 3,
  },
  { text: 'spec:\n  selector\n    app: web\n', reason: 'mapping values are not allowed in this context', line: 3 },
  { text: 'spec:\n  selector:\n  app: web\n  ports\n', reason: "could not find expected ':'", line: 5 },
];

describe('readRawDocuments', () => {
  it.each(faulty)('names the fault of $text', ({ text, reason, line }) => {
    expect(readRawDocuments(text).problem).toEqual({ code: 'syntax', reason, ...(line === undefined ? {} : { line }) });
  });

  it('gives the documents before a fault, whatever kind of JSON they are', () => {
    const { values, problem } = readRawDocuments('- 1\n---\nhello\n---\nnull\n---\na: [1\n');
    expect(values).toEqual([[1], 'hello']);
    expect(problem).toEqual({ code: 'syntax', reason: "did not find expected ',' or ']'", line: 1 });
  });
});
