import { describe, expect, it } from '@jest/globals';
import { parseManifests } from '@kubedrill/kube-model';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readFolder } from '../src/folder-reader.ts';
import { exerciseJsonSchema, moduleJsonSchema } from '../src/json-schema.ts';
import { exerciseFile } from './example-module.ts';

const challenges = resolve(import.meta.dirname, '../../../challenges');

describe('JSON Schemas for authors', () => {
  it.each([
    ['exercise.schema.json', exerciseJsonSchema],
    ['module.schema.json', moduleJsonSchema],
  ])('%s is what `kubedrill content schema` prints', (file, schema) => {
    expect(JSON.parse(readFileSync(resolve(challenges, file), 'utf8'))).toEqual(schema());
  });

  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(exerciseJsonSchema());
  const definitions = [...readFolder(challenges)].filter(([path]) => path.endsWith('/exercise.yaml'));

  it.each([['the example of the tests', exerciseFile], ...definitions])('takes %s', (path, content) => {
    validate(parseManifests([{ path, content }]).documents[0]?.value);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('refuses a mistyped field', () => {
    const content = exerciseFile.replace('feedback:', 'fedback:');
    expect(validate(parseManifests([{ path: 'x', content }]).documents[0]?.value)).toBe(false);
  });
});
