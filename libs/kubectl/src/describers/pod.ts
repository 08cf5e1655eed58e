import { timeSince } from '@kubedrill/cluster-sim';
import type { Container, ContainerStatus, Pod, PodSpec, PodStatus, StringMap } from '@kubedrill/kube-model';
import { controllerText } from './controller-text.ts';
import { describeContainers, describeResources } from './containers.ts';
import type { Describer, DescriptionContext } from './describer.ts';
import { describeEvents } from './events-table.ts';
import { describeSpread } from './pod-template.ts';
import { longTime, type Sheet } from './sheet.ts';
import { describeVolumes } from './volumes.ts';

/** Fields of Pods that nothing but a description looks at. */
interface DescribedPodSpec extends PodSpec {
  readonly priority?: number;
  readonly priorityClassName?: string;
  readonly runtimeClassName?: string;
  readonly securityContext?: {
    readonly seccompProfile?: { readonly type: string; readonly localhostProfile?: string };
  };
  readonly resources?: { readonly limits?: StringMap; readonly requests?: StringMap };
  readonly ephemeralContainers?: readonly Container[];
}

interface DescribedPodStatus extends PodStatus {
  readonly nominatedNodeName?: string;
  readonly ephemeralContainerStatuses?: readonly ContainerStatus[];
}

/** describePod. */
export const describePod: Describer<'Pod'> = (sheet, pod, context) => {
  const { metadata, spec, status } = pod;
  describePlace(sheet, pod);
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  describePhase(sheet, pod, context);
  describeProfile(sheet, spec);
  describeAddresses(sheet, pod);
  const { resources }: DescribedPodSpec = spec;
  if (resources) {
    sheet.line('Resources:');
    describeResources(sheet, resources, 1);
  }
  describeAllContainers(sheet, pod);
  describeConditions(sheet, pod);
  describeVolumes(sheet, spec.volumes, false);
  sheet.field('QoS Class', status.qosClass ?? 'BestEffort');
  sheet.labels('Node-Selectors', spec.nodeSelector);
  sheet.tolerations('Tolerations', spec.tolerations);
  describeSpread(sheet, spec, '');
  describeEvents(sheet, { metadata }, context);
};

function describePlace(sheet: Sheet, { metadata, spec, status }: Pod): void {
  const { priority, priorityClassName = '', runtimeClassName = '', serviceAccountName = '' }: DescribedPodSpec = spec;
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  if (priority !== undefined) sheet.field('Priority', priority);
  if (priorityClassName !== '') sheet.field('Priority Class Name', priorityClassName);
  if (runtimeClassName !== '') sheet.field('Runtime Class Name', runtimeClassName);
  if (serviceAccountName !== '') sheet.field('Service Account', serviceAccountName);
  sheet.field('Node', spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>');
  if (status.startTime !== undefined) sheet.field('Start Time', longTime(status.startTime));
}

function describePhase(sheet: Sheet, { metadata, status }: Pod, { now }: DescriptionContext): void {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = metadata;
  const { phase = '', reason = '', message = '' } = status;
  if (deletionTimestamp !== undefined && phase !== 'Failed' && phase !== 'Succeeded') {
    sheet.field('Status', `Terminating (lasts ${timeSince(deletionTimestamp, now)})`);
    sheet.field('Termination Grace Period', `${deletionGracePeriodSeconds}s`);
  } else sheet.field('Status', phase);
  if (reason !== '') sheet.field('Reason', reason);
  if (message !== '') sheet.field('Message', message);
}

function describeProfile(sheet: Sheet, { securityContext }: DescribedPodSpec): void {
  const profile = securityContext?.seccompProfile;
  if (!profile) return;
  sheet.field('SeccompProfile', profile.type);
  if (profile.type === 'Localhost') sheet.field('LocalhostProfile', profile.localhostProfile ?? '');
}

function describeAddresses(sheet: Sheet, { metadata, status }: Pod): void {
  const { podIP = '', podIPs = [], nominatedNodeName = '' }: DescribedPodStatus = status;
  sheet.field('IP', podIP);
  if (podIPs.length === 0) sheet.field('IPs', '<none>');
  else sheet.line('IPs:');
  for (const { ip } of podIPs) sheet.field('IP', ip, 1);
  const controller = controllerText(metadata);
  if (controller !== '') sheet.field('Controlled By', controller);
  if (nominatedNodeName !== '') sheet.field('NominatedNodeName', nominatedNodeName);
}

function describeAllContainers(sheet: Sheet, pod: Pod): void {
  const { containers, initContainers = [], ephemeralContainers = [] }: DescribedPodSpec = pod.spec;
  const { containerStatuses, initContainerStatuses, ephemeralContainerStatuses }: DescribedPodStatus = pod.status;
  if (initContainers.length > 0)
    describeContainers(sheet, 'Init Containers', initContainers, { kind: 'pod', pod, statuses: initContainerStatuses });
  describeContainers(sheet, 'Containers', containers, { kind: 'pod', pod, statuses: containerStatuses });
  if (ephemeralContainers.length > 0)
    describeContainers(sheet, 'Ephemeral Containers', ephemeralContainers, {
      kind: 'pod',
      pod,
      statuses: ephemeralContainerStatuses,
    });
}

function describeConditions(sheet: Sheet, { spec, status }: Pod): void {
  const { conditions = [] } = status;
  const { readinessGates = [] } = spec;
  if (readinessGates.length > 0) sheet.write('Readiness Gates:\n  Type\tStatus\n');
  for (const { conditionType } of readinessGates) {
    const met = conditions.find(({ type }) => type === conditionType);
    sheet.line(`${conditionType} \t${met?.status ?? '<none>'} `, 1);
  }
  if (conditions.length > 0) sheet.write('Conditions:\n  Type\tStatus\n');
  for (const { type, status: value } of conditions) sheet.line(`${type} \t${value} `, 1);
}
