import {
  Dispatcher,
  GradingRecorder,
  LocalSubmissionEvents,
  MemoryCatalogue,
  MemoryGradingQueue,
  MemorySubmissionStore,
  Recovery,
  SubmissionService,
  type RecoveryTiming,
  type StatusChange,
  type SubmissionRequest,
} from '@kubedrill/submissions';
import { course, manifest, nextId, noon } from './contract/samples.ts';

/** All use cases over the in-memory twins, with a clock that a test moves. */
export async function openPlatform(timing?: RecoveryTiming) {
  let instant = noon.getTime();
  const now = () => new Date(instant);
  const trouble: string[] = [];
  const recorded: string[] = [];
  const published: StatusChange[] = [];
  const reportTrouble = (what: string) => void trouble.push(what);
  const store = new MemorySubmissionStore(({ id }) => void recorded.push(id));
  const queue = new MemoryGradingQueue();
  const catalogue = new MemoryCatalogue();
  await catalogue.publish(course);
  const events = new LocalSubmissionEvents();
  const watched = {
    publish: (change: StatusChange) => void (published.push(change), events.publish(change)),
    subscribe: events.subscribe.bind(events),
  };
  const dispatcher = new Dispatcher({ store, queue, catalogue, events: watched, now, reportTrouble });
  let seed = 100;
  const service = new SubmissionService({
    store,
    instances: catalogue,
    catalogue,
    dispatcher,
    now,
    newId: nextId,
    newSeed: () => seed++,
  });
  await queue.listen(new GradingRecorder({ store, events: watched, now, reportTrouble }));
  const recovery = new Recovery({ store, dispatcher, events: watched, now, reportTrouble }, timing);
  const submit = async (part: Partial<SubmissionRequest> = {}) =>
    service.submit({ userId: 'ada', exerciseId: 'two-tier', variant: 'basic', content: manifest, ...part });
  return {
    ...{ store, queue, catalogue, events, service, recovery, submit, trouble, recorded },
    statuses: (id: string) => published.filter((change) => change.id === id).map(({ status }) => status),
    pass: (milliseconds: number) => void (instant += milliseconds),
    /** Submits and gives the id. */
    submitted: async (): Promise<string> => {
      const outcome = await submit();
      if (!('submission' in outcome)) throw new Error(outcome.kind);
      return outcome.submission.id;
    },
  };
}
