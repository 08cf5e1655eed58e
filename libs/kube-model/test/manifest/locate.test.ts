import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseManifests } from '../../src/index.ts';
import type { FieldPath, Json } from '../../src/index.ts';

const TEXT = `# two documents
---
kind: Deployment
---
kind: Service
spec:
  selector: &labels
    app: web
  template:
    <<: *labels
    tier: front
  ports:
  - port: 80
    targetPort: 8080
  - {port: 81,
name: x}
  numbers: [1,
    2]
  twice: 1
  twice:
    a: 1
`;

describe('locate', () => {
  const [, service] = parseManifests([{ path: 'web.yaml', content: TEXT }]).documents;

  it.each<[FieldPath, number, number]>([
    [[], 5, 1],
    [['kind'], 5, 1],
    [['spec', 'selector', 'app'], 8, 5],
    [['spec', 'template', 'app'], 8, 5],
    [['spec', 'template', 'tier'], 11, 5],
    [['spec', 'ports'], 12, 3],
    [['spec', 'ports', 0], 13, 5],
    [['spec', 'ports', 0, 'targetPort'], 14, 5],
    [['spec', 'ports', 1], 15, 5],
    [['spec', 'ports', 1, 'name'], 16, 1],
    [['spec', 'numbers', 1], 18, 5],
    [['spec', 'twice', 'a'], 21, 5],
    [['spec', 'ports', 0, 'nodePort'], 13, 5],
    [['spec', 'ports', 7], 12, 3],
    [['metadata', 'name'], 5, 1],
    [['__proto__', 'constructor'], 5, 1],
  ])('%j', (path, line, column) => {
    expect(service?.locate(path)).toEqual({ file: 'web.yaml', line, column });
  });

  it('answers in JSON too', () => {
    const content = '{"kind": "A"}\n{\n\t"kind": "B",\n\t"spec": {"ports": [{"port": 80}]}}\n';
    const [, second] = parseManifests([{ path: 'b.json', content }]).documents;
    expect(second?.locate(['spec', 'ports', 0, 'port'])).toEqual({ file: 'b.json', line: 4, column: 22 });
  });
});

/** Text that looks like YAML often enough to get far into the parser. */
const yamlish = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'a: ',
        'b:',
        '- ',
        '\n',
        '\n  ',
        '\n    ',
        '---\n',
        '...\n',
        '[',
        ']',
        '{',
        '}',
        ',',
        '"',
        "'",
        '|',
        '>',
      ),
      fc.constantFrom(
        '&x ',
        '*x',
        '<<: ',
        '!!int ',
        '!t ',
        '? ',
        '# c',
        '\t',
        '\r\n',
        '%Y',
        '@',
        '~',
        '0x1',
        '1e3',
        '\uFEFF',
      ),
      fc.string({ maxLength: 4 }),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

function pathsOf(value: Json | undefined, path: FieldPath = []): readonly FieldPath[] {
  if (typeof value !== 'object' || value === null) return [path];
  const steps: readonly (readonly [string | number, Json | undefined])[] = Array.isArray(value)
    ? value.map((item: Json, index) => [index, item])
    : Object.entries(value);
  return [path, ...steps.flatMap(([step, child]) => pathsOf(child, [...path, step]))];
}

describe('any text', () => {
  it('gives documents and issues, and every field stands within the file', () => {
    fc.assert(
      fc.property(yamlish, (content) => {
        const { documents, issues } = parseManifests([{ path: 'f', content }]);
        const lines = content.split('\n');
        for (const document of documents) {
          for (const path of pathsOf(document.value)) {
            const { line, column } = document.locate(path);
            expect(line).toBeGreaterThanOrEqual(1);
            expect(column).toBeGreaterThanOrEqual(1);
            expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
          }
        }
        expect(issues.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2_000, seed: 20_260_101 },
    );
  });

  it('reads JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (value) => {
        const text = JSON.stringify(value);
        const { documents, issues } = parseManifests([{ path: 'f', content: text }]);
        expect(issues).toEqual([]);
        expect(documents.map((document) => document.value)).toEqual([JSON.parse(text)]);
      }),
      { numRuns: 300, seed: 20_260_102 },
    );
  });
});
