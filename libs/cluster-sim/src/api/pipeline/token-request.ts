import {
  resources,
  type JsonObject,
  type Json,
  type Kind,
  type KubeObject,
  type ObjectOfKind,
} from '@kubedrill/kube-model';
import { formatTime } from '../../engine/time.ts';
import {
  issuer,
  serviceAccountToken,
  type NamedObject,
  type TokenClaims,
} from '../authorization/service-account-token.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import type { ApiStatus } from '../request.ts';
import { objectMeta } from '../schema/object-meta.ts';
import { always, int64, list, object, pointer, string, time } from '../schema/schema.ts';
import { badRequest, failure, invalidKind, notFound } from '../status.ts';
import { randomUid } from '../uid.ts';
import { invalid, type FieldError } from '../validation/field-error.ts';
import { goQuote } from '../validation/go-quote.ts';
import { metadataPath, specPath } from '../validation/path.ts';
import type { Write } from './backend.ts';
import { decodedAs } from './created-under.ts';

/** POST serviceaccounts/<name>/token: pkg/registry/core/serviceaccount/storage/token.go. What is created is the answer; nothing is stored. */

interface TokenRequest {
  readonly metadata: { readonly name?: string; readonly namespace?: string; readonly uid?: string };
  readonly spec: {
    readonly audiences?: readonly string[];
    readonly expirationSeconds: number;
    readonly boundObjectRef?: BoundObject;
  };
}

interface Decoded {
  readonly metadata?: TokenRequest['metadata'];
  readonly spec?: Partial<TokenRequest['spec']>;
}

interface BoundObject {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly name?: string;
  readonly uid?: string;
}

const group = 'authentication.k8s.io';
const apiVersion = `${group}/v1`;
const kind = 'TokenRequest';

const schema = object(kind, {
  metadata: always(objectMeta),
  spec: always(
    object('TokenRequestSpec', {
      audiences: always(list(string)),
      expirationSeconds: pointer(int64),
      boundObjectRef: object('BoundObjectReference', { kind: string, apiVersion: string, name: string, uid: string }),
    }),
  ),
  status: always(object('TokenRequestStatus', { token: always(string), expirationTimestamp: always(time) })),
});

/** SetDefaults_TokenRequestSpec. */
const defaultSeconds = 60 * 60;
/** What the kubelet asks for its Pods; such tokens go on for a year, and are told of when that has passed. */
const warnOnlySeconds = 60 * 60 + 7;
const extendedSeconds = 365 * 24 * 60 * 60;

export function createToken(write: Write, namespace: string, name: string, body: Json): Outcome<JsonObject> {
  const decoded = decodedAs<Decoded>(schema, body);
  if (!decoded.ok) return decoded;
  const request = requestOf(decoded.object);
  const misplaced = mismatches(request, namespace, name);
  if (misplaced) return refused(invalidKind(kind, group, name, [misplaced]));
  const { store, clock, random } = write.backend;
  const account = store.get('ServiceAccount', namespace, name);
  if (!account) return refused(notFound(resources.ServiceAccount, name));
  const own = named(account);
  const { uid } = request.metadata;
  if (uid !== undefined && uid !== own.uid) return refused(otherUid({ kind, group }, name, otherAccount(uid, own.uid)));
  const errors = validate(request);
  if (errors.length > 0) return refused(invalidKind(kind, group, '', errors));
  const { boundObjectRef, expirationSeconds } = request.spec;
  const bound: Outcome<TokenClaims['bound']> = boundObjectRef
    ? boundTo(write, boundObjectRef, namespace, name)
    : done({});
  if (!bound.ok) return bound;
  const audiences = request.spec.audiences?.length ? request.spec.audiences : [issuer];
  const issuedAt = Math.floor(clock.now() / 1000);
  const isExtended = bound.object.pod !== undefined && expirationSeconds === warnOnlySeconds && isOwn(audiences);
  const token = serviceAccountToken({
    audiences,
    id: randomUid(random),
    namespace,
    account: own,
    bound: bound.object,
    issuedAt,
    expiresAt: issuedAt + (isExtended ? extendedSeconds : expirationSeconds),
    warnAfter: isExtended ? issuedAt + expirationSeconds : undefined,
  });
  const expirationTimestamp = formatTime(clock.now() + expirationSeconds * 1000);
  return done({
    kind,
    apiVersion,
    metadata: { name, namespace, uid: own.uid, creationTimestamp: formatTime(clock.now()) },
    spec: {
      audiences: [...audiences],
      expirationSeconds,
      boundObjectRef: boundObjectRef ? { ...boundObjectRef } : null,
    },
    status: { token, expirationTimestamp },
  });
}

function requestOf({ metadata, spec }: Decoded): TokenRequest {
  return { metadata: metadata ?? {}, spec: { ...spec, expirationSeconds: spec?.expirationSeconds ?? defaultSeconds } };
}

function mismatches({ metadata }: TokenRequest, namespace: string, name: string): FieldError | undefined {
  const wrong = (field: string, value: string): FieldError =>
    invalid(metadataPath.child(field), value, `must match the service account ${field} if specified`);
  if (metadata.name !== undefined && metadata.name !== name) return wrong('name', metadata.name);
  return metadata.namespace !== undefined && metadata.namespace !== namespace
    ? wrong('namespace', metadata.namespace)
    : undefined;
}

/** ValidateTokenRequest of pkg/apis/authentication/validation. */
function validate({ spec: { expirationSeconds } }: TokenRequest): readonly FieldError[] {
  const wrong = (detail: string): readonly FieldError[] => [
    invalid(specPath.child('expirationSeconds'), expirationSeconds, detail),
  ];
  if (expirationSeconds < 10 * 60) return wrong('may not specify a duration less than 10 minutes');
  return expirationSeconds > 2 ** 32 ? wrong('may not specify a duration larger than 2^32 seconds') : [];
}

function boundTo(
  { backend: { store } }: Write,
  { kind: boundKind = '', apiVersion: version = '', name: boundName = '', uid }: BoundObject,
  namespace: string,
  account: string,
): Outcome<TokenClaims['bound']> {
  const isCore = !version.includes('/');
  if (!isCore || !isBindable(boundKind))
    return refused(badRequest(`cannot bind token to object of type ${gvkText(boundKind, version)}`));
  const found: ObjectOfKind['Pod' | 'Node' | 'Secret'] | undefined = store.get(
    boundKind,
    boundKind === 'Node' ? '' : namespace,
    boundName,
  );
  if (!found) return refused(notFound(resources[boundKind], boundName));
  const own = named(found);
  if (found.kind === 'Pod' && found.spec.serviceAccountName !== account)
    return refused(
      badRequest(
        `cannot bind token for serviceaccount ${goQuote(account)} to pod running with different serviceaccount name.`,
      ),
    );
  if (uid !== undefined && uid !== own.uid)
    return refused(otherUid({ kind: boundKind, group: '' }, boundName, otherObject(uid)));
  if (found.kind !== 'Pod') return done(found.kind === 'Node' ? { node: own } : { secret: own });
  const { nodeName } = found.spec;
  if (!nodeName) return done({ pod: own });
  const node = store.get('Node', '', nodeName);
  return done({ pod: own, node: node ? named(node) : { name: nodeName, uid: '' } });
}

const bindable = ['Pod', 'Node', 'Secret'] as const satisfies readonly Kind[];

function isBindable(text: string): text is (typeof bindable)[number] {
  return bindable.some((known) => known === text);
}

/** schema.GroupVersionKind's own text. */
function gvkText(boundKind: string, version: string): string {
  const slashed = version.includes('/') ? version : `/${version}`;
  return `${slashed}, Kind=${boundKind}`;
}

function named({ metadata }: KubeObject): NamedObject {
  return { name: metadata.name, uid: metadata.uid ?? '' };
}

function isOwn(audiences: readonly string[]): boolean {
  return audiences.every((audience) => audience === issuer);
}

function otherAccount(asked: string, own: string): string {
  return `the UID in the token request (${asked}) does not match the UID of the service account (${own})`;
}

function otherObject(asked: string): string {
  const again = 'The object might have been deleted and then recreated';
  return `the UID in the bound object reference (${asked}) does not match the UID in record. ${again}`;
}

/** errors.NewConflict, with the kind in place of a resource. */
function otherUid(of: { readonly kind: string; readonly group: string }, name: string, why: string): ApiStatus {
  const resource = of.group === '' ? of.kind : `${of.kind}.${of.group}`;
  const message = `Operation cannot be fulfilled on ${resource} ${goQuote(name)}: ${why}`;
  const details = { name, ...(of.group === '' ? {} : { group: of.group }), kind: of.kind };
  return failure(409, 'Conflict', message, details);
}
