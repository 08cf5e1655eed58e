import type { KubeObject, Pod } from '@kubedrill/kube-model';
import type { Commentary, Reporter } from '../events/remark.ts';
import { isNamespaceTerminating } from './refused-changes.ts';

/** What controllers say of the Pods that they make for an object: RealPodControl of pkg/controller/controller_utils.go. */
export class PodCommentary {
  readonly created: Commentary;
  private readonly by: Reporter;
  private readonly about: KubeObject;

  constructor(component: string, about: KubeObject) {
    const by: Reporter = { form: 'older', component };
    this.by = by;
    this.about = about;
    this.created = {
      done: ({ metadata: { name } }) => ({
        ...{ by, about, type: 'Normal', reason: 'SuccessfulCreate' },
        message: () => `Created pod: ${name}`,
      }),
      refused: (refusal) =>
        isNamespaceTerminating(refusal)
          ? undefined
          : { by, about, type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${refusal.message}` },
    };
  }

  deleted({ metadata: { name } }: Pod): Commentary {
    const { by, about } = this;
    return {
      done: () => ({ by, about, type: 'Normal', reason: 'SuccessfulDelete', message: () => `Deleted pod: ${name}` }),
      refused: ({ reason, message }) =>
        reason === 'NotFound'
          ? undefined
          : { by, about, type: 'Warning', reason: 'FailedDelete', message: `Error deleting: ${message}` },
    };
  }
}
