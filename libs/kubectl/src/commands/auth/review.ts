import { answerReview, kubectlErrorText, type ApiStatus } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import type { Invocation } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';

type SelfReview = 'SelfSubjectAccessReview' | 'SelfSubjectReview' | 'SelfSubjectRulesReview';

/** Asks the server about who asks. */
export function review({ cluster, user }: Invocation, kind: SelfReview, spec: JsonObject): JsonObject {
  const group = kind === 'SelfSubjectReview' ? 'authentication.k8s.io' : 'authorization.k8s.io';
  const answer = answerReview(cluster.view, cluster.clock.now(), {
    kind,
    apiVersion: `${group}/v1`,
    namespace: '',
    body: kind === 'SelfSubjectReview' ? {} : { spec },
    user,
  });
  if (!answer.ok) throw refusalOf(answer.status);
  return answer.object;
}

function refusalOf(status: ApiStatus): CommandError {
  return new CommandError(kubectlErrorText(status, { kind: 'other' }));
}

export function statusOf(answer: JsonObject): JsonObject {
  const { status } = answer;
  return isJsonObject(status) ? status : {};
}

export function textsOf(object: JsonObject, field: string): readonly string[] {
  const values = object[field];
  return Array.isArray(values) ? values.map(String) : [];
}
