import type { Pod } from '@kubedrill/kube-model';
import type { Duration, Instant } from '../engine/time.ts';
import type { Remark, Utterance } from '../events/remark.ts';
import type { MissingVolume } from './volume-files.ts';

/** goroutinemap/exponentialbackoff: from half a second, doubled up to two minutes and two seconds. */
const mountPauses: readonly Duration[] = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 122_000];
/** volumemanager: podAttachAndMountTimeout, and after it the next synchronization. */
const patience: Duration = 123_000;
const nextSync: Duration = 12_500;

/** What the kubelet says while volumes cannot be mounted: operation_generator.go and kubelet.go SyncPod. */
export function mountRemarks(
  about: Pod,
  host: string,
  missing: readonly MissingVolume[],
  now: Instant,
): readonly Utterance[] {
  const said = (message: string): Remark => ({
    by: { form: 'older', component: 'kubelet', host },
    ...{ about, type: 'Warning', reason: 'FailedMount', message },
  });
  const failures = missing.map(({ volume, source, name }) =>
    said(`MountVolume.SetUp failed for volume "${volume}" : ${source.toLowerCase()} "${name}" not found`),
  );
  const names = missing.map(({ volume }) => volume).join(' ');
  const timeout = said(
    `Unable to attach or mount volumes: unmounted volumes=[${names}], unattached volumes=[], failed to process volumes=[]: context deadline exceeded`,
  );
  const [mounting, waiting] = keysOf(about.metadata.uid);
  return [
    ...failures,
    { key: mounting, remarks: failures, from: now, pauses: mountPauses },
    { key: waiting, remarks: [timeout], from: now, pauses: [patience, patience + nextSync] },
  ];
}

export function mounted(uid: string): readonly Utterance[] {
  return keysOf(uid).map((silence) => ({ silence }));
}

function keysOf(uid: string): readonly [string, string] {
  return [`${uid}/mounting`, `${uid}/mounting timeout`];
}
