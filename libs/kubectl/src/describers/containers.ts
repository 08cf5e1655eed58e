import type { Container, ContainerPort, ContainerState, ContainerStatus, Pod, StringMap } from '@kubedrill/kube-model';
import { describeEnvironment } from './container-environment.ts';
import { probeText } from './probe-text.ts';
import { longTime, orNone, sortedEntries, type Sheet } from './sheet.ts';

/** Fields of containers that nothing but a description looks at. */
interface DescribedContainer extends Container {
  readonly securityContext?: {
    readonly seccompProfile?: { readonly type: string; readonly localhostProfile?: string };
  };
  readonly volumeDevices?: readonly { readonly name: string; readonly devicePath: string }[];
}

interface DescribedMount {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly readOnly?: boolean;
}

/** Whose containers they are: those of a template have no states and stand further in. */
export type ContainersOwner =
  | { readonly kind: 'pod'; readonly pod: Pod; readonly statuses: readonly ContainerStatus[] | undefined }
  | { readonly kind: 'template' };

/** describeContainers. */
export function describeContainers(
  sheet: Sheet,
  label: string,
  containers: readonly Container[],
  owner: ContainersOwner,
): void {
  const isTemplate = owner.kind === 'template';
  sheet.line(`${isTemplate ? '  ' : ''}${label}:${containers.length === 0 ? ' <none>' : ''}`);
  for (const container of containers) {
    const status =
      owner.kind === 'pod' ? (owner.statuses ?? []).find(({ name }) => name === container.name) : undefined;
    sheet.line(`${isTemplate ? ' ' : ''}${container.name}:`, 1);
    describeImage(sheet, container, status);
    describeWords(sheet, 'Command', container.command);
    describeWords(sheet, 'Args', container.args);
    if (status) describeStatus(sheet, status);
    describeResources(sheet, container.resources, 2);
    describeProbes(sheet, container);
    describeEnvironment(sheet, container, owner.kind === 'pod' ? owner.pod : undefined);
    describeMounts(sheet, container);
  }
}

function describeImage(sheet: Sheet, container: DescribedContainer, status: ContainerStatus | undefined): void {
  const { image, ports = [], securityContext } = container;
  if (status) sheet.field('Container ID', status.containerID ?? '', 2);
  sheet.field('Image', image, 2);
  if (status) sheet.field('Image ID', status.imageID, 2);
  const shown = portList(ports, ({ containerPort }) => containerPort);
  sheet.field(ports.length > 1 ? 'Ports' : 'Port', orNone(shown), 2);
  const onHost = portList(ports, ({ hostPort }) => hostPort ?? 0);
  sheet.field(ports.length > 1 ? 'Host Ports' : 'Host Port', orNone(onHost), 2);
  const profile = securityContext?.seccompProfile;
  if (!profile) return;
  sheet.field('SeccompProfile', profile.type, 2);
  if (profile.type === 'Localhost') sheet.field('LocalhostProfile', profile.localhostProfile ?? '', 3);
}

function portList(ports: readonly ContainerPort[], numberOf: (port: ContainerPort) => number): string {
  return ports
    .map((port) => `${numberOf(port)}/${port.protocol}${port.name === undefined ? '' : ` (${port.name})`}`)
    .join(', ');
}

function describeWords(sheet: Sheet, title: string, words: readonly string[] = []): void {
  if (words.length === 0) return;
  sheet.line(`${title}:`, 2);
  for (const line of words.flatMap((word) => word.split('\n'))) sheet.line(line, 3);
}

function describeStatus(sheet: Sheet, { state, lastState, ready, restartCount }: ContainerStatus): void {
  describeState(sheet, 'State', state);
  if (lastState.terminated) describeState(sheet, 'Last State', lastState);
  sheet.field('Ready', ready ? 'True' : 'False', 2);
  sheet.field('Restart Count', restartCount, 2);
}

function describeState(sheet: Sheet, title: string, { running, waiting, terminated }: ContainerState): void {
  if (running) {
    sheet.field(title, 'Running', 2);
    sheet.field('Started', longTime(running.startedAt), 3);
    return;
  }
  if (waiting || !terminated) {
    sheet.field(title, 'Waiting', 2);
    if (waiting?.reason) sheet.field('Reason', waiting.reason, 3);
    return;
  }
  const { reason, message, exitCode, startedAt, finishedAt } = terminated;
  const { signal = 0 } = terminated as { readonly signal?: number };
  sheet.field(title, 'Terminated', 2);
  if (reason) sheet.field('Reason', reason, 3);
  if (message) sheet.field('Message', message, 3);
  sheet.field('Exit Code', exitCode, 3);
  if (signal > 0) sheet.field('Signal', signal, 3);
  sheet.field('Started', longTime(startedAt), 3);
  sheet.field('Finished', longTime(finishedAt), 3);
}

interface Requirements {
  readonly limits?: StringMap;
  readonly requests?: StringMap;
}

export function describeResources(sheet: Sheet, { limits, requests }: Requirements = {}, level: number): void {
  for (const [title, amounts] of [
    ['Limits', limits],
    ['Requests', requests],
  ] as const) {
    const entries = sortedEntries(amounts);
    if (entries.length > 0) sheet.line(`${title}:`, level);
    for (const [name, amount] of entries) sheet.field(name, amount, level + 1);
  }
}

function describeProbes(sheet: Sheet, { livenessProbe, readinessProbe, startupProbe }: Container): void {
  if (livenessProbe) sheet.field('Liveness', probeText(livenessProbe), 2);
  if (readinessProbe) sheet.field('Readiness', probeText(readinessProbe), 2);
  if (startupProbe) sheet.field('Startup', probeText(startupProbe), 2);
}

function describeMounts(sheet: Sheet, container: DescribedContainer): void {
  const mounts: readonly DescribedMount[] = container.volumeMounts ?? [];
  const none = mounts.length === 0 ? '\t<none>' : '';
  sheet.line(`Mounts:${none}`, 2);
  for (const { name, mountPath, subPath = '', readOnly } of byPath(mounts, (mount) => mount.mountPath)) {
    const path = subPath === '' ? '' : `,path=${JSON.stringify(subPath)}`;
    sheet.line(`${mountPath} from ${name} (${readOnly === true ? 'ro' : 'rw'}${path})`, 3);
  }
  const { volumeDevices: devices = [] } = container;
  if (devices.length > 0) sheet.line(`Devices:${none}`, 2);
  for (const { name, devicePath } of byPath(devices, (device) => device.devicePath))
    sheet.line(`${devicePath} from ${name}`, 3);
}

function byPath<T>(mounted: readonly T[], pathOf: (one: T) => string): readonly T[] {
  return mounted.toSorted((left, right) => (pathOf(left) < pathOf(right) ? -1 : 1));
}
