import { objectMeta } from '../schema/object-meta.ts';
import { always, bool, list, map, object, string, type ObjectSchema } from '../schema/schema.ts';

/** authorization.k8s.io/v1 and authentication.k8s.io/v1: questions that are created and answered, and never stored. */

const requirements = list(object('SelectorRequirement', { key: string, operator: string, values: list(string) }));
const selector = (goType: string): ObjectSchema => object(goType, { rawSelector: string, requirements });

const resourceAttributes = object('ResourceAttributes', {
  namespace: string,
  verb: string,
  group: string,
  version: string,
  resource: string,
  subresource: string,
  name: string,
  fieldSelector: selector('FieldSelectorAttributes'),
  labelSelector: selector('LabelSelectorAttributes'),
});

const nonResourceAttributes = object('NonResourceAttributes', { path: string, verb: string });

const status = always(
  object('SubjectAccessReviewStatus', { allowed: always(bool), denied: bool, reason: string, evaluationError: string }),
);

const subjectSpec = always(
  object('SubjectAccessReviewSpec', {
    resourceAttributes,
    nonResourceAttributes,
    user: string,
    groups: list(string),
    extra: map(list(string)),
    uid: string,
  }),
);

const selfSpec = always(object('SelfSubjectAccessReviewSpec', { resourceAttributes, nonResourceAttributes }));

export const reviewSchemas = {
  SelfSubjectAccessReview: object('SelfSubjectAccessReview', { metadata: objectMeta, spec: selfSpec, status }),
  SubjectAccessReview: object('SubjectAccessReview', { metadata: objectMeta, spec: subjectSpec, status }),
  LocalSubjectAccessReview: object('LocalSubjectAccessReview', { metadata: objectMeta, spec: subjectSpec, status }),
  SelfSubjectRulesReview: object('SelfSubjectRulesReview', {
    metadata: objectMeta,
    spec: always(object('SelfSubjectRulesReviewSpec', { namespace: string })),
  }),
  TokenReview: object('TokenReview', {
    metadata: objectMeta,
    spec: always(object('TokenReviewSpec', { token: string, audiences: list(string) })),
  }),
  SelfSubjectReview: object('SelfSubjectReview', { metadata: objectMeta }),
};

export type ReviewKind = keyof typeof reviewSchemas;
