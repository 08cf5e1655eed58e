import type { StatefulSet } from '@kubedrill/kube-model';
import type { Commentary, Remark } from '../../events/remark.ts';

const by = { form: 'older', component: 'statefulset-controller' } as const;

/** recordPodEvent of pkg/controller/statefulset/stateful_pod_control.go; a Pod that is there or gone already is as good as wanted. */
export function podCommentary(verb: 'Create' | 'Update' | 'Delete', about: StatefulSet, pod: string): Commentary {
  const what = (): string => `${verb} Pod ${pod} in StatefulSet ${about.metadata.name}`;
  const done = (): Remark => ({
    ...{ by, about, type: 'Normal', reason: `Successful${verb}` },
    message: () => `${what()} successful`,
  });
  return {
    done,
    refused: ({ reason, message }) => {
      if (verb === 'Create' && reason === 'AlreadyExists') return undefined;
      if (verb === 'Delete' && reason === 'NotFound') return done();
      return { by, about, type: 'Warning', reason: `Failed${verb}`, message: `${what()} failed error: ${message}` };
    },
  };
}

/** recordClaimEvent. */
export function claimCommentary(about: StatefulSet, pod: string, claim: string): Commentary {
  const { name } = about.metadata;
  return {
    done: () => ({
      ...{ by, about, type: 'Normal', reason: 'SuccessfulCreate' },
      message: () => `Create Claim ${claim} Pod ${pod} in StatefulSet ${name} success`,
    }),
    refused: ({ reason, message }) =>
      reason === 'AlreadyExists'
        ? undefined
        : {
            ...{ by, about, type: 'Warning', reason: 'FailedCreate' },
            message: `Create Claim ${claim} for Pod ${pod} in StatefulSet ${name} failed error: ${message}`,
          },
  };
}

/** What keeps a Pod from being made before the API server is asked. */
export function blockedPod(about: StatefulSet, pod: string, problem: string): Remark {
  const message = `create Pod ${pod} in StatefulSet ${about.metadata.name} failed error: ${problem}`;
  return { by, about, type: 'Warning', reason: 'FailedCreate', message };
}
