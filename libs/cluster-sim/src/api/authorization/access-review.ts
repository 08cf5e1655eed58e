import { isJsonObject, type Json, type JsonObject, type PolicyRule } from '@kubedrill/kube-model';
import { formatTime, type Instant } from '../../engine/time.ts';
import type { ObjectView } from '../../store/object-view.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import { decode } from '../schema/decode.ts';
import { withoutEmpties } from '../schema/empty-values.ts';
import { badRequest, invalidKind } from '../status.ts';
import type { FieldError } from '../validation/field-error.ts';
import { invalid } from '../validation/field-error.ts';
import { goStruct, GoValue } from '../validation/go-quote.ts';
import { metadataPath, specPath } from '../validation/path.ts';
import { administrator, type Access, type UserInfo } from './access.ts';
import { decide, rulesOf } from './authorizer.ts';
import { reviewSchemas, type ReviewKind } from './review-schemas.ts';
import { tokenReview } from './token-review.ts';

export interface Review {
  readonly kind: ReviewKind;
  readonly apiVersion: string;
  /** That of the address. */
  readonly namespace: string;
  readonly body: Json;
  readonly user: UserInfo | undefined;
}

/** pkg/registry/authorization and authentication: what is created is the answer. */
export function answerReview(view: ObjectView, now: Instant, review: Review): Outcome<JsonObject> {
  const { kind, apiVersion, namespace, body, user = administrator } = review;
  const decoded = decode(reviewSchemas[kind], body);
  if (!decoded.ok)
    return refused(badRequest(`${kind} in version "v1" cannot be handled as a ${kind}: ${decoded.message}`));
  const asked: JsonObject = { ...withoutEmpties(reviewSchemas[kind], decoded.value), kind, apiVersion };
  switch (kind) {
    case 'SelfSubjectReview': {
      const { name, uid, groups, extra } = user;
      const userInfo = { username: name, ...(uid ? { uid } : {}), groups: [...groups], ...(extra ? { extra } : {}) };
      const metadata = { creationTimestamp: formatTime(now) };
      return done({ kind, apiVersion, metadata, status: { userInfo } });
    }
    case 'TokenReview':
      return tokenReview(view, now, asked);
    case 'SelfSubjectRulesReview':
      return rulesReview(view, user, asked);
    case 'SelfSubjectAccessReview':
    case 'SubjectAccessReview':
    case 'LocalSubjectAccessReview':
      return accessReview(view, user, asked, { kind, namespace });
  }
}

function rulesReview(view: ObjectView, user: UserInfo, asked: JsonObject): Outcome<JsonObject> {
  const namespace = textOf(member(asked, 'spec'), 'namespace');
  if (namespace === '') return refused(badRequest('no namespace on request'));
  const { rules, problem } = rulesOf(view, user, namespace);
  const shown = (rule: PolicyRule): Json => ({ ...rule });
  const { kind = '', apiVersion = '' } = asked;
  const status: JsonObject = {
    resourceRules: rules.filter(({ resources }) => resources?.length).map(shown),
    nonResourceRules: rules.filter(({ nonResourceURLs }) => nonResourceURLs?.length).map(shown),
    incomplete: false,
    ...(problem === '' ? {} : { evaluationError: problem }),
  };
  return done({ kind, apiVersion, metadata: {}, spec: {}, status });
}

function accessReview(
  view: ObjectView,
  user: UserInfo,
  asked: JsonObject,
  { kind, namespace }: { readonly kind: ReviewKind; readonly namespace: string },
): Outcome<JsonObject> {
  const errors = validateReview(kind, asked);
  if (errors.length > 0) return refused(invalidKind(kind, 'authorization.k8s.io', '', errors));
  if (kind === 'LocalSubjectAccessReview' && textOf(member(asked, 'metadata'), 'namespace') !== namespace)
    return refused(badRequest(`spec.resourceAttributes.namespace must match namespace: ${namespace}`));
  const spec = member(asked, 'spec');
  const subject = kind === 'SelfSubjectAccessReview' ? user : subjectOf(spec);
  const { allowed, reason } = decide(view, subject, accessOf(spec));
  return done({ ...asked, status: { allowed, ...(reason === '' ? {} : { reason }) } });
}

function subjectOf(spec: JsonObject): UserInfo {
  const groups = spec['groups'];
  return { name: textOf(spec, 'user'), groups: Array.isArray(groups) ? groups.map(String) : [] };
}

function accessOf(spec: JsonObject): Access {
  const path = spec['nonResourceAttributes'];
  if (isJsonObject(path)) return { verb: textOf(path, 'verb'), path: textOf(path, 'path') };
  const attributes = member(spec, 'resourceAttributes');
  const [verb, group, resource, subresource, namespace, name] = [
    'verb',
    'group',
    'resource',
    'subresource',
    'namespace',
    'name',
  ].map((field) => textOf(attributes, field));
  return {
    verb: verb ?? '',
    group: group ?? '',
    resource: resource ?? '',
    subresource: subresource ?? '',
    namespace: namespace ?? '',
    name: name ?? '',
  };
}

/** pkg/apis/authorization/validation. */
function validateReview(kind: ReviewKind, asked: JsonObject): readonly FieldError[] {
  const spec = member(asked, 'spec');
  const [ofResource, ofPath] = [spec['resourceAttributes'], spec['nonResourceAttributes']];
  const shownPath = isJsonObject(ofPath)
    ? goStruct({ Path: textOf(ofPath, 'path'), Verb: textOf(ofPath, 'verb') })
    : new GoValue('null');
  const report: FieldError[] = [];
  if (ofResource && ofPath)
    report.push(
      invalid(
        specPath.child('nonResourceAttributes'),
        shownPath,
        'cannot be specified in combination with resourceAttributes',
      ),
    );
  if (!ofResource && !ofPath)
    report.push(
      invalid(
        specPath.child('resourceAttributes'),
        shownPath,
        'exactly one of nonResourceAttributes or resourceAttributes must be specified',
      ),
    );
  const isSelf = kind === 'SelfSubjectAccessReview';
  if (!isSelf && textOf(spec, 'user') === '' && !spec['groups'])
    report.push(invalid(specPath.child('user'), '', 'at least one of user or group must be specified'));
  const isLocal = kind === 'LocalSubjectAccessReview';
  const { managedFields: _fields, namespace = '', ...metadata } = member(asked, 'metadata');
  if (Object.keys(metadata).length > 0 || (!isLocal && namespace !== ''))
    report.push(invalid(metadataPath, metadata, isLocal ? 'must be empty except for namespace' : 'must be empty'));
  if (!isLocal) return report;
  const of = textOf(member(spec, 'resourceAttributes'), 'namespace');
  if (ofResource && of !== namespace)
    report.push(invalid(specPath.child('resourceAttributes').child('namespace'), of, 'must match metadata.namespace'));
  if (ofPath)
    report.push(invalid(specPath.child('nonResourceAttributes'), shownPath, 'disallowed on this kind of request'));
  return report;
}

function member(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isJsonObject(value) ? value : {};
}

function textOf(object: JsonObject, name: string): string {
  const value = object[name];
  return typeof value === 'string' ? value : '';
}

/** Only what has a name of its own in the catalogue and is no object: undefined for everything else. */
export function reviewKindOf(kind: string): ReviewKind | undefined {
  return Object.keys(reviewSchemas).find((known) => known === kind) as ReviewKind | undefined;
}
