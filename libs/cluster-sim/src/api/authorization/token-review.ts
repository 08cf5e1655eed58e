import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';
import type { Instant } from '../../engine/time.ts';
import type { ObjectView } from '../../store/object-view.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import { badRequest } from '../status.ts';
import { claimsOf, issuer } from './service-account-token.ts';

/** pkg/registry/authentication/tokenreview: who a token stands for. */
export function tokenReview(view: ObjectView, now: Instant, asked: JsonObject): Outcome<JsonObject> {
  const spec = isJsonObject(asked['spec']) ? asked['spec'] : {};
  const token = spec['token'];
  if (typeof token !== 'string' || token === '')
    return refused(badRequest('token is required for TokenReview in authentication'));
  const wanted = textsOf(spec['audiences']);
  return done({ ...asked, status: statusOf(view, now, token, wanted.length > 0 ? wanted : [issuer]) });
}

const notValid = 'invalid bearer token';

/** bearertoken.go: what the authenticators for service accounts say follows what is said of any token. */
function failed(why?: string): JsonObject {
  return { authenticated: false, user: {}, error: why === undefined ? notValid : `[${notValid}, ${why}]` };
}

/** pkg/serviceaccount/claims.go Validate. */
function statusOf(view: ObjectView, now: Instant, token: string, wanted: readonly string[]): JsonObject {
  const claims = claimsOf(token);
  const bound = claims && isJsonObject(claims['kubernetes.io']) ? claims['kubernetes.io'] : undefined;
  if (!claims || !bound) return failed();
  const own = textsOf(claims['aud']);
  const audiences = wanted.filter((audience) => own.includes(audience));
  if (audiences.length === 0)
    return failed(`token audiences ${shown(own)} is invalid for the target audiences ${shown(wanted)}`);
  if (Number(claims['exp']) * 1000 <= now) return failed('service account token has expired');
  const namespace = textOf(bound['namespace']);
  const account = named(bound['serviceaccount']);
  const stored = view.get('ServiceAccount', namespace, account.name);
  if (!stored) return failed(`serviceaccounts "${account.name}" not found`);
  if (stored.metadata.uid !== account.uid)
    return failed(`service account UID (${stored.metadata.uid}) does not match claim (${account.uid})`);
  const pod = bound['pod'] === undefined ? undefined : named(bound['pod']);
  if (pod && view.get('Pod', namespace, pod.name)?.metadata.uid !== pod.uid)
    return failed('service account token has been invalidated');
  const node = bound['node'] === undefined ? undefined : named(bound['node']);
  const extra: JsonObject = {
    'authentication.kubernetes.io/credential-id': [`JTI=${textOf(claims['jti'])}`],
    ...(node && {
      'authentication.kubernetes.io/node-name': [node.name],
      'authentication.kubernetes.io/node-uid': [node.uid],
    }),
    ...(pod && {
      'authentication.kubernetes.io/pod-name': [pod.name],
      'authentication.kubernetes.io/pod-uid': [pod.uid],
    }),
  };
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  const username = `system:serviceaccount:${namespace}:${account.name}`;
  return { authenticated: true, user: { username, uid: account.uid, groups, extra }, audiences };
}

/** Claims that were signed here are texts; of anything else nothing is found. */
function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** %q of a list of texts. */
function shown(texts: readonly string[]): string {
  return `[${texts.map((text) => JSON.stringify(text)).join(' ')}]`;
}

function named(value: Json | undefined): { readonly name: string; readonly uid: string } {
  const { name, uid } = isJsonObject(value) ? value : {};
  return { name: textOf(name), uid: textOf(uid) };
}
