import type { JsonObject, KubeObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { applyStrategicMergePatch } from '../../src/api/patch/strategic-merge.ts';
import type { ApiRequest, ApiResponse, ApiServer } from '../../src/api/request.ts';
import type { Schema } from '../../src/api/schema/schema.ts';
import { notFound } from '../../src/api/status.ts';

/** Keeps objects as they are sent, without defaults and validation, and remembers the requests: what a client test looks at. */
export class BareServer implements ApiServer {
  readonly requests: ApiRequest[] = [];
  readonly objects = new Map<string, JsonObject>();
  private readonly schema: Schema;

  constructor(schema: Schema) {
    this.schema = schema;
  }

  handle(request: ApiRequest): ApiResponse {
    this.requests.push(request);
    const name = 'name' in request && request.name ? request.name : nameOf(request);
    const key = `${request.resource.kind}/${request.namespace}/${name}`;
    const stored = this.objects.get(key);
    if (request.verb === 'create' || request.verb === 'update') return this.answer(key, request.body as JsonObject);
    if (!stored) return { ok: false, status: notFound(request.resource, name), warnings: [] };
    if (request.verb !== 'patch') return this.answer(key, stored);
    const patched = applyStrategicMergePatch(stored, request.body, this.schema);
    if (!patched.ok) throw new Error(patched.message);
    return this.answer(key, patched.value as JsonObject);
  }

  private answer(key: string, object: JsonObject): ApiResponse {
    this.objects.set(key, object);
    return { ok: true, code: 200, object: object as unknown as KubeObject, warnings: [] };
  }
}

function nameOf(request: ApiRequest): string {
  const body = 'body' in request && isJsonObject(request.body) ? request.body : {};
  const metadata = isJsonObject(body.metadata) ? body.metadata : {};
  return typeof metadata.name === 'string' ? metadata.name : '';
}
