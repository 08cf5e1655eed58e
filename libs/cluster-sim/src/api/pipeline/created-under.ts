import type { Json, JsonObject } from '@kubedrill/kube-model';
import { done, refused, type Outcome } from '../outcome.ts';
import { decode } from '../schema/decode.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { badRequest } from '../status.ts';

/** What is created under an object, and is not stored: bindings, evictions, tokens. */

/** What createHandler of apiserver/pkg/endpoints/handlers answers where nothing is made. */
export const created: JsonObject = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };

/** The body as its schema declares it. */
export function decodedAs<O>(schema: ObjectSchema, body: Json): Outcome<O> {
  const { goType: name } = schema;
  const decoded = decode(schema, body);
  return decoded.ok
    ? done(decoded.value as unknown as O)
    : refused(badRequest(`${name} in version "v1" cannot be handled as a ${name}: ${decoded.message}`));
}
