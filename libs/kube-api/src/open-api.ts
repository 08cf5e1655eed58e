import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';
import { catalogue, type CatalogueRow } from './catalogue.ts';
import { documentAnswer, type DocumentAnswer, type ProxiedAnswer } from './wire.ts';

/**
 * OpenAPI v3 as far as clients ask for it: the schemas with their descriptions as Kubernetes publishes them (kubectl explains with them
 * and merges patches by them), and which parameters a kind's patch takes: kube-openapi's handler3.
 */
export function openApiAnswer(path: string): DocumentAnswer | ProxiedAnswer | undefined {
  if (path === '/openapi/v3') return documentAnswer(200, index());
  const asked = /^\/openapi\/v3\/(.+)$/.exec(path)?.[1];
  const entry = catalogue.find(([groupVersion]) => pathOf(groupVersion) === asked);
  return entry && { kind: 'proxied', code: 200, headers: lasting, text: documentOf(...entry) };
}

/** The address of a document changes with its content, so clients keep what they have. */
const lasting = { 'content-type': 'application/json', 'cache-control': 'public, immutable, max-age=31536000' };

/** This file lies in {src,dist}. */
const schemaFile = path.resolve(import.meta.dirname, '../open-api/schemas.json');

/** "api/v1", "apis/apps/v1". */
function pathOf(groupVersion: string): string {
  return groupVersion.includes('/') ? `apis/${groupVersion}` : `api/${groupVersion}`;
}

let digest: string | undefined;

function index(): JsonObject {
  const hash = (digest ??= createHash('sha256').update(readFileSync(schemaFile)).digest('hex').toUpperCase());
  const entries = catalogue.map(([groupVersion]): [string, Json] => {
    const name = pathOf(groupVersion);
    return [name, { serverRelativeURL: `/openapi/v3/${name}?hash=${hash}` }];
  });
  return { paths: Object.fromEntries(entries) };
}

/** At most one text for each group version; the schemas of all are needed only while one is made. */
const documents = new Map<string, string>();

function documentOf(groupVersion: string, rows: readonly CatalogueRow[]): string {
  const known = documents.get(groupVersion);
  if (known !== undefined) return known;
  const published = JSON.parse(readFileSync(schemaFile, 'utf8')) as JsonObject;
  const made = JSON.stringify({
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.2' },
    paths: Object.fromEntries(
      rows.filter(([name]) => !name.includes('/')).flatMap((row) => pathsOf(groupVersion, row)),
    ),
    components: { schemas: schemasOf(groupVersion, published) },
  });
  documents.set(groupVersion, made);
  return made;
}

/** The paths of a resource. Clients look for its kind in some of them, and in a patch for the parameters there are. */
function pathsOf(groupVersion: string, [plural, kind, scope]: CatalogueRow): readonly (readonly [string, Json])[] {
  const [version = '', group = ''] = groupVersion.split('/').reverse();
  const identity = { 'x-kubernetes-group-version-kind': { group, version, kind } };
  const list = { get: { 'x-kubernetes-action': 'list', ...identity } };
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name): Json => ({
    name,
    in: 'query',
    schema: { type: name === 'force' ? 'boolean' : 'string', uniqueItems: true },
  }));
  const root = `/${pathOf(groupVersion)}`;
  const collection = scope === 'ns' ? `${root}/namespaces/{namespace}/${plural}` : `${root}/${plural}`;
  return [
    // Of all namespaces: all that kubectl 1.27 looks at.
    [`${root}/${plural}`, list],
    [collection, list],
    [`${collection}/{name}`, { patch: { parameters, 'x-kubernetes-action': 'patch', ...identity } }],
  ];
}

/** Those of the kinds in the group version, and all that they refer to. */
function schemasOf(groupVersion: string, published: JsonObject): JsonObject {
  const found = new Map<string, Json>();
  const waiting = Object.keys(published).filter((name) => isOf(groupVersion, published[name]));
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const schema = published[name];
    if (schema === undefined || found.has(name)) continue;
    found.set(name, schema);
    for (const [, referred = ''] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      waiting.push(referred);
  }
  return Object.fromEntries([...found].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function isOf(groupVersion: string, schema: Json | undefined): boolean {
  const [version = '', group = ''] = groupVersion.split('/').reverse();
  const kinds = isJsonObject(schema) ? schema['x-kubernetes-group-version-kind'] : undefined;
  if (!Array.isArray(kinds)) return false;
  return kinds.some((kind: Json) => {
    if (!isJsonObject(kind)) return false;
    return kind['group'] === group && kind['version'] === version;
  });
}
