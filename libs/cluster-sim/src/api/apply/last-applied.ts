import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';
import type { ObjectSchema } from '../schema/schema.ts';
import { goJson } from '../validation/go-quote.ts';
import type { FieldSet } from './field-set.ts';
import { compare } from './typed-comparison.ts';
import { fieldsOf } from './typed-fields.ts';
import { typeErrors } from './typed-validation.ts';
import { member, membersOf } from './typed-value.ts';

/** The annotation that kubectl's client-side apply keeps, where server-side apply meets it. */
const annotation = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The fields that client-side apply set and that still are as it set them: kubectl's own server-side apply takes them over without
 * a conflict. Undefined where no usable annotation is.
 */
export function allowedByLastApplied(schema: ObjectSchema, live: JsonObject, apiVersion: string): FieldSet | undefined {
  const text = member(annotationsOf(live), annotation);
  const lastApplied = typeof text === 'string' ? parsed(text) : undefined;
  if (!lastApplied || lastApplied['apiVersion'] !== apiVersion) return undefined;
  if (typeErrors(schema, lastApplied) !== undefined || typeErrors(schema, live) !== undefined) return undefined;
  const { modified, added, removed } = compare(schema, lastApplied, live);
  return fieldsOf(schema, lastApplied).difference(modified).difference(added).difference(removed);
}

/** An object that has the annotation gets the configuration into it: lastappliedupdater.go. */
export function withCurrentLastApplied(object: JsonObject, configuration: JsonObject): JsonObject {
  const annotations = annotationsOf(object);
  if (!member(annotations, annotation)) return object;
  const { [annotation]: _, ...others } = annotationsOf(configuration);
  const metadata = membersOf(configuration['metadata']);
  const shown = 'annotations' in metadata ? { ...metadata, annotations: others } : metadata;
  const text = `${goJson({ ...configuration, metadata: shown })}\n`;
  const next = { ...membersOf(object['metadata']), annotations: { ...annotations, [annotation]: text } };
  return { ...object, metadata: next };
}

function annotationsOf(object: JsonObject): JsonObject {
  return membersOf(membersOf(object['metadata'])['annotations']);
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
