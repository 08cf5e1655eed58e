import type { KubeObject } from '@kubedrill/kube-model';
import { createRandom } from '../engine/random.ts';
import { formatTime, type Instant } from '../engine/time.ts';
import { ObjectStore } from '../store/object-store.ts';
import { bootstrapPolicy } from './authorization/bootstrap-policy.ts';
import { systemPriorityClasses } from './kinds/priority-class/system-priority-classes.ts';
import { randomUid } from './uid.ts';

/** Clusters begin at few different times, mostly at one: all that begin at the same time share what they begin with. */
let latest: { readonly startTime: Instant; readonly store: ObjectStore } | undefined;

const uidSeed = 0x6b38;

/** The objects that are the same in every cluster, whatever its nodes: to be forked, not to be written to. */
export function genesisStore(startTime: Instant): ObjectStore {
  if (latest?.startTime !== startTime) latest = { startTime, store: madeStore(startTime) };
  return latest.store;
}

function madeStore(startTime: Instant): ObjectStore {
  const store = new ObjectStore();
  const random = createRandom(uidSeed);
  const creationTimestamp = formatTime(startTime);
  for (const draft of [...systemPriorityClasses, ...bootstrapPolicy()]) {
    const metadata = { ...draft.metadata, uid: randomUid(random), creationTimestamp };
    store.put({ ...draft, metadata } as KubeObject);
  }
  store.takeUnobserved();
  // A cluster's bound is for what it adds: an exercise may allow ten objects.
  store.takeAsGiven();
  return store;
}
