import type { Pod, PodStatus } from '@kubedrill/kube-model';
import { root } from '../../validation/path.ts';
import { dns1123Label } from '../../validation/text-format.ts';
import type { DeletionStrategy, KindDefinition, Strategy } from '../kind-definition.ts';
import { withoutDisabledFields } from '../pod-template/disabled-fields.ts';
import { podWarnings } from '../pod-template/warnings.ts';
import { withMembers } from '../pod-template/with-members.ts';
import { admitPod, admitPodUpdate } from './admission.ts';
import { withAppArmorFields } from './app-armor-fields.ts';
import { ephemeralContainersStrategy } from './ephemeral-containers.ts';
import { withLabelKeySelectors } from './label-key-selectors.ts';
import { defaultPod } from './pod-defaults.ts';
import { generationOf } from './pod-generation.ts';
import { resizeStrategy } from './pod-resize.ts';
import { podStatusStrategy } from './pod-status-update.ts';
import { validatePodUpdate } from './pod-update.ts';
import { validateNewPod } from './pod-validation.ts';
import { qosClass } from './qos-class.ts';
import { pod as schema } from './schema/pod.ts';

/** registry/core/pod/strategy.go. */
const strategy: Strategy<'Pod'> = {
  allowCreateOnUpdate: false,
  allowUnconditionalUpdate: true,
  prepareForCreate(pod, { warnings }) {
    const metadata = { ...pod.metadata, generation: 1 };
    const fresh = { ...pod, metadata, spec: withoutDisabledFields(pod.spec), status: newStatus(pod) };
    return withAppArmorFields(withLabelKeySelectors(fresh), warnings);
  },
  prepareForUpdate(pod, old) {
    const changed = { ...pod, spec: withoutDisabledFields(pod.spec), status: old.status };
    return { ...changed, metadata: withMembers(pod.metadata, { generation: generationOf(changed, old) }) };
  },
  validateCreate: validateNewPod,
  validateUpdate: validatePodUpdate,
  warningsOnCreate: (pod) => [...nameWarning(pod), ...podWarnings(pod.spec, pod.metadata.annotations, root)],
};

function newStatus({ spec }: Pod): PodStatus {
  const pending: PodStatus = { phase: 'Pending', qosClass: qosClass(spec) };
  if (!spec.schedulingGates?.length) return pending;
  const message = 'Scheduling is blocked due to non-empty scheduling gates';
  return { ...pending, conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated', message }] };
}

function nameWarning({ metadata: { name } }: Pod): readonly string[] {
  const messages = dns1123Label(name);
  if (messages.length === 0) return [];
  const words =
    "this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended";
  return [`metadata.name: ${words}: [${messages.join(' ')}]`];
}

const deletion: DeletionStrategy<'Pod'> = {
  /** CheckGracefulDelete: nothing waits for a pod that no kubelet has, or that has ended. */
  gracePeriodSeconds({ spec, status }, asked) {
    if (!spec.nodeName || status.phase === 'Failed' || status.phase === 'Succeeded') return 0;
    const period = asked ?? spec.terminationGracePeriodSeconds ?? 0;
    return period < 0 ? 1 : period;
  },
};

export const podDefinition: KindDefinition<'Pod'> = {
  kind: 'Pod',
  schema,
  defaults: defaultPod,
  strategy,
  admitCreate: admitPod,
  admitUpdate: admitPodUpdate,
  status: podStatusStrategy,
  ephemeralcontainers: ephemeralContainersStrategy,
  resize: resizeStrategy,
  deletion,
  selectableFields: {
    'spec.nodeName': ({ spec }) => spec.nodeName ?? '',
    'spec.restartPolicy': ({ spec }) => spec.restartPolicy ?? '',
    'spec.schedulerName': ({ spec }) => spec.schedulerName ?? '',
    'spec.serviceAccountName': ({ spec }) => spec.serviceAccountName ?? '',
    'spec.hostNetwork': ({ spec }) => String(spec.hostNetwork ?? false),
    'status.phase': ({ status }) => status.phase ?? '',
    'status.podIP': ({ status }) => status.podIP ?? '',
    'status.nominatedNodeName': ({ status }) =>
      (status as { readonly nominatedNodeName?: string }).nominatedNodeName ?? '',
  },
};
