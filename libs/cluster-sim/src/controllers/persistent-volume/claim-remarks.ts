import type { PersistentVolume, PersistentVolumeClaim } from '@kubedrill/kube-model';
import type { Duration, Instant } from '../../engine/time.ts';
import type { Remark, Silence, Utterance } from '../../events/remark.ts';

/** --pvclaimbinder-sync-period: how often the controller looks at all claims and volumes again, and says the same again. */
const syncPeriod: Duration = 15_000;

/** What the volume controller says: pkg/controller/volume/events. */
export function volumeRemark(
  about: PersistentVolume | PersistentVolumeClaim,
  type: Remark['type'],
  reason: string,
  message: string,
): Remark {
  return { by: { form: 'older', component: 'persistentvolume-controller' }, about, type, reason, message };
}

/** Said now, if it is new, and at each look until the claim is bound or gone. */
export function saidAgain(remark: Remark, about: PersistentVolumeClaim, now: Instant): readonly Utterance[] {
  const { uid } = about.metadata;
  const key = keyOf(uid);
  const note = `${uid} ${typeof remark.message === 'string' ? remark.message : ''}`;
  return [
    {
      about,
      tell(notes) {
        if (notes.has(note)) return [];
        notes.add(note);
        return [remark, { key, remarks: [remark], from: now, pauses: [syncPeriod] }];
      },
    },
  ];
}

export function saidNoLonger({ metadata }: PersistentVolumeClaim): Silence {
  return { silence: keyOf(metadata.uid) };
}

function keyOf(uid: string): string {
  return `${uid}/binding`;
}
