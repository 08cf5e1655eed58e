import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject, Kind } from '@kubedrill/kube-model';
import { TestServer } from '../api-server-fixture.ts';

/** What a real API server v1.36.2 answered to the creation of these objects. */
interface RecordedObject {
  readonly name: string;
  readonly manifest: JsonObject & { readonly kind: Kind };
  readonly code: number;
  readonly message?: string;
  readonly fields?: readonly string[];
  readonly stored?: JsonObject;
  readonly warnings?: readonly string[];
}

const file = path.join(import.meta.dirname, 'recorded-objects.json');
const rows = JSON.parse(readFileSync(file, 'utf8')) as readonly RecordedObject[];

describe('recorded objects', () => {
  it.each(rows.map((row) => [row.manifest.kind, row.name, row] as const))('%s of %s', (kind, _name, row) => {
    const answer = new TestServer().create(kind, row.manifest);
    const { code, message, warnings = [] } = row;
    expect({ code: answer.code, message: answer.message, warnings: answer.warnings }).toEqual({
      code,
      message,
      warnings,
    });
    if (row.fields) expect(answer.causes?.map(({ field }) => field) ?? []).toEqual(row.fields);
    if (row.stored) expect({ ...answer.object, metadata: undefined }).toEqual(row.stored);
  });
});
