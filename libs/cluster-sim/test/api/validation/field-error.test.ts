import { describe, expect, it } from '@jest/globals';
import * as fieldError from '../../../src/api/validation/field-error.ts';
import { goQuote } from '../../../src/api/validation/go-quote.ts';
import { root, specPath } from '../../../src/api/validation/path.ts';

describe('paths', () => {
  it('print as field.Path', () => {
    expect(specPath.child('ports').index(0).child('name').toString()).toBe('spec.ports[0].name');
    expect(root.child('metadata').child('annotations').key('a/b').toString()).toBe('metadata.annotations[a/b]');
  });
});

describe('field errors', () => {
  it.each<[fieldError.FieldError, string]>([
    [fieldError.required(specPath), 'Required value'],
    [fieldError.required(specPath, 'why'), 'Required value: why'],
    [fieldError.forbidden(specPath, 'why'), 'Forbidden: why'],
    [fieldError.invalid(specPath, 'a"b\n', 'why'), 'Invalid value: "a\\"b\\n": why'],
    [fieldError.invalid(specPath, -1, 'why'), 'Invalid value: -1: why'],
    [fieldError.invalid(specPath, ['<a>'], 'why'), 'Invalid value: ["\\u003ca\\u003e"]: why'],
    [fieldError.invalid(specPath, { b: 1, a: undefined }, 'why'), 'Invalid value: {"a":null,"b":1}: why'],
    [fieldError.invalid(specPath, undefined, 'why'), 'Invalid value: null: why'],
    [fieldError.duplicate(specPath, 'x'), 'Duplicate value: "x"'],
    [fieldError.notSupported(specPath, 'x', ['A', 'B']), 'Unsupported value: "x": supported values: "A", "B"'],
    [fieldError.notSupported(specPath, '<x>\v', []), 'Unsupported value: "\\u003cx\\u003e\\u000b"'],
    [fieldError.notSupportedText(specPath, '<x>\v', []), 'Unsupported value: "<x>\\v"'],
    [fieldError.tooLong(specPath, 63), 'Too long: may not be more than 63 bytes'],
    [fieldError.tooLongCharacters(specPath, 1), 'Too long: may not be more than 1 character'],
    [fieldError.tooMany(specPath, 3, 2), 'Too many: 3: must have at most 2 items'],
    [fieldError.notFound(specPath, 'x'), 'Not found: "x"'],
  ])('%#', (error, body) => {
    expect(error).toMatchObject({ field: 'spec', body });
  });
});

describe('goQuote', () => {
  it.each([
    ['plain text', '"plain text"'],
    ['tab\tbell\u0007', '"tab\\tbell\\a"'],
    ['\u0001\u007f', '"\\x01\\x7f"'],
    ['ä €', '"ä €"'],
    ['😀', '"😀"'],
    ['\u200f\u00a0', '"\\u200f\\u00a0"'],
    ['\\', '"\\\\"'],
  ])('%j', (text, quoted) => {
    expect(goQuote(text)).toBe(quoted);
  });
});
