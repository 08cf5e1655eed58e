import {
  autoscalingV1,
  isJsonObject,
  resources,
  type HorizontalPodAutoscaler,
  type JsonObject,
  type KubeObject,
} from '@kubedrill/kube-model';
import {
  autoscalingV1Schema,
  newerAutoscaler,
  olderAutoscaler,
} from '../kinds/horizontal-pod-autoscaler/autoscaling-v1.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import { notFound } from '../status.ts';
import type { Backend } from './backend.ts';
import { decodeBody } from './decode-body.ts';
import { patchedJson } from './patch.ts';

const stored = resources.HorizontalPodAutoscaler;

/** Requests for autoscalers of autoscaling/v1, which are kept as autoscaling/v2: each becomes one for that, and its answer is shown in the older form. */
export class OlderAutoscalers {
  private readonly backend: Pick<Backend, 'store'>;
  private readonly answer: (request: ApiRequest) => ApiResponse;

  constructor(backend: Pick<Backend, 'store'>, answer: (request: ApiRequest) => ApiResponse) {
    this.backend = backend;
    this.answer = answer;
  }

  handle(request: ApiRequest): ApiResponse {
    const warnings: string[] = [];
    const translated = this.translated(request, warnings);
    if (!translated.ok) return { ...translated, warnings };
    const response = this.answer({ ...translated.object, resource: stored });
    return shown({ ...response, warnings: [...warnings, ...response.warnings] });
  }

  private translated(request: ApiRequest, warnings: string[]): Outcome<ApiRequest> {
    switch (request.verb) {
      case 'get':
      case 'list':
      case 'delete':
      case 'deletecollection':
        return done(request);
      case 'create':
      case 'update': {
        const { body, fieldValidation = 'Strict' } = request;
        const decoded = decodeBody(autoscalingV1, autoscalingV1Schema, body, fieldValidation, { warnings });
        return decoded.ok ? done(inNewerForm(request, decoded.object as unknown as JsonObject)) : decoded;
      }
      case 'patch':
        return this.patched(request, warnings);
    }
  }

  private patched(request: Extract<ApiRequest, { verb: 'patch' }>, warnings: string[]): Outcome<ApiRequest> {
    const { patchType, body, namespace, name, fieldValidation = 'Strict' } = request;
    if (patchType === 'apply') return done(isJsonObject(body) ? { ...request, body: newerAutoscaler(body) } : request);
    const existing = this.backend.store.get('HorizontalPodAutoscaler', namespace, name);
    if (!existing) return refused(notFound(stored, name));
    const patch = { type: patchType, body, fieldValidation };
    const patched = patchedJson(olderAutoscaler(existing), patch, autoscalingV1Schema, { warnings }, autoscalingV1);
    if (!patched.ok) return patched;
    const { verb: _verb, patchType: _type, force: _force, ...rest } = request;
    return done(inNewerForm({ ...rest, verb: 'update' }, patched.object));
  }
}

/** The body has been decoded: nothing in it is unknown. */
function inNewerForm(request: Extract<ApiRequest, { verb: 'create' | 'update' }>, older: JsonObject): ApiRequest {
  return { ...request, body: newerAutoscaler(older), fieldValidation: 'Ignore' };
}

function shown(response: ApiResponse): ApiResponse {
  if (!response.ok) return response;
  const older = (object: KubeObject): KubeObject =>
    olderAutoscaler(object as HorizontalPodAutoscaler) as unknown as KubeObject;
  if ('items' in response) return { ...response, items: response.items.map(older) };
  const { object } = response;
  return object.kind === stored.kind ? { ...response, object: older(object as KubeObject) } : response;
}
